import { inProject } from "../../../scripts/paths.ts";
import { KnownFunctions } from "../../../src/functions/knownFunctions.ts";
import { ParserPool } from "../../../src/functions/parsing/parserPool.ts";
import { FunctionSnapshots } from "../../../src/telemetry/functions/functionSnapshots.ts";
import type { SnapshotResult } from "../../../src/telemetry/functions/snapshotResult.ts";
import type { TelemetryStore } from "../../../src/telemetry/storage/store.ts";
import { NOW, newStore, sqlJs } from "../telemetry/telemetry.ts";

/** Threads of the bundle, as the program starts them. */
export function newPool(): ParserPool {
	return new ParserPool(inProject("dist", "functionWorker.cjs"), inProject("dist"));
}

/** A database, and snapshots that are written to it. */
export class SnapshotLab {
	readonly store: TelemetryStore;
	readonly known = new KnownFunctions();
	readonly snapshots: FunctionSnapshots;
	readonly progress: number[] = [];
	now = NOW;

	constructor(store: TelemetryStore, sql: Awaited<ReturnType<typeof sqlJs>>) {
		this.store = store;
		const host = {
			store,
			now: () => this.now,
			exclusive: <Value>(task: () => Promise<Value>) => task(),
			checkWriter: () => {},
			written: () => {},
			save: () => Promise.resolve(),
		};
		this.snapshots = new FunctionSnapshots(sql, host, { pool: newPool(), known: this.known });
	}

	/** Of a folder, with the clock a day further each time. */
	async take(folder: string, signal = new AbortController().signal): Promise<SnapshotResult> {
		this.now += 86_400_000;
		const request = { registryFile: "", folders: [folder] };
		return this.snapshots.take(request, {
			onProgress: (share) => this.progress.push(share),
			signal,
		});
	}

	takeRegistry(registryFile: string): Promise<SnapshotResult> {
		const request = { registryFile, folders: [] };
		return this.snapshots.take(request, {
			onProgress: () => {},
			signal: new AbortController().signal,
		});
	}

	versions(): Record<string, unknown>[] {
		return this.store.all("SELECT * FROM function_versions ORDER BY function_id, ts, source");
	}

	async dispose(): Promise<void> {
		await this.snapshots.dispose();
		this.store.close();
	}
}

export async function newSnapshotLab(): Promise<SnapshotLab> {
	return new SnapshotLab(await newStore(), await sqlJs());
}
