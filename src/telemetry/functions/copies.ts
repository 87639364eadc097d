import { FunctionSums } from "../rollups/functionSums.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { type IndexedFunction, indexedFunctions } from "./indexedFiles.ts";
import { addVersion } from "./versionTable.ts";

/** Shorter bodies are alike by chance: getters, wrappers, what an interface asks for. */
const MIN_STATEMENTS = 5;

/**
 * Finds functions whose normalised body equals that of one in another file, and adds a row for each
 * copy. The original is the one that was indexed first; of several the first by id.
 *
 * @param now ms since the epoch
 * @returns rows that are new
 */
export async function findCopies(store: TelemetryStore, now: number): Promise<number> {
	const byHash = new Map<string, IndexedFunction[]>();
	for await (const functions of indexedFunctions(store)) {
		for (const each of functions) {
			if (each.statements < MIN_STATEMENTS) continue;
			const same = byHash.get(each.hash);
			if (same === undefined) byHash.set(each.hash, [each]);
			else same.push(each);
		}
	}
	const groups = [...byHash.values()].filter((same) => {
		return same.some(({ filePath }) => filePath !== same[0]?.filePath);
	});
	let added = 0;
	store.transaction(() => {
		const sums = new FunctionSums(store.statements);
		for (const same of groups) added += addCopies(store, sums, same, now);
		sums.flush();
	});
	return added;
}

function addCopies(
	store: TelemetryStore,
	sums: FunctionSums,
	same: readonly IndexedFunction[],
	now: number,
): number {
	const known = same.map((each) => ({ each, since: indexedSince(store, each) ?? now }));
	known.sort((a, b) => a.since - b.since || (a.each.id < b.each.id ? -1 : 1));
	const original = known[0]?.each;
	let added = 0;
	for (const { each } of known) {
		if (original === undefined || each.filePath === original.filePath) continue;
		const { id, hash, filePath, startLine, endLine, blob } = each;
		const isNew = addVersion(store.statements, sums, {
			functionId: id,
			hash,
			ts: now,
			source: "copy_detected",
			filePath,
			blob,
			lines: [startLine, endLine],
			copyOf: original.id,
		});
		if (isNew) added++;
	}
	return added;
}

function indexedSince(store: TelemetryStore, { id, hash }: IndexedFunction): number | null {
	const row = store.first(
		`SELECT ts FROM function_versions
			WHERE function_id = ? AND version_hash = ? AND source = 'index'`,
		[id, hash],
	);
	return row === null ? null : Number(row[0]);
}
