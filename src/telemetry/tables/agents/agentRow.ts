import type { SqlValue } from "sql.js";
import { defaultAgentType } from "../../../ingest/clients/clientIdentities.ts";
import { type Fact, union } from "../../../model/agents/facts.ts";
import type { spansOf } from "../../../model/agents/lifeOf.ts";
import type { Outcome } from "../../../model/views/view.ts";
import { type CallSource, surerAgent } from "../callRow.ts";
import { column, greatest, least, type RowOf, RowTable } from "../rowTable.ts";

/** Facts as a column has them; null for none. */
const TOLD = { name: "told", merge: union, codec: { read: toldOf, write: toldText } };

/** What a launching call asked for. */
export const LAUNCHES = new RowTable("agent_spawns", 2, {
	session: column<string>("session_id"),
	id: column<string>("tool_use_id"),
	client: column<string>("client"),
	/** Of the lines that told of the call; 0 while only a link named it. */
	v: column<0 | 1 | 2>("v"),
	/** ms since the epoch; null while only a link named the call */
	ts: column<number | null>("ts", finest),
	parent: column<string | null>("parent_agent_id"),
	type: column<string | null>("agent_type"),
	model: column<string | null>("model"),
	description: column<string | null>("description"),
	/** The agent that a link names; on version 1 the call itself, which stands for the agent. */
	agent: column<string | null>("agent_id"),
	/** That the launch failed, or came back without naming an agent. */
	told: TOLD,
	/** Who told of the call, and the hash of its arguments; null while neither is known. */
	source: column<CallSource | null>("source", (a, b) =>
		a !== null && b !== null && a !== b ? "both" : (a ?? b),
	),
	argsHash: column<string | null>("args_hash"),
	/** What the client said that the agent took for this launch. */
	durationMs: column<number | null>("duration_ms"),
});
export type LaunchRow = RowOf<typeof LAUNCHES>;

/** The type that it asked for, or what its client takes instead; null while only a link named the call. */
export function askedType({ v, type, client }: LaunchRow): string | null {
	return v === 0 ? null : (type ?? defaultAgentType(client)) || null;
}

/** What events said of agents themselves. */
export const AGENTS = new RowTable("agents", 1, {
	id: column<string>("agent_id"),
	session: column<string>("session_id", least),
	ownType: column<string | null>("own_type"),
	ownModel: column<string | null>("own_model"),
	/** When it answered last, and by which model, see {@link answeredAt}. */
	answered: column<string | null>("answered"),
	/** When it was first heard of, ms since the epoch, as are all times. */
	heardAt: column<number | null>("heard_at", least),
	/** When it first started, on version 1 when it was launched. */
	startedAt: column<number | null>("started_at", least),
	told: TOLD,
	durationMs: column<number | null>("duration_ms"),
	toolUseCount: column<number | null>("tool_use_count"),
	/** What the client itself said; its messages say it better. */
	reportedCostUsd: column<number | null>("reported_cost_usd"),
	toolStats: column<string | null>("tool_stats"),
	/** What follows from those and from its launches, as of when it was written last. */
	parent: column<string | null>("parent_agent_id"),
	launch: column<string | null>("tool_use_id"),
	type: column<string | null>("agent_type"),
	model: column<string | null>("model"),
	description: column<string | null>("description"),
	depth: column<number | null>("depth"),
	endedAt: column<number | null>("ended_at"),
	outcome: column<Outcome | null>("outcome"),
	stubs: column<number | null>("stubs"),
});
export type AgentRow = RowOf<typeof AGENTS>;

/** The same whichever of the two comes first, and the same again when one is repeated. */
export function mergeLaunches(a: LaunchRow, b: LaunchRow): LaunchRow {
	const [less, more] = a.v <= b.v ? [a, b] : [b, a];
	// Version 1 has no descriptions of its own, and knows no parents.
	const said = { parent: null, type: null, model: null, description: null };
	const merged = LAUNCHES.merge(less.v === more.v ? less : { ...less, ...said }, more);
	// Version 2 has ids of agents: if none is known the call does not stand for one, unless a link says so.
	const [ofA, ofB] = [a, b].map((row) =>
		row.v === 1 && merged.v === 2 && row.agent === row.id ? null : row.agent,
	);
	return {
		...merged,
		agent: moreTelling(ofA ?? null, ofB ?? null, a.id),
		parent: surerAgent(
			{ ...less, agent: less.v === more.v ? less.parent : null },
			{ ...more, agent: more.parent },
		),
	};
}

/**
 * What is told of an agent, or of a launch that no agent is known of, and what is known beside.
 *
 * @param cuts when its session ended, ms since the epoch, sorted
 */
export function toldOfRows(
	agent: AgentRow | null,
	launches: readonly LaunchRow[],
	cuts: readonly number[],
): Parameters<typeof spansOf> {
	let told = agent?.told ?? [];
	for (const launch of launches) told = union(told, launch.told);
	const times = [agent?.heardAt, agent?.startedAt, ...launches.map(({ ts }) => ts)].filter(
		(at) => at != null,
	);
	// What stands beside a transcript has no time: it was there before whatever has one.
	const heardAt = times.length === 0 ? 0 : Math.min(...times);
	const isV2 = launches.some(({ v }) => v === 2) || told.some(({ v }) => v === 2);
	return [told, { cuts, heardAt, isV2, launch: launches[0]?.id ?? null }];
}

const FACT = ["at", "by", "v", "kind", "call", "status", "outcome", "stubs"] as const;

export function toldText(told: readonly Fact[]): string | null {
	if (told.length === 0) return null;
	return JSON.stringify(told.map((fact) => FACT.map((name) => fact[name])));
}

/** @param text as {@link toldText} makes it, in any order; null for nothing */
export function toldOf(text: SqlValue | undefined): readonly Fact[] {
	if (typeof text !== "string") return [];
	const rows = JSON.parse(text) as unknown[][];
	const facts = rows.map((row) => Object.fromEntries(FACT.map((name, at) => [name, row[at]])));
	return union([], facts as unknown as Fact[]);
}

/** Of two times the earlier one; but whole seconds, as version 1 tells them, say less than others. */
function finest(a: number | null, b: number | null): number | null {
	if (a === null || b === null) return a ?? b;
	const isWhole = (ts: number) => ts % 1000 === 0;
	if (isWhole(a) === isWhole(b)) return Math.min(a, b);
	return isWhole(a) ? b : a;
}

/** v1 calls an agent by its launching call, which says less than its own id. */
function moreTelling(a: string | null, b: string | null, vague: string): string | null {
	if (a === null || b === null || a === vague || b === vague) {
		return a === null || a === vague ? (b ?? a) : a;
	}
	return greatest(a, b);
}
