import { type BigIntStats, statSync } from "node:fs";

/** What the file system says of the file that a path leads to. */
export interface FileStamp {
	/** Device and inode: the same for all paths that lead to one file. */
	readonly identity: string;
	/** Bytes. */
	readonly size: number;
	/** ms since the epoch */
	readonly modifiedAt: number;
}

/**
 * At once: to wait for one file after the other takes many times as long as to look.
 *
 * @returns null when there is no such file, or none that may be looked at
 */
export function stampOf(file: string): FileStamp | null {
	const own = ownStampOf(file);
	const log = own !== null && file.endsWith(".db") ? ownStampOf(file + DATABASE_LOG) : null;
	if (own === null || log === null) return own;
	const modifiedAt = Math.max(own.modifiedAt, log.modifiedAt);
	return { ...own, size: own.size + log.size, modifiedAt };
}

/** Where SQLite writes what is new of a database (https://www.sqlite.org/wal.html). */
const DATABASE_LOG = "-wal";

/** The file that a path says something new of: what is beside a database is of it. */
export function stampedPath(path: string): string {
	return path.endsWith(`.db${DATABASE_LOG}`) ? path.slice(0, -DATABASE_LOG.length) : path;
}

function ownStampOf(file: string): FileStamp | null {
	try {
		const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
		return stats?.isFile() ? toStamp(stats) : null;
	} catch {
		return null;
	}
}

export function toStamp({ dev, ino, size, mtimeMs }: BigIntStats): FileStamp {
	return { identity: `${dev}:${ino}`, size: Number(size), modifiedAt: Number(mtimeMs) };
}

export function isSameStamp(a: FileStamp | null, b: FileStamp | null): boolean {
	if (a === null || b === null) return a === b;
	return a.identity === b.identity && a.size === b.size && a.modifiedAt === b.modifiedAt;
}
