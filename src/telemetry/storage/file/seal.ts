import { crc32 } from "node:zlib";

/**
 * Where a database may say whose it is, in its header: SQLite itself never looks there, and any value is
 * one (https://www.sqlite.org/fileformat.html#application_id).
 */
const PLACE = 68;
const LENGTH = 4;

/**
 * Puts a checksum of all other bytes into a database's file. One that has it is as it was saved, which
 * takes a tenth of the time to tell that looking through its pages does.
 *
 * @param bytes of the file, which stay as they are
 * @param write puts bytes at a place of the file
 */
export function seal(bytes: Uint8Array, write: (seal: Uint8Array, place: number) => void): void {
	if (bytes.length > PLACE + LENGTH) write(sealOf(bytes), PLACE);
}

/** Whether a database is as it was saved; one that another program wrote is not. */
export function isSealed(bytes: Uint8Array): boolean {
	const found = bytes.subarray(PLACE, PLACE + LENGTH);
	return bytes.length > PLACE + LENGTH && Buffer.compare(found, sealOf(bytes)) === 0;
}

function sealOf(bytes: Uint8Array): Buffer {
	const sum = crc32(bytes.subarray(PLACE + LENGTH), crc32(bytes.subarray(0, PLACE)));
	const own = Buffer.alloc(LENGTH);
	own.writeUInt32BE(sum);
	return own;
}
