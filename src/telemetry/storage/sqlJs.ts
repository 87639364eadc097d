import { readFileSync } from "node:fs";
import initSqlJs, { type SqlJsStatic } from "sql.js";
import { inBaselineCode } from "../../facts/baselineCode.ts";

/** @param wasmFile path of sql-wasm.wasm */
export async function loadSqlJs(wasmFile: string): Promise<SqlJsStatic> {
	const wasm = readFileSync(wasmFile);
	// A copy, because a small file lies in a pool that other buffers share.
	const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength);
	return initSqlJs({ wasmBinary: wasmBinary as ArrayBuffer });
}

/**
 * Leaves SQLite's interpreter, one function of 35 KB, as V8 compiled it at first. To optimise it takes blocks
 * of 6 MB, and once one of those has been freed, glibc keeps up to 12 MB of what each of a dozen threads frees
 * ("Dynamic mmap threshold" in mallopt(3)).
 */
export function keepBaseline(sql: SqlJsStatic): void {
	const database = new sql.Database();
	inBaselineCode(() => void database.prepare("SELECT 1").free());
	database.close();
}
