import { type FoundTranscript, findTranscript } from "./findTranscript.ts";
import { linesOf } from "./linesOf.ts";

interface PromptSearch {
	/** Folders in which clients keep transcripts, absolute. */
	readonly folders: readonly string[];
	/** In the order in which they are looked through. */
	readonly sessions: readonly string[];
	/** A prompt has to have all of its words, in any order and case. */
	readonly text: string;
	readonly signal: AbortSignal;
}

/** A session that was looked through. */
interface SearchedSession {
	readonly session: string;
	readonly isFound: boolean;
}

/**
 * Looks through what was asked in sessions, one transcript after the other, and keeps nothing of it. Ends
 * early when it is aborted; what cannot be read holds nothing.
 */
export async function* searchPrompts(search: PromptSearch): AsyncGenerator<SearchedSession> {
	const words = search.text
		.toLowerCase()
		.split(/\s+/)
		.filter((word) => word !== "");
	for (const session of search.sessions) {
		if (search.signal.aborted) return;
		const found = await findTranscript(search.folders, { session, agent: "" });
		const isFound = found !== null && (await holds(found, words, search.signal).catch(() => false));
		if (search.signal.aborted) return;
		yield { session, isFound };
	}
}

async function holds(
	found: FoundTranscript,
	words: readonly string[],
	signal: AbortSignal,
): Promise<boolean> {
	const { client } = found;
	for await (const line of linesOf(found, signal)) {
		if (client.mayBePrompt?.(line) === false) continue;
		for (const { kind, text } of client.entries(line)) {
			if (kind === "prompt" && hasAll(text.toLowerCase(), words)) return true;
		}
	}
	return false;
}

function hasAll(text: string, words: readonly string[]): boolean {
	return words.every((word) => text.includes(word));
}
