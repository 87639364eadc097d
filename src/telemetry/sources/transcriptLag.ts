import { statSync } from "node:fs";
import { readUpTo } from "../../ingest/files/tailedFile.ts";
import { stampOf } from "../../ingest/transcripts/files/fileStamp.ts";
import { pathBelow, walk } from "../../ingest/transcripts/folders/folderTree.ts";
import { clientsAt, firstDepth, ownerOf } from "../../ingest/transcripts/ownership.ts";
import type { TranscriptClient } from "../../ingest/transcripts/port.ts";
import type { FollowerStatus } from "../../ingest/transcripts/transcriptFollower.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { SOURCES } from "./passCursors.ts";

/** How far transcripts are in the database. */
interface TranscriptLag {
	readonly files: number;
	readonly bytesDone: number;
	readonly bytesTotal: number;
}

/**
 * How far another process has brought transcripts into the database, as far as the database tells:
 * files that it has not begun yet are not in it.
 *
 * @returns null when it has begun none
 */
export function transcriptsRead(store: TelemetryStore): FollowerStatus | null {
	const { files, bytesDone, bytesTotal } = lagOf(begunIn(store), sizesOf(begunIn(store).keys()));
	if (files === 0) return null;
	return {
		files,
		bytesDone,
		bytesTotal,
		unreadable: 0,
		isReadingHistory: false,
		isHistoryStopped: false,
		isWatching: false,
	};
}

/** Which transcripts there are to be read. */
interface Wanted {
	readonly clients: readonly TranscriptClient[];
	/** Absolute paths; they need not exist. */
	readonly folders: readonly string[];
	/** Only files written since then, ms since the epoch. */
	readonly modifiedSince: number;
}

/** How far all transcripts below some folders are in the database, whether begun or not. */
export async function transcriptLag(store: TelemetryStore, wanted: Wanted): Promise<TranscriptLag> {
	const begun = begunIn(store);
	return lagOf(begun, await wantedSizes(wanted, begun));
}

/** The same, and of those that were begun elsewhere. */
export async function allTranscripts(
	store: TelemetryStore,
	wanted: Wanted,
): Promise<TranscriptLag> {
	const begun = begunIn(store);
	return lagOf(begun, new Map([...sizesOf(begun.keys()), ...(await wantedSizes(wanted, begun))]));
}

function lagOf(
	begun: ReadonlyMap<string, number>,
	sizes: ReadonlyMap<string, number>,
): TranscriptLag {
	let [bytesDone, bytesTotal] = [0, 0];
	for (const [path, size] of sizes) {
		bytesDone += Math.min(begun.get(path) ?? 0, size);
		bytesTotal += size;
	}
	return { files: sizes.size, bytesDone, bytesTotal };
}

/** Absolute paths of those that were begun. */
export function begunTranscripts(store: TelemetryStore): string[] {
	return [...begunIn(store).keys()];
}

/** Bytes read by path. */
function begunIn(store: TelemetryStore): Map<string, number> {
	const begun = new Map<string, number>();
	for (const { source, fileIdentity: identity, byteOffset: offset } of store.cursors()) {
		if (!source.startsWith(SOURCES.events)) continue;
		begun.set(source.slice(SOURCES.events.length), readUpTo({ identity, offset }));
	}
	return begun;
}

/** Of those that are still there. */
function sizesOf(paths: Iterable<string>): Map<string, number> {
	const sizes = new Map<string, number>();
	for (const path of paths) {
		if (isDatabase(path)) continue;
		const size = statSync(path, { throwIfNoEntry: false })?.size;
		if (size !== undefined) sizes.set(path, size);
	}
	return sizes;
}

/** How much there is to read in a database only reading it could tell. */
function isDatabase(path: string): boolean {
	return path.endsWith(".db");
}

/** By path: of several that lead to one file the one that it was begun under. */
async function wantedSizes(
	{ clients, folders, modifiedSince }: Wanted,
	begun: ReadonlyMap<string, number>,
): Promise<Map<string, number>> {
	const found = new Map<string, { readonly path: string; readonly size: number }>();
	for (const root of folders) {
		const own = clientsAt(clients, root);
		const visitor = {
			folder: () => {},
			file: (absolutePath: string) => {
				const owner = ownerOf(own, pathBelow(root, absolutePath) ?? "");
				if (owner === null || isDatabase(absolutePath)) return;
				const stamp = stampOf(absolutePath);
				if (stamp === null || stamp.modifiedAt < modifiedSince) return;
				const { identity, size } = stamp;
				const known = found.get(identity);
				if (known === undefined || begun.has(absolutePath)) {
					found.set(identity, { path: absolutePath, size });
				}
			},
		};
		await walk(root, visitor, firstDepth(root));
	}
	return new Map([...found.values()].map(({ path, size }) => [path, size]));
}
