import { calledEntry, type EntryHead, entryHead, returnedEntry, said } from "../kit/entryParts.ts";
import { responseIn, textOfParts } from "../kit/geminiTools.ts";
import { objectIn } from "../kit/jsonLines.ts";
import { asObject, type Raw, textOf } from "../kit/raw.ts";
import type { TranscriptEntry } from "../transcripts/entry.ts";

/** What a line of a chat says to a person. */
export function qwenEntries(text: string): readonly TranscriptEntry[] {
	const line = objectIn(text);
	const message = asObject(line?.message);
	if (line === null || message === null) return [];
	const head = entryHead(line.timestamp);
	switch (line.type) {
		case "user":
			return said(
				head,
				line.subtype === "notification" ? "note" : "prompt",
				textOfParts(message.parts),
			);
		case "assistant":
			return spoken(head, message);
		case "tool_result": {
			const told = asObject(line.toolCallResult);
			const { text: output, isError } = responseIn(message.parts);
			const isFailure = isError || (textOf(told?.status) ?? "success") !== "success";
			return [returnedEntry(head, textOf(told?.callId) ?? "", output, isFailure)];
		}
		default:
			return [];
	}
}

function spoken(head: EntryHead, { parts }: Raw): readonly TranscriptEntry[] {
	if (!Array.isArray(parts)) return [];
	return (parts as unknown[]).map(asObject).flatMap((part) => {
		const call = asObject(part?.functionCall);
		if (call !== null) {
			return [calledEntry(head, textOf(call.id) ?? "", textOf(call.name) ?? "", call.args)];
		}
		return said(head, part?.thought === true ? "thinking" : "answer", textOf(part?.text) ?? "");
	});
}
