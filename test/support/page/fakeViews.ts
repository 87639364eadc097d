import type { Counters, NodeView } from "../../../src/model/views/view.ts";

/** 2026-01-05 14:00:00 UTC. */
export const START = Date.UTC(2026, 0, 5, 14, 0, 0);

const PLAIN: NodeView = {
	key: "",
	id: "",
	kind: "agent",
	session: "s1",
	parent: "s1",
	type: "",
	description: "",
	model: "",
	folder: "",
	cwd: "",
	client: "",
	background: false,
	state: "running",
	outcome: null,
	stubs: null,
	startedAt: START,
	endedAt: null,
	heardAt: START,
	call: null,
	calls: 0,
	failures: 0,
	tokens: null,
	costUsd: null,
	isCostPartial: false,
	tools: [],
	waiting: null,
};

export function sessionView(key: string, changes: Partial<NodeView> = {}): NodeView {
	const folder = changes.folder ?? "billing-service";
	return {
		...PLAIN,
		key,
		id: key,
		kind: "session",
		session: key,
		parent: null,
		type: "main",
		folder,
		cwd: `/home/dev/${folder}`,
		client: "claude-code",
		...changes,
	};
}

export function agentView(key: string, changes: Partial<NodeView> = {}): NodeView {
	return {
		...PLAIN,
		key,
		id: `agent-${key}`,
		type: "Explore",
		model: "claude-haiku-4-5",
		...changes,
	};
}

/** Totals that fit a list of nodes. */
export function countersOf(nodes: readonly NodeView[], changes: Partial<Counters> = {}): Counters {
	const agents = nodes.filter((node) => node.kind === "agent");
	const count = (...states: string[]): number =>
		agents.filter((node) => states.includes(node.state)).length;
	const failed = agents.filter(
		({ state, outcome }) => state === "done" && outcome === "fail",
	).length;
	return {
		alive: count("starting", "running", "waiting"),
		waiting: nodes.filter((node) => node.waiting !== null).length,
		spawned: agents.length,
		toolCalls: nodes.reduce((sum, node) => sum + node.calls, 0),
		failedCalls: nodes.reduce((sum, node) => sum + node.failures, 0),
		done: count("done") - failed,
		failed,
		lost: count("lost"),
		tokens: null,
		costUsd: null,
		isCostPartial: false,
		lastEventAt: nodes.length > 0 ? START : null,
		...changes,
	};
}
