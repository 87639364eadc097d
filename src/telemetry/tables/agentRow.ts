import { type Fact, union } from "../../model/agents/facts.ts";
import { type Life, lifeOf } from "../../model/agents/lifeOf.ts";
import type { CallSource } from "./callRow.ts";

/** What a launching call asked for, as in agent_spawns. */
export interface LaunchRow {
	readonly session: string;
	readonly id: string;
	/** Empty while only a link named the call. */
	readonly client: string;
	/** Of the lines that told of the call; 0 while only a link named it. */
	readonly v: 0 | 1 | 2;
	/** ms since the epoch; null while only a link named the call */
	readonly ts: number | null;
	readonly parent: string | null;
	readonly type: string | null;
	readonly model: string | null;
	readonly description: string | null;
	/** The agent that a link names; on version 1 the call itself, which stands for the agent. */
	readonly agent: string | null;
	/** That the launch failed, or came back without naming an agent. */
	readonly told: readonly Fact[];
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
	/** When it first started, on version 1 when it was launched, ms since the epoch. */
	readonly startedAt: number | null;
	readonly told: readonly Fact[];
	readonly durationMs: number | null;
	readonly toolUseCount: number | null;
	/** What the client itself said; its messages say it better. */
	readonly reportedCostUsd: number | null;
	readonly toolStats: string | null;
}

const EMPTY_LAUNCH: Omit<LaunchRow, "session" | "id"> = {
	client: "",
	v: 0,
	ts: null,
	parent: null,
	type: null,
	model: null,
	description: null,
	agent: null,
	told: [],
	source: null,
	argsHash: null,
};

const EMPTY_AGENT: Omit<AgentRow, "session" | "id"> = {
	ownType: null,
	ownModel: null,
	startedAt: null,
	told: [],
	durationMs: null,
	toolUseCount: null,
	reportedCostUsd: null,
	toolStats: null,
};

export function launchRow(session: string, id: string, known: Partial<LaunchRow>): LaunchRow {
	return { ...EMPTY_LAUNCH, session, id, ...known };
}

export function agentRow(session: string, id: string, known: Partial<AgentRow>): AgentRow {
	return { ...EMPTY_AGENT, session, id, ...known };
}

/** The same whichever of the two comes first, and the same again when one is repeated. */
export function mergeLaunches(a: LaunchRow, b: LaunchRow): LaunchRow {
	// Version 1 has no descriptions of its own, and knows no parents.
	const said = (row: LaunchRow) => (row.v === Math.max(a.v, b.v) ? row : EMPTY_LAUNCH);
	const [one, other] = [said(a), said(b)];
	const v = a.v >= b.v ? a.v : b.v;
	const agent = moreTelling(a.agent, b.agent, a.id);
	return {
		session: a.session,
		id: a.id,
		client: a.client >= b.client ? a.client : b.client,
		v,
		// The times of version 1 are whole seconds.
		ts: least(one.ts, other.ts) ?? least(a.ts, b.ts),
		parent: greatest(one.parent, other.parent),
		type: greatest(one.type, other.type),
		model: greatest(one.model, other.model),
		description: greatest(one.description, other.description),
		// Version 2 has ids of agents: if none is known the call does not stand for one.
		agent: v === 2 && agent === a.id ? null : agent,
		told: union(a.told, b.told),
		source: mergeSources(a.source, b.source),
		argsHash: greatest(a.argsHash, b.argsHash),
	};
}

/** The same whichever of the two comes first, and the same again when one is repeated. */
export function mergeAgents(a: AgentRow, b: AgentRow): AgentRow {
	return {
		session: a.session <= b.session ? a.session : b.session,
		id: a.id,
		ownType: greatest(a.ownType, b.ownType),
		ownModel: greatest(a.ownModel, b.ownModel),
		startedAt: least(a.startedAt, b.startedAt),
		told: union(a.told, b.told),
		durationMs: greatest(a.durationMs, b.durationMs),
		toolUseCount: greatest(a.toolUseCount, b.toolUseCount),
		reportedCostUsd: greatest(a.reportedCostUsd, b.reportedCostUsd),
		toolStats: greatest(a.toolStats, b.toolStats),
	};
}

/**
 * What became of an agent, or of a launch that no agent is known of.
 *
 * @param cuts when its session ended, ms since the epoch, sorted
 */
export function lifeOfRows(
	agent: AgentRow | null,
	launches: readonly LaunchRow[],
	cuts: readonly number[],
): Life {
	let told = agent?.told ?? [];
	for (const launch of launches) told = union(told, launch.told);
	const times = [agent?.startedAt, ...launches.map(({ ts }) => ts)].filter((at) => at != null);
	const heardAt = Math.min(...times);
	const isV2 = launches.some(({ v }) => v === 2) || told.some(({ v }) => v === 2);
	return lifeOf(told, { cuts, heardAt, isV2, launch: launches[0]?.id ?? null });
}

type FactValues = readonly [
	at: number,
	by: Fact["by"],
	v: Fact["v"],
	kind: Fact["kind"],
	call: string,
	status: string,
	outcome: Fact["outcome"],
	stubs: number | null,
];

/** Facts as a column has them; null for none. */
export function toldText(told: readonly Fact[]): string | null {
	if (told.length === 0) return null;
	const rows = told.map(
		({ at, by, v, kind, call, status, outcome, stubs }): FactValues => [
			at,
			by,
			v,
			kind,
			call,
			status,
			outcome,
			stubs,
		],
	);
	return JSON.stringify(rows);
}

/** @param text as {@link toldText} makes it, in any order; null for nothing */
export function toldOf(text: unknown): readonly Fact[] {
	if (typeof text !== "string") return [];
	const rows = JSON.parse(text) as FactValues[];
	const facts = rows.map(
		([at, by, v, kind, call, status, outcome, stubs]): Fact => ({
			at,
			by,
			v,
			kind,
			call,
			status,
			outcome,
			stubs,
		}),
	);
	return union([], facts);
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
