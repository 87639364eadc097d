import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { MAX_SOURCE_BYTES } from "../../functions/parsing/languages.ts";

/**
 * The text of a file as it is now; null where it is gone, too large or no file. Most are gone, which is
 * told at once.
 */
export async function readSource(filePath: string): Promise<string | null> {
	try {
		const found = statSync(filePath, { throwIfNoEntry: false });
		if (!found?.isFile() || found.size > MAX_SOURCE_BYTES) return null;
		return await readFile(filePath, "utf8");
	} catch {
		return null;
	}
}
