import type { NodeView } from "../../src/model/views/view.ts";

/** A running agent; what is given here comes over that. */
export function fakeNode(fields: Partial<NodeView> = {}): NodeView {
	return {
		key: "n1",
		id: "a1",
		kind: "agent",
		session: "s1",
		parent: "n0",
		type: "Explore",
		description: "",
		model: "",
		folder: "app",
		cwd: "",
		client: "",
		background: false,
		state: "running",
		outcome: null,
		stubs: null,
		startedAt: 0,
		endedAt: null,
		heardAt: 0,
		call: null,
		calls: 0,
		failures: 0,
		tokens: null,
		costUsd: null,
		isCostPartial: false,
		tools: [],
		waiting: null,
		...fields,
	};
}
