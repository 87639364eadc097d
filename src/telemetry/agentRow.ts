import { TOLD_TWICE_MS } from "../model/lives.ts";
import type { CallSource } from "./callRow.ts";

/** What a launching call asked for, as in agent_spawns. */
export interface SpawnRow {
	readonly session: string;
	readonly id: string;
	/** ms since the epoch; null while only a link named the call */
	readonly ts: number | null;
	readonly parent: string | null;
	readonly type: string | null;
	readonly model: string | null;
	readonly description: string | null;
	readonly agent: string | null;
	/** When the launch itself failed, and of what class the error was. */
	readonly failedAt: number | null;
	readonly errorClass: string | null;
	/** Who told of the call, and the hash of its arguments; null while neither is known. */
	readonly source: CallSource | null;
	readonly argsHash: string | null;
}

/** What events said of an agent itself, as in agents. */
export interface AgentRow {
	readonly id: string;
	readonly session: string;
	readonly ownType: string | null;
	readonly ownModel: string | null;
	readonly startedAt: number | null;
	readonly lastStartAt: number | null;
	readonly lastStopAt: number | null;
	/** When the client last said that the agent came back, which is how an end without stop shows. */
	readonly reportedAt: number | null;
	/** What is told of its lives one by one, as JSON text; null for nothing. */
	readonly lives: string | null;
	readonly outcome: string | null;
	readonly outcomeAt: number | null;
	readonly stubs: number | null;
	readonly durationMs: number | null;
	readonly toolUseCount: number | null;
	/** What the client itself said; its messages say it better. */
	readonly reportedCostUsd: number | null;
	readonly toolStats: string | null;
}

const EMPTY_SPAWN: Omit<SpawnRow, "session" | "id"> = {
	...{ ts: null, parent: null, type: null, model: null, description: null },
	...{ agent: null, failedAt: null, errorClass: null, source: null, argsHash: null },
};

const EMPTY_AGENT: Omit<AgentRow, "session" | "id"> = {
	...{ ownType: null, ownModel: null, startedAt: null, lastStartAt: null },
	...{
		lastStopAt: null,
		reportedAt: null,
		lives: null,
		outcome: null,
		outcomeAt: null,
		stubs: null,
		durationMs: null,
	},
	...{ toolUseCount: null, reportedCostUsd: null, toolStats: null },
};

export function spawnRow(session: string, id: string, known: Partial<SpawnRow>): SpawnRow {
	return { ...EMPTY_SPAWN, session, id, ...known };
}

export function agentRow(session: string, id: string, known: Partial<AgentRow>): AgentRow {
	return { ...EMPTY_AGENT, session, id, ...known };
}

/** The same whichever of the two comes first, and the same again when one is repeated. */
export function mergeSpawns(a: SpawnRow, b: SpawnRow): SpawnRow {
	return {
		...{ session: a.session, id: a.id },
		ts: least(a.ts, b.ts),
		parent: greatest(a.parent, b.parent),
		type: greatest(a.type, b.type),
		model: greatest(a.model, b.model),
		description: greatest(a.description, b.description),
		agent: moreTelling(a.agent, b.agent, a.id),
		failedAt: least(a.failedAt, b.failedAt),
		errorClass: greatest(a.errorClass, b.errorClass),
		source: mergeSources(a.source, b.source),
		argsHash: greatest(a.argsHash, b.argsHash),
	};
}

/** The same whichever of the two comes first, and the same again when one is repeated. */
export function mergeAgents(a: AgentRow, b: AgentRow): AgentRow {
	const judged = laterVerdict(a, b);
	return {
		...{ session: a.session <= b.session ? a.session : b.session, id: a.id },
		ownType: greatest(a.ownType, b.ownType),
		ownModel: greatest(a.ownModel, b.ownModel),
		startedAt: least(a.startedAt, b.startedAt),
		lastStartAt: greatest(a.lastStartAt, b.lastStartAt),
		lastStopAt: greatest(a.lastStopAt, b.lastStopAt),
		reportedAt: greatest(a.reportedAt, b.reportedAt),
		lives: mergeLives(a.lives, b.lives),
		...{ outcome: judged.outcome, outcomeAt: judged.outcomeAt, stubs: judged.stubs },
		durationMs: greatest(a.durationMs, b.durationMs),
		toolUseCount: greatest(a.toolUseCount, b.toolUseCount),
		reportedCostUsd: greatest(a.reportedCostUsd, b.reportedCostUsd),
		toolStats: greatest(a.toolStats, b.toolStats),
	};
}

/** What the last life came to: of those before nothing is true any more. */
export function verdictOf(agent: AgentRow): Pick<AgentRow, "outcome" | "stubs"> {
	const { outcome, outcomeAt, stubs, lastStartAt } = agent;
	const began = lastStartAt ?? Number.NEGATIVE_INFINITY;
	if (outcomeAt !== null && outcomeAt >= began) return { outcome, stubs };
	const { failedAt } = livesOf(agent.lives);
	return { outcome: failedAt !== null && failedAt >= began ? "fail" : null, stubs: null };
}

/**
 * When the agent ended; null while it runs, also when it was resumed after an end.
 *
 * @param cuts when its session ended, ms since the epoch, sorted: what ran then ran no longer
 */
export function endOf(agent: AgentRow, cuts: readonly number[]): number | null {
	const { lastStartAt, lastStopAt, reportedAt } = agent;
	const began = lastStartAt ?? Number.NEGATIVE_INFINITY;
	if (lastStopAt !== null && lastStopAt >= began) return lastStopAt;
	const lives = livesOf(agent.lives);
	const { begun, unstopped } = countLives(lives, cuts);
	// A report may come when the next life has begun. The present one is over when there is one for
	// each life; those that someone stopped have no stop, so each other life may do without.
	const killed = Object.values(lives.kills);
	const killedAt = Math.max(...killed);
	if (killedAt >= began && killed.length >= unstopped) return killedAt;
	const reports = Object.values(lives.reports);
	const toldAt = Math.max(...reports);
	if (begun > 0 && toldAt >= began && reports.length >= begun) return toldAt;
	if (killed.length > 0 || lastStopAt !== null || reportedAt === null) return null;
	return reportedAt >= began ? reportedAt : null;
}

/** When its session's end cut off the life that it is in; null when it did not. */
export function cutOffAt({ lastStartAt }: AgentRow, cuts: readonly number[]): number | null {
	return cuts.find((ts) => ts >= (lastStartAt ?? 0)) ?? null;
}

/** Lives that hooks told the beginning of, without those that a session's end cut off. */
function countLives({ starts, stops }: Lives, cuts: readonly number[]) {
	const all = starts.filter((ts, at) => ts - (starts[at - 1] ?? -TOLD_TWICE_MS) >= TOLD_TWICE_MS);
	const [stopAt, cutAt] = [indexFrom(stops), indexFrom(cuts)];
	let [begun, unstopped] = [0, 0];
	for (const [at, ts] of all.entries()) {
		const next = all[at + 1] ?? Number.POSITIVE_INFINITY;
		const isStopped = stopAt(ts) < next;
		if (!isStopped && cutAt(ts) < next) continue;
		begun++;
		if (!isStopped) unstopped++;
	}
	return { begun, unstopped };
}

/** Finds the first of sorted times that is not before another, to be asked in rising order. */
function indexFrom(times: readonly number[]): (ts: number) => number {
	let at = 0;
	return (ts) => {
		while ((times[at] ?? Number.POSITIVE_INFINITY) < ts) at++;
		return times[at] ?? Number.POSITIVE_INFINITY;
	};
}

/** What is told of an agent's lives one by one; times are ms since the epoch. */
interface Lives {
	/** As hooks told them, sorted. */
	readonly starts: readonly number[];
	readonly stops: readonly number[];
	/** The earliest report that someone stopped it, by the call that began the life. */
	readonly kills: Readonly<Record<string, number>>;
	/** The earliest report of an end of whatever kind, in the same way. */
	readonly reports: Readonly<Record<string, number>>;
	/** When it was last reported that it failed. */
	readonly failedAt: number | null;
}

const NO_LIVES: Lives = { starts: [], stops: [], kills: {}, reports: {}, failedAt: null };

/** What one event says of an agent's lives, as {@link AgentRow.lives} has it. */
export function livesText(told: Partial<Lives>): string {
	return JSON.stringify({ ...NO_LIVES, ...told });
}

function livesOf(text: string | null): Lives {
	return text === null ? NO_LIVES : { ...NO_LIVES, ...(JSON.parse(text) as Partial<Lives>) };
}

function mergeLives(a: string | null, b: string | null): string | null {
	if (a === null || b === null || a === b) return a ?? b;
	const [one, other] = [livesOf(a), livesOf(b)];
	return livesText({
		starts: union(one.starts, other.starts),
		stops: union(one.stops, other.stops),
		kills: earliest(one.kills, other.kills),
		reports: earliest(one.reports, other.reports),
		failedAt: greatest(one.failedAt, other.failedAt),
	});
}

function earliest(a: Lives["kills"], b: Lives["kills"]): Record<string, number> {
	const all = new Map(Object.entries(a));
	for (const [call, ts] of Object.entries(b)) all.set(call, Math.min(ts, all.get(call) ?? ts));
	return Object.fromEntries([...all].sort(([x], [y]) => (x < y ? -1 : 1)));
}

function union(a: readonly number[], b: readonly number[]): number[] {
	return [...new Set([...a, ...b])].sort((x, y) => x - y);
}

function laterVerdict(a: AgentRow, b: AgentRow): AgentRow {
	if (a.outcomeAt === null || b.outcomeAt === null) return a.outcomeAt === null ? b : a;
	if (a.outcomeAt !== b.outcomeAt) return a.outcomeAt > b.outcomeAt ? a : b;
	return (a.outcome ?? "") >= (b.outcome ?? "") ? a : b;
}

function mergeSources(a: CallSource | null, b: CallSource | null): CallSource | null {
	if (a === null || b === null) return a ?? b;
	return a === b ? a : "both";
}

/** v1 calls an agent by its launching call, which says less than its own id. */
function moreTelling(a: string | null, b: string | null, vague: string): string | null {
	if (a === null || b === null || a === vague || b === vague) {
		return a === null || a === vague ? (b ?? a) : a;
	}
	return greatest(a, b);
}

function greatest<T extends string | number>(a: T | null, b: T | null): T | null {
	if (a === null || b === null) return a ?? b;
	return a >= b ? a : b;
}

function least<T extends string | number>(a: T | null, b: T | null): T | null {
	if (a === null || b === null) return a ?? b;
	return a <= b ? a : b;
}
