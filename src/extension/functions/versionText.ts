import * as path from "node:path";
import type { FunctionDetail } from "../../telemetry/figures.ts";
import { blobText } from "../../telemetry/functions/gitFiles.ts";

export type Version = FunctionDetail["versions"][number];

/** The file that a version was found in, as git has it; null where git does not. */
export async function versionText({ filePath, gitBlob }: Version): Promise<string | null> {
	if (filePath === null || gitBlob === null) return null;
	return blobText(path.dirname(filePath), gitBlob);
}

/** @param lines first and last, counted from 1, such as `3-12`; null for the whole text */
export function linesOf(text: string, lines: string | null): string {
	const [first = 1, last] = (lines ?? "").split("-").map(Number);
	if (last === undefined) return text;
	return `${text
		.split("\n")
		.slice(first - 1, last)
		.join("\n")}\n`;
}
