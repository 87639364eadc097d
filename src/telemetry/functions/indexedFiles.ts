import * as path from "node:path";
import { functionIdIn, type SourceFunction } from "../../functions/sourceFunction.ts";
import type { TelemetryStore } from "../storage/store.ts";

/** Files read from the table at a time, between which others have their turn. */
const PAGE = 500;

const COLUMNS = "path, root, size, mtime_ms, indexed_at, blob, functions";
const WRITE = `INSERT OR REPLACE INTO indexed_files (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`;

/** A file as the last snapshot left it. */
export interface IndexedFile {
	/** Absolute. */
	readonly path: string;
	/** Top folder of its repository. */
	readonly root: string;
	/** Bytes. */
	readonly size: number;
	readonly mtimeMs: number;
	/** ms since the epoch */
	readonly indexedAt: number;
	/** Id of its content in git. */
	readonly blob: string;
}

/** A function of an indexed file. */
export interface IndexedFunction extends SourceFunction {
	readonly id: string;
	readonly filePath: string;
	readonly blob: string;
}

/** What is known of the files below a folder, by path; their functions left out. */
export function knownFiles(store: TelemetryStore, root: string): Map<string, IndexedFile> {
	const rows = store.all<IndexedFile>(
		`SELECT path, root, size, mtime_ms AS mtimeMs, indexed_at AS indexedAt, blob
			FROM indexed_files WHERE root = ?`,
		[root],
	);
	return new Map(rows.map((row) => [row.path, row]));
}

/** Must run inside a transaction, as all that follow. */
export function keepFile(
	store: TelemetryStore,
	file: IndexedFile,
	functions: readonly SourceFunction[],
): void {
	const listed = functions.map(({ name, hash, startLine, endLine, statements }) => {
		return [name, hash, startLine, endLine, statements];
	});
	const { root, size, mtimeMs, indexedAt, blob } = file;
	store.database.run(WRITE, [
		file.path,
		root,
		size,
		mtimeMs,
		indexedAt,
		blob,
		JSON.stringify(listed),
	]);
}

/** The content is what it was, whatever the times say. */
export function touchFile(store: TelemetryStore, file: IndexedFile): void {
	store.database.run(
		"UPDATE indexed_files SET size = ?, mtime_ms = ?, indexed_at = ? WHERE path = ?",
		[file.size, file.mtimeMs, file.indexedAt, file.path],
	);
}

export function forgetFiles(store: TelemetryStore, paths: readonly string[]): void {
	store.database.run("DELETE FROM indexed_files WHERE path IN (SELECT value FROM json_each(?))", [
		JSON.stringify(paths),
	]);
}

/** As the versions: a rebuild takes over what the last snapshot found. */
export function keepIndexedFiles(from: TelemetryStore, to: TelemetryStore): void {
	const files = from.all<Record<string, string | number>>(`SELECT ${COLUMNS} FROM indexed_files`);
	to.transaction(() => {
		for (const file of files) {
			to.database.run(WRITE, Object.values(file));
		}
	});
}

/** Every indexed function, file by file, in the order of their paths. */
export async function* indexedFunctions(store: TelemetryStore): AsyncGenerator<IndexedFunction[]> {
	let last = "";
	for (;;) {
		const rows = store.all<{ path: string; root: string; blob: string; functions: string }>(
			`SELECT path, root, blob, functions FROM indexed_files WHERE path > ?
				ORDER BY path LIMIT ${PAGE}`,
			[last],
		);
		for (const row of rows) yield functionsIn(row);
		if (rows.length < PAGE) return;
		last = rows.at(-1)?.path ?? last;
		await new Promise((resolve) => setImmediate(resolve));
	}
}

type Listed = readonly [string, string, number, number, number];

function functionsIn(row: { path: string; root: string; blob: string; functions: string }) {
	const relative = path.relative(row.root, row.path).replaceAll("\\", "/");
	return (JSON.parse(row.functions) as Listed[]).map(
		([name, hash, startLine, endLine, statements]): IndexedFunction => ({
			id: functionIdIn(relative, name),
			filePath: row.path,
			blob: row.blob,
			name,
			hash,
			startLine,
			endLine,
			statements,
		}),
	);
}
