import { recentOf, toolsOf } from "../../calls/callLedger.ts";
import type { NodeDetail, ToolStat } from "../../views/view.ts";
import type { GraphNode } from "../graphNode.ts";
import type { LiveGraph } from "../liveGraph.ts";
import { aliasesOf } from "./nodeView.ts";

/** What the inspector shows of one node; null when there is no node of that key. */
export function nodeDetail({ sessions }: LiveGraph, key: string): NodeDetail | null {
	for (const session of sessions) {
		for (const node of session.nodes()) if (node.key === key) return detailOf(node);
	}
	return null;
}

/** Everything else that the inspector shows. */
export function detailOf(node: GraphNode): NodeDetail {
	const { parts } = node;
	const ledgers = parts.map(({ ledger }) => ledger);
	const stats = parts.find(({ toolStats }) => toolStats !== "")?.toolStats ?? "";
	return {
		key: node.key,
		tools: toolsOf(ledgers),
		toolStats: readToolStats(stats),
		recent: recentOf(ledgers),
		usage: parts.flatMap(({ usage }) => usage.models()),
		sessionUsage: node.kind === "session" ? node.session.usage.models() : [],
		aliases: aliasesOf(node),
	};
}

/** @param text JSON text that an event's reader made, with nothing but numbers in it */
function readToolStats(text: string): ToolStat[] {
	if (text === "") return [];
	const counts = JSON.parse(text) as Readonly<Record<string, number>>;
	return Object.entries(counts).map(([name, count]) => ({ name, count }));
}
