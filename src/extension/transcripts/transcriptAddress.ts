import * as vscode from "vscode";
import { TRANSCRIPT_SCHEME } from "../ids.ts";

/** An id as clients make them; nothing else gets near a file's name. */
const ID = /^[A-Za-z0-9_-]{1,128}$/;

/** Which transcript, and at which call it is to be shown. */
export interface TranscriptAddress {
	readonly session: string;
	/** Empty for the session's own. */
	readonly agent: string;
	/** tool_use_id; empty for the end, where the news is. */
	readonly call: string;
	/** What is over is read from its beginning. */
	readonly isOver?: boolean;
	/** Name of the tab, such as `Explore`. */
	readonly name: string;
}

/** @returns null for what no client could have written */
export function transcriptUri(address: TranscriptAddress): vscode.Uri | null {
	const { session, agent, name } = address;
	if (!ID.test(session) || !(agent === "" || ID.test(agent))) return null;
	const title = name.replace(/[^\p{L}\p{N} ._-]+/gu, " ").trim() || "agent";
	return vscode.Uri.from({
		scheme: TRANSCRIPT_SCHEME,
		path: `/${title.slice(0, 60)} ${(agent || session).slice(0, 8)}`,
		query: new URLSearchParams({ session, agent }).toString(),
	});
}

export function ownerOf({ query }: vscode.Uri): { session: string; agent: string } {
	const fields = new URLSearchParams(query);
	const field = (name: string) => {
		const value = fields.get(name) ?? "";
		return ID.test(value) ? value : "";
	};
	return { session: field("session"), agent: field("agent") };
}
