import type { SqlJsStatic } from "sql.js";
import type { KnownFunction, KnownFunctions } from "../../functions/knownFunctions.ts";
import type { ParserPool } from "../../functions/parsing/parserPool.ts";
import { FunctionSums } from "../rollups/functionSums.ts";
import type { DatabaseHost } from "../storage/file/databaseHost.ts";
import type { TelemetryStore } from "../storage/store.ts";
import type { Task } from "../task.ts";
import { TelemetryError } from "../telemetryError.ts";
import { findCopies } from "./copies.ts";
import { cancelled } from "./gitFiles.ts";
import { indexedFunctions } from "./indexedFiles.ts";
import { readRegistry } from "./registryFile.ts";
import { NOTHING_FOUND, type SnapshotRequest, type SnapshotResult, sum } from "./snapshotResult.ts";
import { addVersion } from "./versionTable.ts";
import { snapshotWorkspace } from "./workspaceSnapshot.ts";

/** What snapshots are taken with. */
export interface FunctionEngine {
	readonly pool: ParserPool;
	/** What calls are put down to; told of every snapshot. */
	readonly known: Pick<KnownFunctions, "replace">;
}

/** Versions of functions, taken when they are asked for. */
export class FunctionSnapshots {
	readonly #sql: SqlJsStatic;
	readonly #host: DatabaseHost;
	/** null where no source is ever parsed. */
	readonly #engine: FunctionEngine | null;
	readonly #ended = new AbortController();
	#recalled: Promise<void> | null = null;

	constructor(sql: SqlJsStatic, host: DatabaseHost, engine: FunctionEngine | null) {
		this.#sql = sql;
		this.#host = host;
		this.#engine = engine;
	}

	/** Knows again what an earlier snapshot found, once. Never rejects. */
	recall(): Promise<void> {
		this.#recalled ??= this.#remember(this.#host.store).catch(() => undefined);
		return this.#recalled;
	}

	/**
	 * @throws TelemetryError `not_writer`, `cancelled`, or `failed` where a registry cannot be read or
	 * a folder is in no repository
	 */
	take(request: SnapshotRequest, { onProgress, signal }: Task): Promise<SnapshotResult> {
		const either = AbortSignal.any([signal, this.#ended.signal]);
		const host = this.#host;
		return host.exclusive(async () => {
			host.checkWriter();
			if (either.aborted) throw cancelled();
			const { registryFile } = request;
			const result =
				registryFile === ""
					? await this.#workspace(request.folders, onProgress, either)
					: this.#registry(registryFile);
			onProgress(1);
			return result;
		});
	}

	/** Cancels what runs, so that nobody has to wait for it. */
	cancel(): void {
		this.#ended.abort();
	}

	async dispose(): Promise<void> {
		this.cancel();
		await this.#engine?.pool.dispose();
	}

	async #workspace(
		folders: readonly string[],
		onProgress: (share: number) => void,
		signal: AbortSignal,
	): Promise<SnapshotResult> {
		const host = this.#host;
		const { store } = host;
		const pool = this.#engine?.pool;
		if (pool === undefined) throw new TelemetryError("failed", "There is nothing to parse with.");
		let total = NOTHING_FOUND;
		for (const [index, folder] of folders.entries()) {
			const found = await snapshotWorkspace({
				store,
				folder,
				pool,
				now: host.now(),
				signal,
				checkWriter: () => host.checkWriter(),
				onProgress: (share) => onProgress((index + share) / folders.length),
			});
			total = sum(total, found);
		}
		// Without a change there is no new copy.
		const copies = total.parsed > 0 ? await findCopies(store, host.now()) : 0;
		if (total.parsed > 0 || total.unchanged > 0) host.written(total.newVersions + copies);
		await this.#remember(store);
		return { ...total, copies };
	}

	#registry(file: string): SnapshotResult {
		const host = this.#host;
		const functions = readRegistry(this.#sql, file);
		let newVersions = 0;
		host.store.transaction(() => {
			const { statements } = host.store;
			const sums = new FunctionSums(statements);
			for (const { id, contentHash, filePath } of functions) {
				if (contentHash === null) continue;
				const place = { source: "index" as const, filePath, lines: null, blob: null };
				const version = { functionId: id, hash: contentHash, ts: host.now(), ...place };
				if (addVersion(statements, sums, version)) newVersions++;
			}
			sums.flush();
		});
		if (newVersions > 0) host.written(newVersions);
		this.#engine?.known.replace(functions, "registry");
		return { ...NOTHING_FOUND, functions: functions.length, newVersions };
	}

	async #remember(store: TelemetryStore): Promise<void> {
		const all: KnownFunction[] = [];
		for await (const functions of indexedFunctions(store)) {
			for (const { id, name, filePath } of functions) all.push({ id, name, filePath });
		}
		this.#engine?.known.replace(all, "index");
	}
}
