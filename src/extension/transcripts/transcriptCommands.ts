import * as path from "node:path";
import * as vscode from "vscode";
import type { NodeView } from "../../model/views/view.ts";
import type { CommandName } from "../ids.ts";
import type { PanelHost } from "../panel/graphPanel.ts";
import { type MirroredFeed, nodeOfRow } from "../tree/liveAgentsTree.ts";
import type { TranscriptAddress } from "./transcriptAddress.ts";
import type { TranscriptDocuments } from "./transcriptDocuments.ts";

export interface TranscriptTargets {
	readonly feed: MirroredFeed;
	readonly transcripts: TranscriptDocuments;
}

/** What a command is handed: a row of Live Agents, or whose call it is about. */
interface Argument {
	readonly key?: unknown;
	readonly session?: unknown;
	readonly agent?: unknown;
	readonly call?: unknown;
	readonly name?: unknown;
}

/** The commands that lead from a node or a call to its source. */
export function transcriptHandlers(
	targets: TranscriptTargets,
): Record<
	Extract<CommandName, "openTranscript" | "revealCallFile" | "copyCallId">,
	(row: unknown) => unknown
> {
	return {
		openTranscript: (row) => targets.transcripts.open(addressesOf(targets.feed, row)),
		revealCallFile: (row) => revealFile(targets, row),
		copyCallId: async (row) => {
			const { call } = argumentIn(row);
			if (typeof call === "string") await vscode.env.clipboard.writeText(call);
		},
	};
}

/** What the panel asks for of the calls that it shows. */
export function callSources(
	feed: MirroredFeed,
	transcripts: TranscriptDocuments,
): Pick<PanelHost, "openTranscript" | "openFile" | "reasonOf"> {
	return {
		openTranscript: ({ session, agent }, call) =>
			void transcripts.open(addressesOf(feed, { session, agent, call })),
		openFile: ({ session, agent }, call) =>
			void revealFile({ feed, transcripts }, { session, agent, call }),
		reasonOf: async ({ session, agent }, call) => {
			const [address] = addressesOf(feed, { session, agent, call });
			return address === undefined ? null : await transcripts.reasonOf(address);
		},
	};
}

/** What a command was chosen on: a call may be listed below its function. */
function argumentIn(row: unknown): Argument {
	const { detail, ...argument } = (row ?? {}) as Argument & {
		readonly detail?: { call?: Argument };
	};
	return detail?.call ?? argument;
}

/** Where the transcript may be: an agent that has no file yet is in that of its caller. */
function addressesOf(feed: MirroredFeed, row: unknown): TranscriptAddress[] {
	const { key, session, agent, call, name } = argumentIn(row);
	const text = (value: unknown) => (typeof value === "string" ? value : "");
	const isByKey = typeof key === "string";
	const node = isByKey ? nodeOfRow(feed, { key }) : nodeOfIds(feed, text(session), text(agent));
	if (node === undefined) {
		if (isByKey) return [];
		return [{ session: text(session), agent: text(agent), call: text(call), name: text(name) }];
	}
	const parent = node.parent === null ? undefined : nodeOfRow(feed, { key: node.parent });
	const own = addressOf(node, text(call));
	return parent === undefined ? [own] : [own, addressOf(parent, node.id)];
}

/** What is shown of an agent; undefined where it is not shown any longer. */
function nodeOfIds({ mirror }: MirroredFeed, session: string, agent: string): NodeView | undefined {
	const id = agent === "" ? session : agent;
	return [...mirror.nodes.values()].find((node) => node.session === session && node.id === id);
}

function addressOf({ kind, session, id, type }: NodeView, call: string): TranscriptAddress {
	return { session, agent: kind === "session" ? "" : id, call, name: type };
}

/** Opens the file that a call names; it must be there, and nothing but a file is opened. */
async function revealFile({ feed, transcripts }: TranscriptTargets, row: unknown): Promise<void> {
	const [address] = addressesOf(feed, row);
	const file = address === undefined ? null : await transcripts.fileOf(address);
	const cwd = address === undefined ? "" : cwdOf(feed, address.session);
	if (file === null || !(path.isAbsolute(file) || cwd !== "")) {
		void vscode.window.showInformationMessage(
			"No transcript tells of a file that this call touched.",
		);
		return;
	}
	const uri = vscode.Uri.file(path.resolve(cwd, file));
	try {
		await vscode.workspace.fs.stat(uri);
	} catch {
		void vscode.window.showWarningMessage(`The file is no longer there: ${uri.fsPath}`);
		return;
	}
	await vscode.commands.executeCommand("vscode.open", uri);
}

function cwdOf(feed: MirroredFeed, session: string): string {
	for (const node of feed.mirror.nodes.values()) {
		if (node.kind === "session" && node.id === session) return node.cwd;
	}
	return "";
}
