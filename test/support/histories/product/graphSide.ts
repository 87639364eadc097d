import { isFailure } from "../../../../src/model/calls/mergeCalls.ts";
import { LiveGraph } from "../../../../src/model/graph/liveGraph.ts";
import {
	describeGraph,
	type NodeDescription,
} from "../../../../src/model/graph/told/graphDescription.ts";
import type { TrueAgent, Truth } from "../truth.ts";
import { Differences } from "./differences.ts";
import type { Reading } from "./orders.ts";

/** The live graph after everything was read. */
export function graphOf({ events }: Reading): LiveGraph {
	const graph = new LiveGraph();
	for (const event of events) graph.apply(event);
	return graph;
}

/** What the graph says otherwise than the truth, a line for each difference. */
export function compareGraph(graph: LiveGraph, truth: Truth): readonly string[] {
	const differences = new Differences();
	const { nodes } = describeGraph(graph);
	const roots = nodes.filter(({ kind }) => kind === "session");
	const sessions = truth.sessions.map(({ id }) => id);
	differences.sets("sessions", new Set(roots.map(({ id }) => id)), new Set(sessions));
	for (const { id, state } of truth.sessions) {
		const root = roots.find((node) => node.id === id);
		if (root === undefined) continue;
		const { calls, failures } = trueCounts(truth, id, null);
		const seen = { ...root, state: shownState(root) };
		differences.of(`session ${id}`, seen, { state, calls, failures });
	}
	compareAgents(
		differences,
		nodes.filter(({ kind }) => kind === "agent"),
		truth,
	);
	return differences.lines;
}

function compareAgents(
	differences: Differences,
	nodes: readonly NodeDescription[],
	truth: Truth,
): void {
	const key = ({ session, id }: { readonly session: string; readonly id: string }) =>
		`${session} ${id}`;
	const isSure = ({ doubts }: TrueAgent) => !doubts.has("identity");
	const sure = new Map(truth.agents.filter(isSure).map((agent) => [key(agent), agent]));
	// Of launches without an agent it may be certain only how many there are.
	const unsure = new Set(
		truth.agents
			.filter(({ doubts }) => doubts.size > 0)
			.flatMap(({ session, launches }) => launches.map((id) => key({ session, id }))),
	);
	const [standIns, known] = [
		nodes.filter((node) => unsure.has(key(node))),
		nodes.filter((node) => !unsure.has(key(node))),
	];
	differences.sets("agents", new Set(known.map(key)), new Set(sure.keys()));
	differences.of(
		"launches without an agent",
		{ count: standIns.length },
		{
			count: truth.agents.length - sure.size,
		},
	);
	for (const node of known) {
		const agent = sure.get(key(node));
		if (agent === undefined) continue;
		const { doubts, isLinked } = agent;
		const isSureOfParent = !doubts.has("parent");
		const isSureOfEnd = !doubts.has("end");
		const { calls, failures } = trueCounts(truth, agent.session, agent.id);
		differences.of(
			`agent ${agent.id} in ${agent.session}`,
			{ ...node, state: shownState(node), isLaunched: isLaunchedBy(agent, node) },
			{
				type: agent.type,
				parent: isSureOfParent ? (agent.parent ?? agent.session) : undefined,
				state: isSureOfEnd ? agent.state : undefined,
				outcome: isSureOfEnd ? agent.outcome : undefined,
				stubs: isSureOfEnd ? agent.stubs : undefined,
				isLaunched: isLinked ? true : undefined,
				calls,
				failures,
			},
		);
	}
}

function isLaunchedBy({ launches }: TrueAgent, { aliases }: NodeDescription): boolean {
	return launches.every((id) => aliases.includes(id));
}

/** What waits for a permission is at work. */
export function shownState({ state }: Pick<NodeDescription, "state">): string {
	return state === "waiting" ? "running" : state;
}

function trueCounts({ calls }: Truth, session: string, agent: string | null) {
	const own = calls.filter((call) => call.session === session && call.agent === agent);
	return { calls: own.length, failures: own.filter(isFailure).length };
}
