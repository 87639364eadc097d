import { argumentsText, type EntryHead, said } from "../kit/entryParts.ts";
import { asObject, type Raw, textOf } from "../kit/raw.ts";
import type { TranscriptEntry } from "../transcripts/entry.ts";
import { type Block, blocksOf, type Line, plainText } from "./lines.ts";
import { rawRecords } from "./rawRecords.ts";

/** What a line of a transcript says to a person; nothing for lines that say nothing, or are broken. */
export function entriesOf(text: string): readonly TranscriptEntry[] {
	return rawRecords(text).lines.flatMap(entriesIn);
}

/** Whether a line can hold a prompt: most are answers, and results by far the longest. */
export function mayBePrompt(text: string): boolean {
	return text.includes('"user"') && !text.includes('"tool_result"');
}

function entriesIn(line: Line): readonly TranscriptEntry[] {
	const at = Date.parse(textOf(line.timestamp) ?? "");
	const head = {
		at: Number.isNaN(at) ? null : at,
		agent: textOf(line.agentId) ?? "",
		branch: textOf(line.gitBranch) ?? "",
	};
	const message = asObject(line.message);
	if (line.type === "system") return said(head, "note", textOf(line.content) ?? "");
	if (message === null) return [];
	if (line.type === "assistant") return spoken(head, message);
	return line.type === "user" ? received(head, line, message) : [];
}

function spoken(head: EntryHead, message: Raw): readonly TranscriptEntry[] {
	if (typeof message.content === "string") return said(head, "answer", message.content);
	return blocksOf(message).flatMap((block) => {
		if (block.type === "text") return said(head, "answer", textOf(block.text) ?? "");
		if (block.type === "thinking") return said(head, "thinking", textOf(block.thinking) ?? "");
		return block.type === "tool_use" ? [called(head, block)] : [];
	});
}

function called(head: EntryHead, { id, name, input }: Block): TranscriptEntry {
	return {
		...head,
		kind: "call",
		text: argumentsText(input),
		call: textOf(id) ?? "",
		tool: textOf(name) ?? "",
		file: fileIn(input),
		isFailure: false,
	};
}

function received(head: EntryHead, line: Line, message: Raw): readonly TranscriptEntry[] {
	const results = blocksOf(message).filter(({ type }) => type === "tool_result");
	if (results.length === 0) {
		const isClients = line.isMeta === true || line.isCompactSummary === true;
		return said(head, isClients ? "note" : "prompt", contentText(message));
	}
	return results.map((block) => ({
		...head,
		kind: "result",
		text: contentText(block),
		call: textOf(block.tool_use_id) ?? "",
		tool: "",
		file: null,
		isFailure: block.is_error === true,
	}));
}

/** Text, with a word for what is none, such as a picture. */
function contentText(message: Raw): string {
	const text = plainText(message);
	const others = blocksOf(message).filter(({ type }) => type !== "text" && type !== "tool_result");
	const words = others.map(({ type }) => `(${textOf(type) ?? "something"} that is not text)`);
	return [text, ...words].filter((part) => part !== "").join("\n");
}

function fileIn(input: unknown): string | null {
	const fields = asObject(input);
	return textOf(fields?.file_path) ?? textOf(fields?.notebook_path) ?? textOf(fields?.path);
}
