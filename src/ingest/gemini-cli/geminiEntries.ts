import { calledEntry, entryHead, returnedEntry, said } from "../kit/entryParts.ts";
import { responseIn, textOfParts } from "../kit/geminiTools.ts";
import { objectIn } from "../kit/jsonLines.ts";
import { asObject, textOf } from "../kit/raw.ts";
import type { TranscriptEntry } from "../transcripts/entry.ts";

/** What a line of a chat says to a person. A message that comes again is told when it has its calls. */
export function geminiEntries(text: string): readonly TranscriptEntry[] {
	const line = objectIn(text);
	if (line === null) return [];
	const head = entryHead(line.timestamp);
	if (line.type === "user") {
		const words = textOfParts(line.content);
		return said(head, words.startsWith("<session_context>") ? "note" : "prompt", words);
	}
	if (line.type !== "gemini") return [];
	const calls = Array.isArray(line.toolCalls) ? (line.toolCalls as unknown[]).map(asObject) : [];
	if (calls.length === 0) return said(head, "answer", textOf(line.content) ?? "");
	return calls.flatMap((call) => {
		if (call === null) return [];
		const id = textOf(call.id) ?? "";
		const { text: output, isError } = responseIn(call.result);
		return [
			calledEntry(head, id, textOf(call.name) ?? "", call.args),
			returnedEntry(entryHead(call.timestamp), id, output, isError || call.status === "error"),
		];
	});
}
