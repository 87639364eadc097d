import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { clientAt } from "../clients/clientIdentities.ts";
import { isRecord, withoutBom } from "../files/lineSplitter.ts";
import { MAX_DEPTH } from "./folders/folderTree.ts";
import type { TranscriptClient, TranscriptFile } from "./port.ts";

/** Longest first line that is looked at, in bytes: clients put their instructions there. */
const MAX_FIRST_LINE_BYTES = 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;
const NEWLINE = 10;

/** A transcript, and whose it is. */
export interface Owned {
	readonly client: TranscriptClient;
	readonly file: TranscriptFile;
}

/** Whose transcripts a folder holds: those of whoever keeps their own there, else anybody's. */
export function clientsAt(
	clients: readonly TranscriptClient[],
	root: string,
): readonly TranscriptClient[] {
	const owner = clientAt(root)?.name;
	const own = clients.filter(({ name }) => name === owner);
	return own.length > 0 ? own : clients;
}

/** Where to begin to count how deep a folder lies, so that no more of it is gone through than its client uses. */
export function firstDepth(root: string): number {
	return MAX_DEPTH - Math.min(MAX_DEPTH, clientAt(root)?.depth ?? MAX_DEPTH);
}

/** Whose transcript a path is; what it says itself comes before what only the first line could. */
export function ownerOf(
	clients: readonly TranscriptClient[],
	relativePath: string,
): Owned | "first_line" | null {
	let found: "first_line" | null = null;
	for (const client of clients) {
		const file = client.classify(relativePath);
		if (file === "first_line") found = file;
		else if (file !== null) return { client, file };
	}
	return found;
}

/** The same of a path that leaves it to the first line. */
export function ownerByFirstLine(
	clients: readonly TranscriptClient[],
	relativePath: string,
	firstLine: string,
): Owned | null {
	for (const client of clients) {
		if (client.classify(relativePath) !== "first_line") continue;
		const file = client.identify?.(relativePath, firstLine) ?? null;
		if (file !== null) return { client, file };
	}
	return null;
}

/**
 * @returns the first line without its newline, cut where it is too long; null while it is not whole
 * @throws what the file system says
 */
export async function readFirstLine(file: string): Promise<string | null> {
	// As in any transcript's place, a named pipe would hold up whoever opens it.
	const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
	try {
		if (!(await handle.stat()).isFile()) return null;
		const parts: Buffer[] = [];
		for (let offset = 0; offset < MAX_FIRST_LINE_BYTES; ) {
			const { buffer, bytesRead } = await handle.read(Buffer.alloc(CHUNK_BYTES), 0, null, offset);
			if (bytesRead === 0) {
				const all = Buffer.concat(parts);
				return isRecord(all) ? withoutBom(all.toString("utf8")) : null;
			}
			const end = buffer.subarray(0, bytesRead).indexOf(NEWLINE);
			parts.push(buffer.subarray(0, end < 0 ? bytesRead : end));
			if (end >= 0) break;
			offset += bytesRead;
		}
		return withoutBom(Buffer.concat(parts).toString("utf8"));
	} finally {
		await handle.close();
	}
}
