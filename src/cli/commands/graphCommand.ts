import { LogLines } from "../../ingest/eventLog/logLines.ts";
import { GraphSource } from "../../live/graphSource.ts";
import { readHere } from "../../live/reading/readHere.ts";
import type { LiveGraph } from "../../model/graph/liveGraph.ts";
import {
	describeGraph,
	type GraphDescription,
	type NodeDescription,
} from "../../model/graph/told/graphDescription.ts";
import { formatCount } from "../../model/views/format.ts";
import {
	CliFailure,
	type Command,
	eventsFileOption,
	jsonOption,
	transcriptsOptions,
} from "../command.ts";
import type { CliContext } from "../context.ts";
import { readableEventsFileOf, transcriptFoldersOf } from "../paths.ts";
import { printable } from "../textTable.ts";

export const graphCommand: Command = {
	name: "graph",
	summary: "Prints the graph that a log and transcripts imply, with the agents that have finished",
	options: {
		"events-file": eventsFileOption,
		...transcriptsOptions,
		json: jsonOption,
	},

	async run(values, context) {
		const folders = transcriptFoldersOf(values, context, false);
		// Transcripts that are named are those of a session of their own.
		const isLogRead = values.transcripts === undefined || values["events-file"] !== undefined;
		const eventsFile = isLogRead ? readableEventsFileOf(values, context, folders) : "";
		const graph = await readGraph(eventsFile, folders, context);
		graph.reap(context.now(), SILENCE_MS);
		noteProblems(graph, context);
		const description = describeGraph(graph);
		context.print(values.json ? JSON.stringify(description, null, "\t") : graphText(description));
	},
};

/** What was not heard of for so long is not at work any more: the default of the editor, ms. */
const SILENCE_MS = 30 * 60_000;

/** @param eventsFile empty for none */
async function readGraph(
	eventsFile: string,
	folders: readonly string[],
	context: CliContext,
): Promise<LiveGraph> {
	const source = await GraphSource.readOnce({
		eventsFile,
		transcriptFolders: folders,
		newLog: () => new LogLines(),
		startReading: readHere,
	});
	await source.dispose();
	const { graph, tail, transcripts } = source;
	if (tail.state === "unreadable") {
		throw new CliFailure(`${eventsFile} cannot be read: ${tail.error}`);
	}
	const { error = "", status } = transcripts ?? {};
	if (error !== "") throw new CliFailure(`the transcripts cannot be read: ${error}`);
	const unreadable = status?.unreadable ?? 0;
	if (unreadable > 0) context.note(`${formatCount(unreadable, "transcript")} cannot be read`);
	return graph;
}

function noteProblems(graph: LiveGraph, context: CliContext): void {
	for (const [kind, { count }] of graph.stats.problems) {
		context.note(`${formatCount(count, "line")} left out: ${kind}`);
	}
	for (const [kind, count] of graph.stats.transcriptProblems) {
		context.note(`${formatCount(count, "line")} of transcripts left out: ${kind}`);
	}
}

function graphText({ nodes, counters }: GraphDescription): string {
	const children = new Map<string, NodeDescription[]>();
	const sessionOf = new Map(nodes.map(({ id, session }) => [id, session]));
	for (const node of nodes) {
		// Ids of agents are only told apart within their session.
		const session =
			node.kind === "session" ? (sessionOf.get(node.parent ?? "") ?? "") : node.session;
		const key = `${session} ${node.parent ?? ""}`;
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
