import { existsSync } from "node:fs";
import { EventTail } from "../ingest/eventTail.ts";
import { formatCount } from "../model/format.ts";
import type { GraphDescription, NodeDescription } from "../model/graphDescription.ts";
import { LiveGraph } from "../model/liveGraph.ts";
import { CliFailure, type Command, eventsFileOption, jsonOption } from "./command.ts";
import { type CliContext, eventsFileOf } from "./context.ts";
import { printable } from "./textTable.ts";

export const graphCommand: Command = {
	name: "graph",
	summary: "Prints the graph that an event log implies, with the agents that have finished",
	options: { "events-file": eventsFileOption, json: jsonOption },

	async run(values, context) {
		const file = eventsFileOf(values, context);
		if (!existsSync(file)) {
			if (values["events-file"] !== undefined) throw new CliFailure(`no event log at ${file}`);
			context.note(`no event log at ${file} yet`);
		}
		const graph = await graphOf(file);
		noteProblems(graph, context);
		const description = graph.describe();
		context.print(values.json ? JSON.stringify(description, null, "\t") : graphText(description));
	},
};

async function graphOf(file: string): Promise<LiveGraph> {
	const graph = new LiveGraph();
	const tail = new EventTail(file, {
		line: (text) => graph.applyLine(text),
		problem: (problem) => graph.countProblem(problem),
		status: () => {},
	});
	await tail.look();
	const { state, error } = tail.status;
	await tail.dispose();
	if (state === "unreadable") throw new CliFailure(`${file} cannot be read: ${error}`);
	return graph;
}

function noteProblems(graph: LiveGraph, context: CliContext): void {
	for (const [kind, { count }] of graph.stats.problems) {
		context.note(`${formatCount(count, "line")} left out: ${kind}`);
	}
}

function graphText({ nodes, counters }: GraphDescription): string {
	const children = new Map<string, NodeDescription[]>();
	for (const node of nodes) {
		const key = `${node.session} ${node.parent ?? ""}`;
		children.set(key, [...(children.get(key) ?? []), node]);
	}
	const lines: string[] = [];
	const add = (node: NodeDescription, depth: number): void => {
		lines.push(`${"  ".repeat(depth)}${nodeText(node)}`);
		for (const child of children.get(`${node.session} ${node.id}`) ?? []) add(child, depth + 1);
	};
	for (const node of nodes) if (node.parent === null) add(node, 0);
	if (lines.length === 0) lines.push("no agent seen yet");
	const { spawned, alive, toolCalls, failedCalls } = counters;
	const agents = `${formatCount(spawned, "agent")}, ${alive} at work`;
	return [...lines, "", `${agents}; ${formatCount(toolCalls, "call")}, ${failedCalls} failed`].join(
		"\n",
	);
}

function nodeText(node: NodeDescription): string {
	const state = node.outcome === null ? node.state : `${node.state} (${node.outcome})`;
	const calls = formatCount(node.calls, "call");
	const failures = node.failures === 0 ? "" : `, ${node.failures} failed`;
	const name = node.type === "" ? node.kind : node.type;
	return printable(`${name} ${node.id}: ${state}, ${calls}${failures}`);
}
