import * as path from "node:path";
import { OpenDatabase } from "../telemetry/storage/file/openDatabase.ts";
import { notWriter, realFiles } from "../telemetry/storage/file/snapshotFile.ts";
import { WriterLock } from "../telemetry/storage/file/writerLock.ts";
import { loadSqlJs } from "../telemetry/storage/sqlJs.ts";
import { TelemetryStore } from "../telemetry/storage/store.ts";
import { CliFailure } from "./command.ts";
import type { CliContext } from "./context.ts";

export function wasmFileOf(context: CliContext): string {
	return path.join(context.programFolder, "sql-wasm.wasm");
}

export function workerFileOf(context: CliContext): string {
	return path.join(context.programFolder, "telemetryWorker.cjs");
}

/** A database as it was last saved, only to be asked. */
export async function openToRead(
	bytes: Uint8Array | null,
	context: CliContext,
): Promise<TelemetryStore> {
	const sql = await loadSqlJs(wasmFileOf(context));
	return new TelemetryStore(sql, bytes, () => context.now(), "read");
}

/** What was done with a database, and whether it has to be saved for that. */
interface Work<Value> {
	readonly value: Value;
	readonly isChanged: boolean;
}

/**
 * Works on a database as its writer and saves it. Nothing is read into it.
 *
 * @param work its second argument throws when another process has become the writer
 * @throws CliFailure when another process is, or the file comes from a newer version
 */
export async function withWriter<Value>(
	databaseFile: string,
	context: CliContext,
	work: (store: TelemetryStore, checkWriter: () => void) => Promise<Work<Value>>,
): Promise<Value> {
	const lock = new WriterLock(databaseFile, () => {});
	if (!(await lock.tryAcquire())) {
		throw new CliFailure(
			`another process writes ${databaseFile}; try it there, or when it has ended`,
		);
	}
	const sql = await loadSqlJs(wasmFileOf(context));
	const now = (): number => context.now();
	const database = new OpenDatabase({ sql, databaseFile, files: realFiles, now });
	try {
		const trouble = database.load("write");
		if (trouble !== null && database.isNewer) throw new CliFailure(trouble.message);
		if (trouble !== null) context.note(trouble.message);
		const { value, isChanged } = await work(database.store, () => {
			if (!lock.check()) throw notWriter();
		});
		if (isChanged) await database.save(() => lock.check());
		return value;
	} finally {
		database.close();
		await lock.release();
	}
}
