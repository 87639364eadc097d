import type { FileChange } from "../../model/events/record.ts";
import { wholeFile } from "../hunks.ts";
import type { ToolAnswer, ToolCall } from "../kit/openCalls.ts";
import { patchCall } from "../kit/patchText.ts";
import { asObject, type Raw, textOf } from "../kit/raw.ts";
import {
	mcpToolNamed,
	type NamedTool,
	type ToolWord,
	type ToolWords,
	toolNamed,
} from "../kit/toolWords.ts";
import { hunksOfDiff } from "../kit/unifiedDiff.ts";

const WORDS: ToolWords = new Map<string, ToolWord>([
	["apply_patch", "Edit"],
	["bash", "Bash"],
	["edit", "Edit"],
	["glob", "Glob"],
	["grep", "Grep"],
	["list", "LS"],
	["multiedit", "Edit"],
	["patch", "Edit"],
	["question", "AskUserQuestion"],
	["read", "Read"],
	["skill", "Skill"],
	["task", "Agent"],
	["todowrite", "TodoWrite"],
	["webfetch", "WebFetch"],
	["websearch", "WebSearch"],
	["write", "Write"],
]);
/** Tools of servers are named behind their server; the client's own have no such line in their names. */
const MCP = /^([^_]+)_(.+)$/;
const OWN: ReadonlySet<string> = new Set(["apply_patch", "plan_enter", "plan_exit"]);
/** What a call of a tool that is not there becomes. */
const INVALID = "invalid";

export function callOf(id: string, tool: string, input: unknown): ToolCall {
	const fields = asObject(input) ?? {};
	const named = namedTool(tool);
	const patch = textOf(fields.patchText);
	if (named.kind === "edit" && patch !== null) return patchCall(id, named, patch, input);
	const written = textOf(fields.content) ?? textOf(fields.newString);
	return {
		id,
		named,
		args: input,
		command: textOf(fields.command) ?? "",
		filePath: textOf(fields.filePath) ?? textOf(fields.path) ?? "",
		skill: named.kind === "skill" ? (textOf(fields.name) ?? "") : "",
		...(written === null ? {} : { written }),
		launch: {
			agentType: textOf(fields.subagent_type) ?? "",
			model: "",
			description: textOf(fields.description) ?? "",
			background: false,
		},
	};
}

function namedTool(raw: string): NamedTool {
	const [, server, tool] = OWN.has(raw) ? [] : (MCP.exec(raw) ?? []);
	return server === undefined || tool === undefined
		? toolNamed(WORDS, raw)
		: mcpToolNamed(server, tool);
}

/** @param state of the call's part, which is over */
export function answerOf(call: ToolCall, state: Raw): ToolAnswer {
	const metadata = asObject(state.metadata) ?? {};
	const { start, end } = asObject(state.time) ?? {};
	const changes = call.named.kind === "edit" ? changesOf(call, metadata) : [];
	const path = changes[0]?.path ?? "";
	const isTimed = typeof start === "number" && typeof end === "number" && end >= start;
	return {
		output: textOf(state.error) ?? textOf(state.output) ?? "",
		success: state.status === "completed" && call.named.tool !== INVALID,
		exitCode: typeof metadata.exit === "number" ? metadata.exit : null,
		durationMs: isTimed ? end - start : null,
		changes,
		// A patch may name its files by paths below the folder that is worked in.
		...(path === "" ? {} : { filePath: path }),
	};
}

function changesOf({ named, filePath = "", written }: ToolCall, metadata: Raw): FileChange[] {
	const files: unknown[] = Array.isArray(metadata.files) ? metadata.files : [];
	const told = files.map(asObject).flatMap((file) => patchedFile(file ?? {}));
	if (told.length > 0) return told;
	const hunks = hunksOfDiff(textOf(metadata.diff) ?? "");
	if (hunks.length > 0) return [{ path: filePath, hunks, before: null, after: null }];
	const isNew = named.tool === "Write" && metadata.exists === false;
	if (!isNew || written === undefined) return [];
	return [{ path: filePath, hunks: [wholeFile(written)], before: null, after: written }];
}

/** One of the files of a patch. */
function patchedFile({ filePath, movePath, type, patch }: Raw): FileChange[] {
	const path = textOf(movePath) ?? textOf(filePath);
	const hunks = hunksOfDiff(textOf(patch) ?? "");
	if (path === null || hunks.length === 0) return [];
	const added = hunks.flatMap(({ lines }) => lines.map((line) => `${line.slice(1)}\n`)).join("");
	return [{ path, hunks, before: null, after: type === "add" ? added : null }];
}
