import { LiveGraph } from "../../../src/model/graph/liveGraph.ts";
import {
	describeGraph,
	type GraphDescription,
	type NodeDescription,
} from "../../../src/model/graph/told/graphDescription.ts";
import { applyLine } from "./applyLine.ts";

type Event = Readonly<Record<string, unknown>>;

export const SESSION = "5e55104e-0000-4000-8000-000000000001";

/** Builds the events of one session, one second apart, as hooks would write them. */
export class EventLog {
	readonly events: Event[] = [];
	#clock = Date.parse("2026-01-01T10:00:00.000Z");
	readonly session: string;

	constructor(session = SESSION) {
		this.session = session;
	}

	add(event: string, fields: Event = {}): this {
		this.#clock += 1000;
		const ts = new Date(this.#clock).toISOString();
		this.events.push({
			v: 2,
			ts,
			event,
			session_id: this.session,
			cwd: "/home/dev/app",
			...fields,
		});
		return this;
	}

	v1(event: string, fields: Event): this {
		this.#clock += 1000;
		const ts = `${new Date(this.#clock).toISOString().slice(0, 19)}Z`;
		this.events.push({ ts, event, ...fields });
		return this;
	}

	spawn(id: string, type: string, fields: Event = {}): this {
		return this.add("agent_spawn", {
			id,
			subagent_type: type,
			description: `task ${id}`,
			...fields,
		});
	}

	start(agent: string, type: string): this {
		return this.add("agent_start", { agent_id: agent, agent_type: type });
	}

	link(id: string, child: string, fields: Event = {}): this {
		return this.add("agent_link", { id, child_id: child, status: "async_launched", ...fields });
	}

	stop(agent: string, type: string, outcome: string | null = null): this {
		return this.add("agent_stop", { agent_id: agent, agent_type: type, outcome });
	}

	use(id: string, agent?: string, tool = "Read"): this {
		return this.add("tool_use", { id, tool, agent_id: agent });
	}

	result(id: string, agent?: string, success = true, tool = "Read"): this {
		return this.add("tool_result", { id, tool, agent_id: agent, success, duration_ms: 10 });
	}

	get graph(): LiveGraph {
		return graphOf(this.events);
	}
}

/** The graph of events, or of lines where they are text already. */
export function graphOf(events: readonly (Event | string)[]): LiveGraph {
	const graph = new LiveGraph();
	for (const event of events) {
		applyLine(graph, typeof event === "string" ? event : JSON.stringify(event));
	}
	return graph;
}

/** One node by its id or an alias; fails the test when there is none. */
export function nodeOf(graph: LiveGraph, id: string): NodeDescription {
	const { nodes } = describeGraph(graph);
	const node = nodes.find((each) => each.id === id || each.aliases.includes(id));
	if (node === undefined) throw new Error(`no node ${id} among ${nodes.map((each) => each.id)}`);
	return node;
}

/** What must not depend on the order of lines: everything but keys and the order of appearance. */
export function essence({ nodes, counters }: GraphDescription): unknown {
	const sorted = nodes
		.map((node) => ({ ...node, aliases: [...node.aliases].sort() }))
		.sort((a, b) => (`${a.session} ${a.id}` < `${b.session} ${b.id}` ? -1 : 1));
	const { lastEventAt: _lastEventAt, ...totals } = counters;
	return { nodes: sorted, totals };
}
