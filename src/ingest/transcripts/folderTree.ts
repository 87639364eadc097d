import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import * as path from "node:path";

/** Deepest folder looked into below a root; the client's own files lie four deep. */
const MAX_DEPTH = 8;

/** Called for what is found; folders before what is in them, so that a watch misses nothing. */
interface TreeVisitor {
	folder(absolutePath: string): void;
	/** May take its time: the next file waits for it. */
	file(absolutePath: string): Promise<void> | void;
}

/**
 * Goes through a folder and all below it. Links are not followed. What vanishes meanwhile or may
 * not be read is passed over.
 *
 * @param depth how far below its root the folder lies
 * @returns false when there is no such folder
 */
export async function walk(folder: string, visitor: TreeVisitor, depth = 0): Promise<boolean> {
	visitor.folder(folder);
	let entries: Dirent[];
	try {
		entries = await readdir(folder, { withFileTypes: true });
	} catch {
		return false;
	}
	for (const entry of entries) {
		const found = path.join(folder, entry.name);
		if (entry.isFile()) await visitor.file(found);
		else if (entry.isDirectory() && depth < MAX_DEPTH) await walk(found, visitor, depth + 1);
	}
	return true;
}

/** @returns the path below the root with forward slashes; null when it lies elsewhere */
export function pathBelow(root: string, absolutePath: string): string | null {
	const relative = path.relative(root, absolutePath);
	if (relative === "" || relative.startsWith("..") || path.isAbsolute(relative)) return null;
	return relative.split(path.sep).join("/");
}
