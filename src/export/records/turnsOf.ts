import { OVERTAKING_MS } from "../../model/events/limits.ts";
import type { ExportAgent, ExportRows, ExportSession } from "../../telemetry/queries/exportRows.ts";
import { placeOf } from "./placeOf.ts";
import { hexId } from "./spanRecord.ts";

/** After a session was heard of last, when nobody told of its end, ms. */
const QUIET_MS = 30 * 60_000;

/** One turn of a session's orchestrator: a trace and its root. Times are ms since the epoch. */
export interface ExportedTurn {
	readonly traceId: string;
	readonly spanId: string;
	readonly startMs: number;
	/** When the orchestrator was heard of last within it. */
	readonly endMs: number;
	/** From when on nothing more comes. */
	readonly readyMs: number;
}

/** The turns of a session, and in which of them what belongs. */
export class TurnsOf {
	readonly #turns: readonly ExportedTurn[];
	readonly #agents: ReadonlyMap<string, ExportAgent>;

	constructor(session: ExportSession, rows: ExportRows) {
		this.#agents = new Map(rows.agents.map((agent) => [agent.id, agent]));
		const starts = startsOf(session, rows);
		const ends = endsOf(starts, rows);
		const quietAt = session.endedAt + (session.isEnded === 1 ? 0 : QUIET_MS);
		this.#turns = starts.map((startMs, index) => {
			const isLast = index === starts.length - 1;
			const endMs = isLast ? Math.max(startMs, session.endedAt) : (ends[index] ?? startMs);
			const id = `${session.id} ${startMs}`;
			const ids = { traceId: hexId("turn", id, 32), spanId: hexId("turn", id, 16) };
			return { ...ids, startMs, endMs, readyMs: isLast ? quietAt : (starts[index + 1] ?? endMs) };
		});
	}

	/** In order; there is always one. */
	get all(): readonly ExportedTurn[] {
		return this.#turns;
	}

	/**
	 * The turn that something belongs to: that in which the outermost agent above it began, as an agent may
	 * outlast the turn that launched it.
	 *
	 * @param agent null for the orchestrator
	 * @param ts ms since the epoch, when the orchestrator did it
	 */
	of(agent: string | null, ts: number): ExportedTurn {
		let at = ts;
		const seen = new Set<string>();
		for (let id = agent; id !== null && !seen.has(id); ) {
			seen.add(id);
			const above = this.#agents.get(id);
			if (above === undefined) break;
			at = above.startedAt;
			id = above.parent;
		}
		const index = placeOf(at, this.#turns, ({ startMs }) => startMs);
		return this.#turns[index] as ExportedTurn;
	}
}

/** What begins within so short a time is told by both sources. What is before the first is of the first. */
function startsOf({ startedAt }: ExportSession, { turns }: ExportRows): number[] {
	const starts: number[] = [];
	let last = Number.NEGATIVE_INFINITY;
	for (const { ts } of turns) {
		if (ts - last > OVERTAKING_MS) starts.push(ts);
		last = ts;
	}
	if (starts.length === 0) return [startedAt];
	starts[0] = Math.min(startedAt, starts[0] as number);
	return starts;
}

/** When the orchestrator was heard of last within each. */
function endsOf(starts: readonly number[], { calls, messages }: ExportRows): number[] {
	const ends = [...starts];
	const heard = (agent: string | null, ts: number, until: number): void => {
		if (agent !== null) return;
		const index = placeOf(ts, starts, (start) => start);
		ends[index] = Math.max(ends[index] as number, until);
	};
	for (const { agent, ts, durationMs } of calls) heard(agent, ts, ts + (durationMs ?? 0));
	for (const { agent, ts } of messages) heard(agent, ts, ts);
	return ends;
}
