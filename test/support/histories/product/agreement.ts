import type { AgentEvent } from "../../../../src/model/events/events.ts";
import type { LiveGraph } from "../../../../src/model/graph/liveGraph.ts";
import { describeGraph } from "../../../../src/model/graph/told/graphDescription.ts";
import type { TelemetryStore } from "../../../../src/telemetry/storage/store.ts";
import { shownState } from "./graphSide.ts";

/** What is said of sessions, agents and calls, by kind and id. */
export type Said = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** All that a graph says. Who waits is told by what is heard behind it, so that hangs on the order. */
export function saidByGraph(graph: LiveGraph): Said {
	const said: Record<string, Said[string]> = {};
	for (const node of describeGraph(graph).nodes) {
		const aliases = [...node.aliases].sort();
		said[`${node.session} ${node.id}`] = { ...node, aliases, state: shownState(node) };
	}
	return said;
}

/** All that a database says. */
export function saidByDatabase(store: TelemetryStore): Said {
	const rowsOf = (table: string, key: string) =>
		store
			.all<Record<string, unknown>>(`SELECT * FROM ${table}`)
			.map((row) => [`${table} ${row[key]}`, row]);
	return Object.fromEntries([
		...rowsOf("sessions", "session_id"),
		...rowsOf("agents", "agent_id"),
		...rowsOf("calls", "tool_use_id"),
	]);
}

/** What a graph says of all agents that are known by an id of their own, and of sessions. */
export function sharedByGraph(graph: LiveGraph): Said {
	const said: Record<string, Said[string]> = {};
	for (const node of describeGraph(graph).nodes) {
		const { id, kind, session, type, state, outcome, stubs, calls } = node;
		const parent = node.parent === session ? null : node.parent;
		const hasEnded = state === "done" || state === "lost";
		if (kind === "session") said[`session ${id}`] = { calls };
		else if (!isCall(id)) {
			said[`agent ${id}`] = { session, parent, type, hasEnded, outcome, stubs, calls };
		}
	}
	return said;
}

/**
 * What a database says of the same.
 *
 * @param events that it was made of: a session of which nothing has a time has no row
 */
export function sharedByDatabase(store: TelemetryStore, events: readonly AgentEvent[]): Said {
	const calls = new Map<string, number>();
	for (const { who } of store.all<{ readonly who: string }>(CALLERS)) {
		calls.set(who, (calls.get(who) ?? 0) + 1);
	}
	const callsOf = (id: string) => ({ calls: calls.get(id) ?? 0 });
	const said: Record<string, Said[string]> = {};
	for (const { session } of events) said[`session ${session}`] = callsOf(session);
	const agents = store.all<{ readonly id: string; readonly hasEnded: 0 | 1 }>(AGENTS);
	for (const { id, hasEnded, ...rest } of agents) {
		if (isCall(id)) continue;
		said[`agent ${id}`] = { ...rest, hasEnded: hasEnded === 1, ...callsOf(id) };
	}
	return said;
}

const CALLERS = `SELECT coalesce(agent_id, session_id) AS who FROM calls WHERE tool_used <> 'Agent'`;
const AGENTS = `SELECT agent_id AS id, session_id AS session, parent_agent_id AS parent,
	coalesce(agent_type, '') AS type, ended_at IS NOT NULL AS hasEnded, outcome, stubs FROM agents`;

/** The launching call stands for an agent of which nothing else is known. */
function isCall(id: string): boolean {
	return id.startsWith("toolu_");
}

/** Where two say otherwise, line by line. */
export function disagreements(one: Said, other: Said): string[] {
	const lines: string[] = [];
	for (const id of new Set([...Object.keys(one), ...Object.keys(other)])) {
		const [first, second] = [one[id], other[id]];
		if (first === undefined || second === undefined) {
			lines.push(`${id}: only the ${first === undefined ? "second" : "first"} has it`);
			continue;
		}
		for (const [name, value] of Object.entries(first)) {
			const [a, b] = [JSON.stringify(value), JSON.stringify(second[name])];
			if (a !== b) lines.push(`${id}: ${name} is ${a} and ${b}`);
		}
	}
	return lines;
}
