import { calledEntry, type EntryHead, entryHead, returnedEntry, said } from "../kit/entryParts.ts";
import { objectIn } from "../kit/jsonLines.ts";
import { asObject, type Raw, textOf } from "../kit/raw.ts";
import type { TranscriptEntry } from "../transcripts/entry.ts";
import { textOfContent } from "./textOfContent.ts";

/** What a line of a session says to a person. */
export function piEntries(text: string): readonly TranscriptEntry[] {
	const line = objectIn(text);
	const message = asObject(line?.message);
	if (line === null || message === null) return [];
	const head = entryHead(line.timestamp);
	switch (message.role) {
		case "user":
			return said(head, "prompt", textOfContent(message.content));
		case "assistant":
			return spoken(head, message);
		case "toolResult": {
			const output = textOfContent(message.content);
			const call = textOf(message.toolCallId) ?? "";
			return [returnedEntry(head, call, output, message.isError === true)];
		}
		default:
			return [];
	}
}

function spoken(head: EntryHead, { content }: Raw): readonly TranscriptEntry[] {
	if (!Array.isArray(content)) return said(head, "answer", textOfContent(content));
	return (content as unknown[]).map(asObject).flatMap((part) => {
		if (part?.type === "toolCall") {
			return [calledEntry(head, textOf(part.id) ?? "", textOf(part.name) ?? "", part.arguments)];
		}
		if (part?.type === "thinking") return said(head, "thinking", textOf(part.thinking) ?? "");
		return said(head, "answer", textOf(part?.text) ?? "");
	});
}
