import type { FileChange, Hunk } from "../model/events/record.ts";
import { isAbsolutePath, localPath, resolvePath } from "./filePath.ts";
import { languageOf, MAX_SOURCE_BYTES, type SourceLanguage } from "./parsing/languages.ts";
import { isAfter, patched } from "./patch.ts";

/** A file right after a call changed it. */
export interface EditedFile {
	/** Absolute. */
	readonly filePath: string;
	readonly language: SourceLanguage;
	readonly text: string;
	readonly hunks: readonly Hunk[];
}

/**
 * The file that a call changed, as it was right after. Its text comes from the answer where that
 * holds it or what it was made of; else from the disk, as long as the change can still be seen there.
 *
 * @param cwd folder that the call was made in; empty where it is not known
 * @returns null for what is no source file, or one whose text is not known any more
 */
export async function editedFile(
	change: FileChange,
	cwd: string,
	readSource: (filePath: string) => Promise<string | null>,
): Promise<EditedFile | null> {
	const { hunks } = change;
	const language = languageOf(change.path);
	if (language === null || (cwd === "" && !isAbsolutePath(change.path))) return null;
	const filePath = localPath(resolvePath(cwd, change.path));
	const text = await textAfter(change, () => readSource(filePath));
	return text === null ? null : { filePath, language, text, hunks };
}

async function textAfter(
	{ hunks, before, after }: FileChange,
	read: () => Promise<string | null>,
): Promise<string | null> {
	if (after !== null) return after.length > MAX_SOURCE_BYTES ? null : after;
	if (hunks.length === 0) return null;
	if (before !== null) return patched(before, hunks);
	const text = await read();
	return text !== null && isAfter(text, hunks) ? text : null;
}
