/** What a snapshot is taken of: a registry, else the tracked files of these folders. */
export interface SnapshotRequest {
	/** Absolute path of an SQLite file; empty where there is no registry. */
	readonly registryFile: string;
	/** Absolute. */
	readonly folders: readonly string[];
}

/** What a snapshot found. */
export interface SnapshotResult {
	/** Files that git tracks; none for a registry. */
	readonly files: number;
	/** Files that were parsed, and files that were as the last snapshot had left them. */
	readonly parsed: number;
	readonly unchanged: number;
	readonly functions: number;
	/** Rows that are new. */
	readonly newVersions: number;
	readonly copies: number;
	readonly skipped: Readonly<Record<SkipReason, number>>;
}

/** `unreadable` is what has gone, or cannot be parsed. */
export type SkipReason = "otherLanguage" | "symlink" | "submodule" | "tooLarge" | "unreadable";

export const NOTHING_FOUND: SnapshotResult = {
	files: 0,
	parsed: 0,
	unchanged: 0,
	functions: 0,
	newVersions: 0,
	copies: 0,
	skipped: { otherLanguage: 0, symlink: 0, submodule: 0, tooLarge: 0, unreadable: 0 },
};

export function sum(a: SnapshotResult, b: SnapshotResult): SnapshotResult {
	const { skipped: one, ...first } = a;
	const { skipped: other, ...second } = b;
	return { ...added(first, second), skipped: added(one, other) };
}

function added<Counts extends Record<keyof Counts, number>>(a: Counts, b: Counts): Counts {
	const counts = Object.entries<number>(a).map(([name, count]) => [
		name,
		count + b[name as keyof Counts],
	]);
	return Object.fromEntries(counts) as Counts;
}
