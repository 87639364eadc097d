import { countLives, livesOf, mergeLives } from "./agentLives.ts";
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
	ts: null,
	parent: null,
	type: null,
	model: null,
	description: null,
	agent: null,
	failedAt: null,
	errorClass: null,
	source: null,
	argsHash: null,
};

const EMPTY_AGENT: Omit<AgentRow, "session" | "id"> = {
	ownType: null,
	ownModel: null,
	startedAt: null,
	lastStartAt: null,
	lastStopAt: null,
	reportedAt: null,
	lives: null,
	outcome: null,
	outcomeAt: null,
	stubs: null,
	durationMs: null,
	toolUseCount: null,
	reportedCostUsd: null,
	toolStats: null,
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
		session: a.session,
		id: a.id,
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
		session: a.session <= b.session ? a.session : b.session,
		id: a.id,
		ownType: greatest(a.ownType, b.ownType),
		ownModel: greatest(a.ownModel, b.ownModel),
		startedAt: least(a.startedAt, b.startedAt),
		lastStartAt: greatest(a.lastStartAt, b.lastStartAt),
		lastStopAt: greatest(a.lastStopAt, b.lastStopAt),
		reportedAt: greatest(a.reportedAt, b.reportedAt),
		lives: mergeLives(a.lives, b.lives),
		outcome: judged.outcome,
		outcomeAt: judged.outcomeAt,
		stubs: judged.stubs,
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
