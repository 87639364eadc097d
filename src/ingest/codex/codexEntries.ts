import { calledEntry, type EntryHead, entryHead, returnedEntry, said } from "../kit/entryParts.ts";
import { objectIn } from "../kit/jsonLines.ts";
import { asObject, type Raw, textOf } from "../kit/raw.ts";
import type { TranscriptEntry } from "../transcripts/entry.ts";
import { answerIn, plainOutput } from "./callAnswers.ts";

/** What the client puts before what a person says. */
const OWN_WORDS =
	/^\s*<(?:environment_context|user_instructions|permissions|turn_aborted|subagent_notification)/;

/** What a line of a rollout says to a person. */
export function codexEntries(text: string): readonly TranscriptEntry[] {
	const line = objectIn(text);
	if (line === null) return [];
	const head = entryHead(line.timestamp);
	const item = asObject(line.payload) ?? line;
	if (line.type === "compacted") return said(head, "note", textOf(item.message) ?? "compacted");
	return line.type === "event_msg" ? [] : spoken(head, item);
}

function spoken(head: EntryHead, item: Raw): readonly TranscriptEntry[] {
	switch (item.type) {
		case "message":
		case "agent_message":
			return messageOf(head, item);
		case "reasoning":
			return said(head, "thinking", plainOutput(item.summary ?? item.content));
		case "function_call":
		case "custom_tool_call":
		case "local_shell_call":
			return [called(head, item)];
		case "function_call_output":
		case "custom_tool_call_output":
			return [returned(head, item)];
		default:
			return [];
	}
}

function messageOf(head: EntryHead, { role, content }: Raw): readonly TranscriptEntry[] {
	const text = plainOutput(content);
	if (role === "assistant") return said(head, "answer", text);
	if (role === "developer" || role === "system") return [];
	return said(head, OWN_WORDS.test(text) ? "note" : "prompt", text);
}

function called(head: EntryHead, item: Raw): TranscriptEntry {
	const input = item.arguments ?? item.input ?? item.action;
	const tool = textOf(item.name) ?? "local_shell";
	return calledEntry(head, textOf(item.call_id) ?? "", tool, objectIn(input) ?? input);
}

function returned(head: EntryHead, item: Raw): TranscriptEntry {
	const { output, success, exitCode } = answerIn(item.output);
	const isFailure = !success || (exitCode ?? 0) !== 0;
	return returnedEntry(head, textOf(item.call_id) ?? "", output, isFailure);
}
