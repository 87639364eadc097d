import * as vscode from "vscode";
import type { LiveFeed } from "../../live/liveFeed.ts";
import type { NodeView } from "../../model/views/view.ts";
import { isInWorkspace } from "../../model/views/workspace.ts";
import { commands } from "../ids.ts";
import type { Settings } from "../settings.ts";

/** Notifies of something about a node, and shows it in the graph where the user wants that. */
export async function offerToShow(
	feed: LiveFeed,
	text: string,
	key: string,
	sessionKey: string,
): Promise<void> {
	const choice = await vscode.window.showInformationMessage(text, "Show");
	if (choice === undefined) return;
	// An agent that is over by now may be gone; its session is then what there is to see.
	const shown = feed.mirror.nodes.has(key) ? key : sessionKey;
	await vscode.commands.executeCommand(commands.revealAgent, { key: shown });
}

export function sessionOf(feed: LiveFeed, node: NodeView): NodeView | undefined {
	let at: NodeView | undefined = node;
	while (at !== undefined && at.parent !== null) at = feed.mirror.nodes.get(at.parent);
	return at;
}

/** As in the graph: sessions of other folders only where the setting lets them in. */
export function isShownIn({ panel }: Settings, session: NodeView): boolean {
	const { showOtherSessions, workspaceFolders } = panel;
	return (
		showOtherSessions ||
		workspaceFolders.length === 0 ||
		isInWorkspace(session.cwd, workspaceFolders)
	);
}
