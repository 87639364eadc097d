import { readdir } from "node:fs/promises";
import * as path from "node:path";
import { transcriptClients } from "../ingest/clients.ts";
import type { TranscriptClient } from "../ingest/transcripts/port.ts";

/** How long a listing of a folder is good for, ms. */
const LISTING_MS = 1000;

/** Whose transcript is looked for. */
export interface TranscriptOwner {
	readonly session: string;
	/** Empty for the session's own. */
	readonly agent: string;
}

/** A file, and the client that can read it. */
export interface FoundTranscript {
	readonly file: string;
	readonly client: TranscriptClient;
	/** Whether the file is that of the session, because the agent has none of its own. */
	readonly isSessions: boolean;
}

/**
 * Looks for a transcript in the folders of all clients. Older clients wrote agents into the file of
 * their session, which is what is found when there is no other.
 *
 * @returns null when neither is there: its client may have cleaned it up, or wrote none
 */
export async function findTranscript(
	folders: readonly string[],
	{ session, agent }: TranscriptOwner,
): Promise<FoundTranscript | null> {
	let ofSession: FoundTranscript | null = null;
	const clients = transcriptClients();
	for (const folder of folders) {
		for (const name of await filesIn(folder)) {
			if (!name.includes(session) && !name.includes(agent || session)) continue;
			for (const client of clients) {
				const owner = client.classify(name.split(path.sep).join("/"));
				if (owner === null || owner === "first_line" || owner.session !== session) continue;
				const found = { file: path.join(folder, name), client, isSessions: owner.agent === "" };
				if (owner.agent === agent) return { ...found, isSessions: false };
				if (owner.agent === "") ofSession = found;
			}
		}
	}
	return ofSession;
}

const listings = new Map<string, { readonly at: number; readonly names: Promise<string[]> }>();

/** Lists a folder, not more often than once in a while: titles of hundreds of sessions are asked for. */
function filesIn(folder: string): Promise<string[]> {
	const known = listings.get(folder);
	if (known !== undefined && performance.now() - known.at < LISTING_MS) return known.names;
	const names = readdir(folder, { recursive: true }).catch(() => []);
	listings.set(folder, { at: performance.now(), names });
	return names;
}
