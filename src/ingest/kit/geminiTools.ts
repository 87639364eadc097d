import type { FileChange } from "../../model/events/record.ts";
import { wholeFile } from "../hunks.ts";
import { geminiTool } from "./geminiWords.ts";
import type { ToolCall } from "./openCalls.ts";
import { asObject, type Raw, textOf } from "./raw.ts";
import { hunksOfDiff } from "./unifiedDiff.ts";

// Gemini CLI, and what was forked from it, have these tools and answers in common.

const EXITED = /^Exit Code: (-?\d{1,9})$/m;

/** A call by its name and arguments. */
export function geminiCall(id: string, name: string, args: unknown): ToolCall {
	const named = geminiTool(name);
	const fields = asObject(args) ?? {};
	const written = textOf(fields.content) ?? textOf(fields.new_string);
	return {
		id,
		named,
		args,
		command: textOf(fields.command) ?? "",
		filePath: textOf(fields.file_path ?? fields.absolute_path ?? fields.path) ?? "",
		skill: named.kind === "skill" ? (textOf(fields.skill ?? fields.name) ?? "") : "",
		...(written === null ? {} : { written }),
		launch: {
			agentType: textOf(fields.subagent_type ?? fields.agent_name) ?? "",
			model: textOf(fields.model) ?? "",
			description: textOf(fields.description) ?? "",
			background: fields.run_in_background === true,
		},
	};
}

/** The exit code that the answer of a shell names; null where it names none. */
export function exitCodeIn(output: string): number | null {
	const code = EXITED.exec(output)?.[1];
	return code === undefined ? null : Number(code);
}

/** Files that an answer says were changed. @param display `resultDisplay` */
export function displayedChanges(display: unknown, named: string): FileChange[] {
	const shown = asObject(display);
	const diff = textOf(shown?.fileDiff);
	if (shown === null || diff === null) return [];
	const [before, after] = [textOf(shown.originalContent), textOf(shown.newContent)];
	const isNew = (before ?? "") === "" && after !== null;
	return [
		{
			path: named || (textOf(shown.filePath) ?? textOf(shown.fileName) ?? ""),
			hunks: isNew ? [wholeFile(after)] : hunksOfDiff(diff),
			before,
			after,
		},
	];
}

/** The text of an answer's first part, and whether it is that of an error. */
export function responseIn(parts: unknown): { readonly text: string; readonly isError: boolean } {
	const [part] = Array.isArray(parts) ? (parts as unknown[]) : [];
	const response = asObject(asObject(asObject(part)?.functionResponse)?.response);
	const error = textOf(response?.error);
	return { text: error ?? textOf(response?.output) ?? "", isError: error !== null };
}

const PARTS = ["text", "functionCall", "functionResponse", "inlineData", "fileData", "thought"];

/** Whether a message has a part of a kind that nobody knows. */
export function hasUnknownPart(parts: unknown): boolean {
	if (!Array.isArray(parts)) return false;
	return (parts as unknown[]).map(asObject).some((part) => {
		return part === null || !PARTS.some((name) => name in part);
	});
}

/** The texts of parts, joined by newlines. */
export function textOfParts(parts: unknown): string {
	if (typeof parts === "string") return parts;
	if (!Array.isArray(parts)) return "";
	return (parts as unknown[])
		.map((part): Raw => asObject(part) ?? {})
		.filter(({ thought }) => thought !== true)
		.map(({ text }) => textOf(text))
		.filter((text) => text !== null)
		.join("\n");
}
