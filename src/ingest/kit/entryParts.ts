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

/** @param at as the line has it: text, or ms since the epoch */
export function entryHead(at: unknown, agent = ""): EntryHead {
	const ms = typeof at === "number" ? at : typeof at === "string" ? Date.parse(at) : Number.NaN;
	return { at: Number.isNaN(ms) ? null : ms, agent, branch: "" };
}

/** A call as a person reads it. */
export function calledEntry(
	head: EntryHead,
	call: string,
	tool: string,
	args: unknown,
): TranscriptEntry {
	const fields = asObject(args) ?? {};
	const file = [fields.file_path, fields.filePath, fields.path, fields.absolute_path].find(
		(each) => typeof each === "string",
	);
	const text = argumentsText(args);
	return { ...head, kind: "call", text, call, tool, file: file ?? null, isFailure: false };
}

/** What came back of one. */
export function returnedEntry(
	head: EntryHead,
	call: string,
	text: string,
	isFailure: boolean,
): TranscriptEntry {
	return { ...head, kind: "result", text, call, tool: "", file: null, isFailure };
}
