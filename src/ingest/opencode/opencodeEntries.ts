import { calledEntry, type EntryHead, entryHead, returnedEntry, said } from "../kit/entryParts.ts";
import { objectIn } from "../kit/jsonLines.ts";
import { asObject, type Raw, textOf } from "../kit/raw.ts";
import type { TranscriptEntry } from "../transcripts/entry.ts";
import { answerOf, callOf } from "./opencodeTools.ts";

/** What an event says to a person. A part is told again as it grows: it is shown once, when it is over. */
export function opencodeEntries(text: string): readonly TranscriptEntry[] {
	const line = objectIn(text);
	const type = textOf(line?.type) ?? "";
	const data = asObject(line?.data);
	const part = type.startsWith("message.part.updated") ? asObject(data?.part) : null;
	if (line === null || part === null) return [];
	const head = entryHead(data?.time, textOf(line.agent) ?? "");
	switch (part.type) {
		case "text":
			return spoken(head, part, "answer");
		case "reasoning":
			return spoken(head, part, "thinking");
		case "tool":
			return called(head, part);
		case "compaction":
			return said(head, "note", "compacted");
		default:
			return [];
	}
}

/** What a person wrote takes no time. */
function spoken(head: EntryHead, part: Raw, kind: "answer" | "thinking") {
	const words = textOf(part.text) ?? "";
	const time = asObject(part.time);
	if (time === null) return said(head, part.synthetic === true ? "note" : "prompt", words);
	return time.end === undefined ? [] : said(head, kind, words);
}

function called(head: EntryHead, part: Raw): readonly TranscriptEntry[] {
	const state = asObject(part.state) ?? {};
	if (state.status !== "completed" && state.status !== "error") return [];
	const [id, tool] = [textOf(part.callID) ?? "", textOf(part.tool) ?? ""];
	const { output, success, exitCode } = answerOf(callOf(id, tool, state.input), state);
	const isFailure = !success || (exitCode ?? 0) !== 0;
	return [calledEntry(head, id, tool, state.input), returnedEntry(head, id, output, isFailure)];
}
