import { readFileSync } from "node:fs";
import initSqlJs, { type SqlJsStatic } from "sql.js";

/** @param wasmFile path of sql-wasm.wasm */
export async function loadSqlJs(wasmFile: string): Promise<SqlJsStatic> {
	const wasm = readFileSync(wasmFile);
	// A copy, because a small file lies in a pool that other buffers share.
	const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength);
	return initSqlJs({ wasmBinary: wasmBinary as ArrayBuffer });
}
