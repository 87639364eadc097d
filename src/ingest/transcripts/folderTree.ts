import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import * as path from "node:path";

/** Deepest folder looked into below a root; the client's own files lie four deep. */
export const MAX_DEPTH = 8;

/** Called for what is found; folders before what is in them, so that a watch misses nothing. */
interface TreeVisitor {
	folder(absolutePath: string): void;
	file(absolutePath: string): void;
}

/**
 * Goes through a folder and all below it. Links are followed behind all that is there itself, so that
 * what has a name of its own is found by that first, and no folder is gone through by more than one link:
 * a circle ends. What vanishes meanwhile or may not be read is passed over.
 *
 * @param depth how far below its root the folder lies
 * @returns false when there is no such folder
 */
export async function walk(folder: string, visitor: TreeVisitor, depth = 0): Promise<boolean> {
	const links: Link[] = [];
	const origin = await realpath(folder).catch(() => folder);
	const isThere = await walkFolder(folder, visitor, { depth, seen: new Set(), links });
	const seen = new Set<string>();
	for (let link = links.shift(); link !== undefined; link = links.shift()) {
		const kind = await kindBehind(link.path, origin);
		if (kind === "file") visitor.file(link.path);
		if (kind === "folder" && link.depth <= MAX_DEPTH)
			await walkFolder(link.path, visitor, { ...link, seen, links });
	}
	return isThere;
}

interface Link {
	readonly path: string;
	readonly depth: number;
}

interface Walk {
	readonly depth: number;
	/** Real paths of folders that were gone through. */
	readonly seen: Set<string>;
	/** That were found, to be followed later. */
	readonly links: Link[];
}

async function walkFolder(folder: string, visitor: TreeVisitor, state: Walk): Promise<boolean> {
	const { depth, seen, links } = state;
	let entries: Dirent[];
	try {
		const real = await realpath(folder);
		if (seen.has(real)) return true;
		seen.add(real);
		visitor.folder(folder);
		entries = await readdir(folder, { withFileTypes: true });
	} catch {
		return false;
	}
	for (const entry of entries) {
		const found = path.join(folder, entry.name);
		const below = depth + 1;
		if (entry.isFile()) visitor.file(found);
		else if (entry.isSymbolicLink()) links.push({ path: found, depth: below });
		else if (entry.isDirectory() && depth < MAX_DEPTH)
			await walkFolder(found, visitor, { ...state, depth: below });
	}
	return true;
}

/**
 * null where it leads nowhere, to what is neither, or up: nobody keeps transcripts in all that lies around
 * the folder that they are looked for in.
 */
async function kindBehind(link: string, origin: string): Promise<"file" | "folder" | null> {
	try {
		const stats = await stat(link);
		if (stats.isFile()) return "file";
		const real = await realpath(link);
		const isUp = origin === real || pathBelow(real, origin) !== null;
		return stats.isDirectory() && !isUp ? "folder" : null;
	} catch {
		return null;
	}
}

/** @returns the path below the root with forward slashes; null when it lies elsewhere */
export function pathBelow(root: string, absolutePath: string): string | null {
	const relative = path.relative(root, absolutePath);
	if (relative === "" || relative.startsWith("..") || path.isAbsolute(relative)) return null;
	return relative.split(path.sep).join("/");
}
