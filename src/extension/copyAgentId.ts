import * as vscode from "vscode";
import type { LiveFeed } from "../live/liveFeed.ts";
import { nodeOfRow } from "./tree/liveAgentsTree.ts";

/** Puts the id of a node into the clipboard. */
export async function copyAgentId(feed: LiveFeed, row: unknown): Promise<void> {
	const node = nodeOfRow(feed, row);
	if (node !== undefined) await copyId(node.id);
}

export async function copyId(id: string): Promise<void> {
	await vscode.env.clipboard.writeText(id);
	vscode.window.setStatusBarMessage("Copied the id", 2000);
}
