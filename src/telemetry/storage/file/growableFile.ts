import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";

/** Addresses that a database may grow into, as scripts/bundle/sqlMemory.mjs reserves for a new one. */
const RESERVED = 2 ** 31;

/** Of ES2024; the oldest Node that this runs on has it. */
type GrowableBuffer = new (length: number, options: { maxByteLength: number }) => ArrayBuffer;

/**
 * All bytes of a file, in memory that can grow where it lies: SQLite's file in memory is copied no more
 * when the first row is added to it.
 *
 * @throws what the file system says
 */
export function readGrowable(file: string): Uint8Array {
	const handle = openSync(file, "r");
	try {
		const { size } = fstatSync(handle);
		const bytes = growable(size);
		if (bytes === null) return readFileSync(handle);
		let read = 0;
		for (let more = 1; more > 0 && read < size; read += more) {
			more = readSync(handle, bytes, read, size - read, read);
		}
		return bytes.subarray(0, read);
	} finally {
		closeSync(handle);
	}
}

/** null where the system gives no such range of addresses. */
function growable(size: number): Buffer | null {
	if (size === 0 || size > RESERVED) return null;
	try {
		return Buffer.from(
			new (ArrayBuffer as unknown as GrowableBuffer)(size, { maxByteLength: RESERVED }),
		);
	} catch {
		return null;
	}
}
