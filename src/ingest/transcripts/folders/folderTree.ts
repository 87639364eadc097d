import { type Dirent, readdirSync } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import * as path from "node:path";
import { setImmediate } from "node:timers/promises";

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
	const origin = await realpath(folder).catch(() => null);
	if (origin === null) return false;
	const isThere = await walkFolder(folder, origin, visitor, { depth, seen: new Set(), links });
	const seen = new Set<string>();
	for (let link = links.shift(); link !== undefined; link = links.shift()) {
		const behind = await behindLink(link.path, origin);
		if (behind === "file") visitor.file(link.path);
		else if (behind !== null && link.depth <= MAX_DEPTH)
			await walkFolder(link.path, behind.folder, visitor, { ...link, seen, links });
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

/** @param real where the folder lies itself: below a folder that is no link everything lies where it is named */
async function walkFolder(
	folder: string,
	real: string,
	visitor: TreeVisitor,
	state: Walk,
): Promise<boolean> {
	const { depth, seen, links } = state;
	if (seen.has(real)) return true;
	// Each folder is read at once, which takes a fraction of having it read; others get their turn here.
	await setImmediate();
	seen.add(real);
	let entries: Dirent[];
	try {
		visitor.folder(folder);
		entries = readdirSync(folder, { withFileTypes: true });
	} catch {
		return false;
	}
	for (const entry of entries) {
		const found = path.join(folder, entry.name);
		const below = depth + 1;
		if (entry.isFile()) visitor.file(found);
		else if (entry.isSymbolicLink()) links.push({ path: found, depth: below });
		else if (entry.isDirectory() && depth < MAX_DEPTH) {
			const realBelow = path.join(real, entry.name);
			await walkFolder(found, realBelow, visitor, { ...state, depth: below });
		}
	}
	return true;
}

/**
 * null where it leads nowhere, to what is neither, or up: nobody keeps transcripts in all that lies around
 * the folder that they are looked for in.
 */
async function behindLink(link: string, origin: string): Promise<Behind | null> {
	try {
		const stats = await stat(link);
		if (stats.isFile()) return "file";
		const real = await realpath(link);
		const isUp = origin === real || pathBelow(real, origin) !== null;
		return stats.isDirectory() && !isUp ? { folder: real } : null;
	} catch {
		return null;
	}
}

/** A file, or where a folder lies itself. */
type Behind = "file" | { readonly folder: string };

/** @returns the path below the root with forward slashes; null when it lies elsewhere */
export function pathBelow(root: string, absolutePath: string): string | null {
	const relative = path.relative(root, absolutePath);
	if (relative === "" || relative.startsWith("..") || path.isAbsolute(relative)) return null;
	return relative.split(path.sep).join("/");
}
