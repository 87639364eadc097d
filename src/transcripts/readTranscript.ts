import type { TranscriptEntry } from "../ingest/transcripts/entry.ts";
import { type ShownAs, type TranscriptDocument, transcriptDocument } from "./document.ts";
import { type FoundTranscript, findTranscript, type TranscriptOwner } from "./findTranscript.ts";
import { linesOf } from "./linesOf.ts";

/** Lines of a failure's answer that tell its reason. */
const REASON_LINES = 6;
const REASON_LENGTH = 600;

interface TranscriptRequest extends TranscriptOwner {
	/** Folders in which clients keep transcripts, absolute. */
	readonly folders: readonly string[];
	readonly signal?: AbortSignal;
}

/**
 * Reads a transcript for a person, from the client's own file as it is now.
 *
 * @returns null where there is no transcript
 */
export async function readTranscript(
	request: TranscriptRequest,
	shown: ShownAs,
): Promise<TranscriptDocument | null> {
	const entries = await entriesOf(request);
	return entries === null ? null : transcriptDocument(entries, shown);
}

/**
 * The file that a call names in its arguments.
 *
 * @param call its tool_use_id
 * @returns as the client wrote it; null where it names none, or no transcript tells
 */
export async function fileOf(request: TranscriptRequest, call: string): Promise<string | null> {
	const entries = (await entriesOf(request, call)) ?? [];
	return entries.find((entry) => entry.kind === "call" && entry.call === call)?.file ?? null;
}

/**
 * What a call asked for, its arguments one a line.
 *
 * @param call its tool_use_id
 * @returns null where no transcript tells
 */
export async function callTextOf(request: TranscriptRequest, call: string): Promise<string | null> {
	const entries = (await entriesOf(request, call)) ?? [];
	return entries.find((entry) => entry.kind === "call" && entry.call === call)?.text ?? null;
}

/** How a session began. */
export interface SessionBeginning {
	/** What was asked first, which is what a session is known by; null where no transcript tells. */
	readonly prompt: string | null;
	/** Branch that it was asked on; empty where no transcript tells. */
	readonly branch: string;
}

export const NOT_TOLD: SessionBeginning = { prompt: null, branch: "" };

export async function beginningOf(request: TranscriptRequest): Promise<SessionBeginning> {
	const found = await findTranscript(request.folders, request);
	if (found === null) return NOT_TOLD;
	for await (const entry of read(found, request.signal)) {
		if (entry.kind === "prompt") return { prompt: entry.text, branch: entry.branch };
	}
	return NOT_TOLD;
}

/**
 * Why a call failed: the first lines of what it answered. Without a call, what was said last: an agent
 * that gives up says why.
 *
 * @param call its tool_use_id; empty for none
 * @returns null where no transcript tells
 */
export async function reasonOf(request: TranscriptRequest, call: string): Promise<string | null> {
	const entries = (await entriesOf(request, call)) ?? [];
	const result = entries.findLast((entry) =>
		call === "" ? entry.kind === "answer" : entry.kind === "result" && entry.call === call,
	);
	return result === undefined ? null : firstLinesOf(result.text);
}

/** @param call only what is told of it; empty for all */
async function entriesOf(
	request: TranscriptRequest,
	call = "",
): Promise<readonly TranscriptEntry[] | null> {
	const found = await findTranscript(request.folders, request);
	if (found === null) return null;
	const entries: TranscriptEntry[] = [];
	for await (const entry of read(found, request.signal, call)) entries.push(entry);
	if (found.agent === request.agent) return entries;
	const own = entries.filter(({ agent }) => agent === request.agent);
	return own.length > 0 ? own : entries;
}

/**
 * Entry after entry; a reader that stops early closes the file.
 *
 * @param call lines without its id, which are most, are not parsed
 */
async function* read(
	found: FoundTranscript,
	signal: AbortSignal | undefined,
	call = "",
): AsyncGenerator<TranscriptEntry> {
	for await (const line of linesOf(found, signal)) {
		if (line.includes(call)) yield* found.client.entries(line);
	}
}

function firstLinesOf(text: string): string {
	const lines = text
		.split(/\r\n|\r|\n/)
		.map((line) => line.trimEnd())
		.filter((line) => line !== "");
	const beginning = lines.slice(0, REASON_LINES).join("\n");
	const isCut = lines.length > REASON_LINES || beginning.length > REASON_LENGTH;
	return isCut ? `${beginning.slice(0, REASON_LENGTH)} …` : beginning;
}
