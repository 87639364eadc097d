import * as path from "node:path";
import type { ToolResultEvent } from "../model/events/events.ts";
import { languageOf, MAX_SOURCE_BYTES, type SourceLanguage } from "./languages.ts";
import { type Hunk, hunksOf, isAfter, patched } from "./patch.ts";

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
 * @param answer the client's structured answer, `toolUseResult`
 * @returns null for what changed no source file, or one whose text is not known any more
 */
export async function editedFile(
	answer: unknown,
	event: Pick<ToolResultEvent, "filePath" | "cwd">,
	readSource: (filePath: string) => Promise<string | null>,
): Promise<EditedFile | null> {
	if (typeof answer !== "object" || answer === null) return null;
	const told = answer as Readonly<Record<string, unknown>>;
	const hunks = hunksOf(told.structuredPatch);
	const named = event.filePath || told.filePath;
	if (hunks === null || typeof named !== "string" || named === "") return null;
	const language = languageOf(named);
	if (language === null || (event.cwd === "" && !path.isAbsolute(named))) return null;
	const filePath = path.resolve(event.cwd, named);
	const place = { filePath, language };
	const { type, content, originalFile } = told;
	if (typeof content === "string") {
		if (content.length > MAX_SOURCE_BYTES) return null;
		return { ...place, text: content, hunks: type === "create" ? [whole(content)] : hunks };
	}
	if (hunks.length === 0) return null;
	if (typeof originalFile === "string") {
		const text = patched(originalFile, hunks);
		return text === null ? null : { ...place, text, hunks };
	}
	const text = await readSource(filePath);
	return text !== null && isAfter(text, hunks) ? { ...place, text, hunks } : null;
}

/** A new file as one place that was added. */
function whole(content: string): Hunk {
	const lines = content === "" ? [] : content.replace(/\n$/, "").split("\n");
	return { oldStart: 1, newStart: 1, lines: lines.map((line) => `+${line}`) };
}
