import * as path from "node:path";
import { loadSqlJs, TelemetryStore } from "../telemetry/store.ts";
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
