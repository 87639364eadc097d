import type { TranscriptEntry } from "../transcripts/entry.ts";
import { asObject } from "./raw.ts";

export type EntryHead = Pick<TranscriptEntry, "at" | "agent" | "branch">;

/** Words, of whomever; nothing where there are none. */
export function said(
	head: EntryHead,
	kind: TranscriptEntry["kind"],
	text: string,
): readonly TranscriptEntry[] {
	if (text.trim() === "") return [];
	return [{ ...head, kind, text, call: "", tool: "", file: null, isFailure: false }];
}

/** One argument a line, longer ones below their names. */
export function argumentsText(input: unknown): string {
	const fields = asObject(input);
	if (typeof input === "string") return input;
	if (fields === null) return input === undefined ? "" : JSON.stringify(input);
	return Object.entries(fields)
		.map(([name, value]) => {
			const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
			return text.includes("\n") ? `${name}:\n${text}` : `${name}: ${text}`;
		})
		.join("\n");
}
