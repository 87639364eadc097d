import { execFile } from "node:child_process";
import * as path from "node:path";
import type { FunctionDetail } from "../../telemetry/figures.ts";

export type Version = FunctionDetail["versions"][number];

/** The file that a version was found in, as git has it; null where git does not. */
export function versionText({ filePath, gitBlob }: Version): Promise<string | null> {
	if (filePath === null || gitBlob === null || !/^[0-9a-f]{40,64}$/.test(gitBlob)) {
		return Promise.resolve(null);
	}
	const options = { cwd: path.dirname(filePath), maxBuffer: 2 * 1024 * 1024, windowsHide: true };
	return new Promise((resolve) => {
		execFile("git", ["cat-file", "blob", gitBlob], options, (error, stdout) => {
			resolve(error === null ? stdout : null);
		});
	});
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
