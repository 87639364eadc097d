import type { PriceOf } from "../../../model/usage/price.ts";
import { asObject, textOf } from "../../kit/raw.ts";
import type { OtlpClient, OtlpReader, Received } from "../../otlp/otlpPort.ts";
import type { OtlpRecord } from "../../otlp/otlpRecords.ts";
import type { ReceivedLine } from "../../otlp/receivedLine.ts";
import { RecentMap } from "../../otlp/recentMap.ts";
import { WaitingFor } from "../../otlp/waitingFor.ts";
import { readOutcome } from "../../outcomeMarker.ts";
import { codexIdentity } from "../codexIdentity.ts";
import {
	calledIn,
	decided,
	failureIn,
	isScript,
	isUsage,
	lineOf,
	short,
	spent,
	type ThreadPlace,
} from "./recordLines.ts";

const { name: CODEX } = codexIdentity;
/** Threads of which something is kept. */
const KEPT = 4096;
/** What is told of a thread waits so long for whose it is, ms: it was started a moment before. */
const PLACED_MS = 15_000;
/** As many records of one thread wait at most. */
const MOST_WAITING = 2000;
/** As many agents of one thread wait for the calls that asked for them at most. */
const MOST_STARTED = 1000;
/** Events that tell nothing that is asked for. As seen in version 0.171.0. */
const OF_NO_INTEREST =
	/^(?:|codex\.(?:startup_phase|turn_ttft|api_request|sse_event|websocket\w*|feature\w*|auth\w*|sandbox\w*))$/;

/** Log records of Codex. Its spans are of its inner works, by the thousand, and none is read. */
export const codexOtlp: OtlpClient = {
	name: CODEX,
	isOwn: (service) => /^codex[\w-]{0,40}$/.test(service),
	newOtlpReader: (priceOf) => new CodexOtlp(priceOf),
};

/**
 * Each agent is a thread, and no record of a thread says whose it is: the one that started it does. So
 * what is told of a thread waits until that is known.
 */
class CodexOtlp implements OtlpReader {
	readonly #priceOf: PriceOf;
	readonly #places = new RecentMap<ThreadPlace>(KEPT);
	readonly #waiting = new WaitingFor<OtlpRecord>(KEPT, MOST_WAITING, PLACED_MS);
	/** Agents that were told to be done. */
	readonly #over = new RecentMap<true>(KEPT);
	/** Threads that were started, by who did, until the call that asked for it is told. */
	readonly #started = new RecentMap<string[]>(KEPT);
	/** Which of them a call led to. */
	readonly #launched = new RecentMap<string>(KEPT);
	/** Threads whose places have just become known: what waited for that is to be told. */
	readonly #placedNow = new Map<string, ThreadPlace>();

	constructor(priceOf: PriceOf) {
		this.#priceOf = priceOf;
	}

	read(records: readonly OtlpRecord[], now: number): Received {
		const logs = records.filter(({ kind }) => kind === "log").sort((a, b) => a.at - b.at);
		const lines: (ReceivedLine | null)[] = [];
		const unknown: string[] = [];
		for (const record of logs) {
			const told = this.#told(record, now);
			if (told === null) unknown.push(record.name);
			else lines.push(...told);
			for (const line of this.#unblocked()) lines.push(line);
		}
		return { lines: lines.filter((line) => line !== null), unknown };
	}

	settle(now: number): ReceivedLine[] {
		const lines = this.#waiting.late(now).flatMap((thread) => {
			this.#place(thread, { session: thread, agent: "" });
			return this.#unblocked();
		});
		return lines.filter((line) => line !== null);
	}

	remember({ session_id: session, agent_id: agent }: ReceivedLine): void {
		const own = typeof agent === "string" ? agent : "";
		this.#places.set(own || session, { session, agent: own });
	}

	#told(record: OtlpRecord, now: number): (ReceivedLine | null)[] | null {
		const { name, attributes: a } = record;
		if (name === "codex.agent_communication") return this.#communicated(record, now);
		const thread = a.text("conversation.id");
		if (name === "codex.tool_result" && a.text("agent_name") === "/root") {
			this.#place(thread, { session: thread, agent: "" });
			return this.#placed(record, { session: thread, agent: "" });
		}
		// Of an agent's thread none is told.
		if (name === "codex.startup_phase") {
			this.#place(thread, { session: thread, agent: "" });
			return [];
		}
		const isTold = /^codex\.(?:conversation_starts|user_prompt|tool_decision|tool_result)$/.test(
			name,
		);
		if (!isTold && !isUsage(record)) return OF_NO_INTEREST.test(name) ? [] : null;
		const place = this.#places.get(thread);
		if (place !== undefined) return this.#placed(record, place);
		this.#waiting.add(thread, [record], now);
		return [];
	}

	/** It is known whose a thread is. */
	#place(thread: string, place: ThreadPlace): void {
		if (thread === "" || this.#places.get(thread) !== undefined) return;
		this.#places.set(thread, place);
		this.#placedNow.set(thread, place);
	}

	/** What waited for the places that have become known, and for those that become known by that. */
	#unblocked(): (ReceivedLine | null)[] {
		const lines: (ReceivedLine | null)[] = [];
		for (const [thread, place] of this.#placedNow) {
			for (const record of this.#waiting.take(thread)) lines.push(...this.#placed(record, place));
			const { session } = place;
			for (const agent of this.#started.get(thread) ?? []) this.#place(agent, { session, agent });
		}
		this.#placedNow.clear();
		return lines;
	}

	/** One thread started another, or told it what it came to. */
	#communicated({ attributes: a, at }: OtlpRecord, now: number): (ReceivedLine | null)[] {
		const [from, to] = [a.text("sender_thread_id"), a.text("receiver_thread_id")];
		const kind = a.text("kind");
		if (kind === "spawn") {
			this.#noteStarted(from, to, now);
			return [];
		}
		const place = this.#places.get(from);
		if (kind !== "result" || place === undefined || place.agent === "") return [];
		return [
			lineOf(place, "agent_stop", at, { agent_type: "default", ...readOutcome(a.text("content")) }),
		];
	}

	/** An agent belongs to the session of who launched it, if need be once that is known. */
	#noteStarted(parent: string, child: string, now: number): void {
		const started = this.#started.get(parent) ?? [];
		// It may be sent again, when the call that asked for it has been told.
		const isKnown = this.#places.get(child) !== undefined || started.includes(child);
		if (isKnown || started.length === MOST_STARTED) return;
		this.#started.set(parent, [...started, child]);
		const place = this.#places.get(parent);
		if (place === undefined) this.#waiting.add(child, [], now);
		else this.#place(child, { session: place.session, agent: child });
	}

	#placed(record: OtlpRecord, place: ThreadPlace): (ReceivedLine | null)[] {
		const { name, at, attributes: a } = record;
		switch (name) {
			case "codex.conversation_starts":
				return [
					place.agent === ""
						? lineOf(place, "session_start", at, { model: a.text("model") })
						: lineOf(place, "agent_start", at, { agent_type: "default" }),
				];
			case "codex.user_prompt":
				return this.#asked(place, at);
			case "codex.tool_decision":
				return decided(record, place);
			case "codex.tool_result":
				return this.#returned(record, place);
			default:
				return [spent(record, place, this.#priceOf)];
		}
	}

	/** An agent that had ended goes on. */
	#asked(place: ThreadPlace, at: number): (ReceivedLine | null)[] {
		if (place.agent === "") return [lineOf(place, "prompt", at, {})];
		const isAgain = this.#over.delete(place.agent);
		return isAgain ? [lineOf(place, "agent_start", at, { agent_type: "default" })] : [];
	}

	#returned(record: OtlpRecord, place: ThreadPlace): (ReceivedLine | null)[] {
		const { at, attributes: a } = record;
		const [id, tool] = [a.text("call_id"), a.text("tool_name")];
		if (isScript(record)) return [];
		const durationMs = a.number("duration_ms") ?? 0;
		const call = calledIn(record);
		if (call.kind === "launch") return this.#spawned(record, place, at - durationMs);
		const failure = failureIn(record, call.kind);
		const result = { ...call.fields, success: failure === null, duration_ms: durationMs };
		return [
			lineOf(place, "tool_use", at - durationMs, call.fields),
			lineOf(place, "tool_result", at, {
				...result,
				...(failure === null ? {} : { error_class: failure }),
			}),
			...(tool === "wait_agent" && id !== "" ? this.#ended(record) : []),
		];
	}

	/** A launch, and which agent it led to. */
	#spawned(record: OtlpRecord, place: ThreadPlace, began: number): (ReceivedLine | null)[] {
		const { at, attributes: a } = record;
		const thread = place.agent || place.session;
		const id = a.text("call_id");
		const type = textOf(short(record, "arguments")?.agent_type) ?? "default";
		const launch = { id, parent_id: place.agent, subagent_type: type };
		const spawn = lineOf(place, "agent_spawn", began, launch);
		if (a.flag("success") === false) {
			const failed = { id, tool: "Agent", success: false, error_class: "unknown" };
			return [spawn, lineOf(place, "tool_result", at, failed)];
		}
		const started = this.#started.get(thread) ?? [];
		// The call may be sent again, when others have been started.
		const named = this.#launched.get(id) ?? textOf(short(record, "output")?.agent_id);
		const child = named ?? started[0];
		if (child === undefined) return [spawn];
		this.#launched.set(id, child);
		this.#started.set(
			thread,
			started.filter((each) => each !== child),
		);
		this.#place(child, { session: place.session, agent: child });
		return [spawn, lineOf(place, "agent_link", at, { id, child_id: child })];
	}

	/** The first kind of agents is waited for: the answer says which of them are done. */
	#ended(record: OtlpRecord): (ReceivedLine | null)[] {
		const status = asObject(short(record, "output")?.status) ?? {};
		return Object.entries(status).flatMap(([agent, told]) => {
			const words = textOf(asObject(told)?.completed);
			const place = this.#places.get(agent);
			if (words === null || place === undefined || place.agent === "") return [];
			if (this.#over.get(agent) !== undefined) return [];
			this.#over.set(agent, true);
			const stop = { agent_type: "default", ...readOutcome(words) };
			return [lineOf(place, "agent_stop", record.at, stop)];
		});
	}
}
