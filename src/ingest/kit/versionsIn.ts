import { constants } from "node:fs";
import { open } from "node:fs/promises";

const HEAD_BYTES = 64 * 1024;

/**
 * Which version of its client began a file, as its first lines say.
 *
 * @param pattern with the version as its first group
 * @returns none where it does not say so; never rejects
 */
export async function versionsIn(file: string, pattern: RegExp): Promise<string[]> {
	try {
		// As in any transcript's place, a named pipe would hold up whoever opens it.
		const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
		try {
			if (!(await handle.stat()).isFile()) return [];
			const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
			const version = pattern.exec(buffer.toString("latin1", 0, bytesRead))?.[1];
			return version === undefined ? [] : [version];
		} finally {
			await handle.close();
		}
	} catch {
		return [];
	}
}
