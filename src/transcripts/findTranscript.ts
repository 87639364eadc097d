import { transcriptClients } from "../ingest/clients.ts";
import { pathBelow, walk } from "../ingest/transcripts/folderTree.ts";
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
	/** Whose it is; empty for the session, which has what its agents did where they have no file. */
	readonly agent: string;
}

/** Transcripts below one folder, by session and agent. */
type Listing = ReadonlyMap<string, FoundTranscript>;

/**
 * Looks for a transcript in the folders of all clients, by the walk that finds those that are counted.
 * Older clients put agents beside their session, where only the lines name it, or into its own file,
 * which is what is found when there is no other.
 *
 * @returns null when none is there: its client may have cleaned it up, or wrote none
 */
export async function findTranscript(
	folders: readonly string[],
	{ session, agent }: TranscriptOwner,
): Promise<FoundTranscript | null> {
	const listings = await Promise.all(folders.map(listingOf));
	const names = [
		keyOf({ session, agent }),
		keyOf({ session: "", agent }),
		keyOf({ session, agent: "" }),
	];
	for (const name of agent === "" ? names.slice(0, 1) : names) {
		const found = listings.map((listing) => listing.get(name)).find((each) => each !== undefined);
		if (found !== undefined) return found;
	}
	return null;
}

const listings = new Map<string, { readonly at: number; readonly listing: Promise<Listing> }>();

/** Lists a folder, not more often than once in a while: titles of hundreds of sessions are asked for. */
function listingOf(folder: string): Promise<Listing> {
	const known = listings.get(folder);
	if (known !== undefined && performance.now() - known.at < LISTING_MS) return known.listing;
	const listing = list(folder);
	listings.set(folder, { at: performance.now(), listing });
	return listing;
}

/** What comes first stays: a link leads to what was found by a name of its own. */
async function list(folder: string): Promise<Listing> {
	const found = new Map<string, FoundTranscript>();
	const clients = transcriptClients();
	await walk(folder, {
		folder: () => {},
		file: (file) => {
			const relativePath = pathBelow(folder, file) ?? "";
			for (const client of clients) {
				const owner = client.classify(relativePath);
				// What a client asked for itself is nobody's conversation.
				if (owner === null || owner === "first_line" || owner.isAside === true) continue;
				const key = keyOf(owner);
				if (!found.has(key)) found.set(key, { file, client, agent: owner.agent });
			}
		},
	});
	return found;
}

function keyOf({ session, agent }: TranscriptOwner): string {
	return `${session}/${agent}`;
}
