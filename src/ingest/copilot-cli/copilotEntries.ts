import { calledEntry, entryHead, returnedEntry, said } from "../kit/entryParts.ts";
import { objectIn } from "../kit/jsonLines.ts";
import { asObject, textOf } from "../kit/raw.ts";
import type { TranscriptEntry } from "../transcripts/entry.ts";

/** What a line of events says to a person. */
export function copilotEntries(text: string): readonly TranscriptEntry[] {
	const line = objectIn(text);
	const data = asObject(line?.data);
	if (line === null || data === null) return [];
	const head = entryHead(line.timestamp, textOf(line.agentId) ?? "");
	const call = textOf(data.toolCallId) ?? "";
	switch (line.type) {
		case "user.message":
			return said(head, "prompt", textOf(data.content) ?? "");
		case "assistant.message":
			return said(head, "answer", textOf(data.content) ?? "");
		case "assistant.reasoning":
			return said(head, "thinking", textOf(data.content) ?? "");
		case "tool.execution_start":
			return [calledEntry(head, call, textOf(data.toolName) ?? "", data.arguments)];
		case "tool.execution_complete": {
			const message = textOf(asObject(data.error)?.message);
			const code = asObject(data.shellExecution)?.exitCode ?? 0;
			const isFailure = data.success !== true || code !== 0;
			const output = message ?? textOf(asObject(data.result)?.content) ?? "";
			return [returnedEntry(head, call, output, isFailure)];
		}
		default:
			return [];
	}
}
