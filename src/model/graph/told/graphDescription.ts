import type { Counters, NodeView, ToolUse } from "../../views/view.ts";
import type { GraphNode } from "../graphNode.ts";
import type { LiveGraph } from "../liveGraph.ts";
import { parentOf } from "../parents.ts";
import { detailOf } from "./nodeDetail.ts";
import { aliasesOf, idOf, viewOf } from "./nodeView.ts";

/** Of a node as others see it. */
const DESCRIBED = [
	"id",
	"kind",
	"session",
	"parent",
	"type",
	"description",
	"model",
	"state",
	"outcome",
	"stubs",
	"calls",
	"failures",
	"tokens",
	"costUsd",
] as const;

/** One node of the graph by its ids rather than by keys, as the command line and tests need it. */
export interface NodeDescription extends Pick<NodeView, (typeof DESCRIBED)[number]> {
	/** Other ids that resolve to it, such as the tool_use_id of its spawn. */
	readonly aliases: readonly string[];
}

/** The whole graph in plain words. */
export interface GraphDescription {
	readonly nodes: readonly NodeDescription[];
	readonly counters: Counters;
}

/** What is told of a node besides, by whoever exports it. */
export interface NodeFigures extends Pick<NodeView, "startedAt" | "endedAt"> {
	readonly tools: readonly ToolUse[];
}

/** Times and calls by tool of every node, by its id. */
export function figuresOf({ sessions }: LiveGraph): Record<string, NodeFigures> {
	const figures: Record<string, NodeFigures> = {};
	for (const session of sessions) {
		for (const node of session.nodes()) {
			const { id, startedAt, endedAt } = viewOf(node);
			figures[id] = { startedAt, endedAt, tools: detailOf(node).tools };
		}
	}
	return figures;
}

/** Everything that is known, ended agents included, in the order of appearance. */
export function describeGraph({ sessions, counters }: LiveGraph): GraphDescription {
	const nodes: NodeDescription[] = [];
	for (const session of sessions) for (const node of session.nodes()) nodes.push(describe(node));
	return { nodes, counters };
}

function describe(node: GraphNode): NodeDescription {
	const view = { ...viewOf(node), parent: parentId(node) };
	const described = Object.fromEntries(DESCRIBED.map((name) => [name, view[name]]));
	return { ...(described as unknown as NodeDescription), aliases: aliasesOf(node) };
}

function parentId(node: GraphNode): string | null {
	const parent = parentOf(node);
	return parent === null ? null : idOf(parent);
}
