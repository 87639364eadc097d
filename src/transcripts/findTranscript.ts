import { transcriptClients } from "../ingest/clients/clients.ts";
import { pathBelow, walk } from "../ingest/transcripts/folders/folderTree.ts";
import {
	clientsAt,
	firstDepth,
	ownerByFirstLine,
	ownerOf,
	readFirstLine,
} from "../ingest/transcripts/ownership.ts";
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
	/** Session that was looked for. */
	readonly session: string;
	/** Whose it is; empty for the session, which has what its agents did where they have no file. */
	readonly agent: string;
}

type ListedTranscript = Omit<FoundTranscript, "session">;

/** Transcripts below one folder. */
interface Listing {
	/** By session and agent. */
	readonly named: ReadonlyMap<string, ListedTranscript>;
	/** Files that hold many sessions. */
	readonly shared: readonly ListedTranscript[];
	readonly unnamed: readonly UnnamedFile[];
}

/** One of which only its first line says whose it is. */
interface UnnamedFile {
	/** Absolute. */
	readonly path: string;
	readonly relativePath: string;
	readonly clients: readonly TranscriptClient[];
}

/** So much of an id its file has in its name at least. */
const NAMED_BY = 8;

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
	const namedBy = (key: string): FoundTranscript | null => {
		const found = listings.map(({ named }) => named.get(key)).find((each) => each !== undefined);
		return found === undefined ? null : { ...found, session };
	};
	const unnamed = listings.flatMap((listing) => listing.unnamed);
	const found =
		namedBy(keyOf({ session, agent })) ??
		(await firstOwned(unnamed, { session, agent })) ??
		namedBy(keyOf({ session, agent: "" }));
	if (found !== null) return found;
	for (const file of listings.flatMap(({ shared }) => shared)) {
		if ((await file.client.holds?.(file.file, session)) === true) return { ...file, session };
	}
	return null;
}

/** Looks into files whose paths do not say whose they are, but have some of the id in their name. */
async function firstOwned(
	files: readonly UnnamedFile[],
	{ session, agent }: TranscriptOwner,
): Promise<FoundTranscript | null> {
	const part = (agent || session).slice(0, NAMED_BY);
	for (const { path, relativePath, clients } of files) {
		if (!relativePath.includes(part)) continue;
		const firstLine = await readFirstLine(path).catch(() => null);
		const owned = firstLine === null ? null : ownerByFirstLine(clients, relativePath, firstLine);
		if (owned === null || owned.file.agent !== agent) continue;
		// A line that was cut off does not name its session.
		if ([session, ""].includes(owned.file.session))
			return { file: path, client: owned.client, session, agent };
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
	const named = new Map<string, ListedTranscript>();
	const shared: ListedTranscript[] = [];
	const unnamed: UnnamedFile[] = [];
	const clients = clientsAt(transcriptClients(), folder);
	const file = (path: string): void => {
		const relativePath = pathBelow(folder, path) ?? "";
		const owned = ownerOf(clients, relativePath);
		if (owned === "first_line") unnamed.push({ path, relativePath, clients });
		// What a client asked for itself is nobody's conversation.
		if (owned === null || owned === "first_line" || owned.file.isAside === true) return;
		const key = keyOf(owned.file);
		const { client, file: of } = owned;
		if (client.holds !== undefined) {
			shared.push({ file: path, client, agent: "" });
			return;
		}
		if (!named.has(key)) named.set(key, { file: path, client, agent: of.agent });
	};
	await walk(folder, { folder: () => {}, file }, firstDepth(folder));
	return { named, unnamed, shared };
}

function keyOf({ session, agent }: TranscriptOwner): string {
	return `${session}/${agent}`;
}
