import type { FileChange } from "../../model/events/record.ts";
import { wholeFile } from "../hunks.ts";
import type { ToolAnswer, ToolCall } from "../kit/openCalls.ts";
import { patchCall } from "../kit/patchText.ts";
import { asObject, type Raw, textOf } from "../kit/raw.ts";
import { mcpToolNamed, type ToolWord, type ToolWords, toolNamed } from "../kit/toolWords.ts";
import { diffsOfFiles, hunksOfDiff } from "../kit/unifiedDiff.ts";

const WORDS: ToolWords = new Map<string, ToolWord>([
	["apply_patch", "Edit"],
	["ask_user", "AskUserQuestion"],
	["bash", "Bash"],
	["create", "Write"],
	["edit", "Edit"],
	["exit_plan_mode", "ExitPlanMode"],
	["glob", "Glob"],
	["grep", "Grep"],
	["powershell", "PowerShell"],
	["rg", "Grep"],
	["skill", "Skill"],
	["str_replace", "Edit"],
	["task", "Agent"],
	["update_todo", "TodoWrite"],
	["view", "Read"],
	["web_fetch", "WebFetch"],
	["web_search", "WebSearch"],
	["write_agent", "SendMessage"],
]);
/** A tool that takes a text in place of arguments. */
export const PATCHER = "apply_patch";
/** One tool for several things, which its arguments tell apart. */
const EDITOR = "str_replace_editor";
/** How a call failed, by the code of its error. */
const CLASSES: Readonly<Record<string, string>> = {
	denied: "denied",
	rejected: "denied",
	aborted: "interrupted",
	timeout: "timeout",
};

/** @param data of `tool.execution_start` */
export function callOf(id: string, name: string, data: Raw): ToolCall {
	const args = data.arguments;
	const fields = asObject(args) ?? {};
	const server = textOf(data.mcpServerName);
	const raw = name === EDITOR ? (textOf(fields.command) ?? name) : name;
	const named =
		server === null
			? toolNamed(WORDS, raw)
			: mcpToolNamed(server, textOf(data.mcpToolName) ?? name);
	const patch = name === PATCHER ? textOf(args) : null;
	if (patch !== null) return patchCall(id, named, patch, args);
	const written = textOf(fields.file_text) ?? textOf(fields.new_str);
	return {
		id,
		named,
		args,
		command: textOf(fields.command) ?? "",
		filePath: textOf(fields.path) ?? "",
		skill: named.kind === "skill" ? (textOf(fields.skill) ?? textOf(fields.name) ?? "") : "",
		...(written === null ? {} : { written }),
		launch: {
			agentType: textOf(fields.agent_type) ?? "",
			model: textOf(fields.model) ?? "",
			description: textOf(fields.description) ?? "",
			background: fields.mode === "background",
		},
	};
}

/** @param data of `tool.execution_complete` */
export function answerOf(call: ToolCall | null, data: Raw): ToolAnswer {
	const error = asObject(data.error);
	const result = asObject(data.result);
	const code = asObject(data.shellExecution)?.exitCode;
	const errorClass = CLASSES[textOf(error?.code) ?? ""];
	const changes = call?.named.kind === "edit" ? changesOf(call, data.fileEdits, result) : [];
	const [changed] = call?.named.rawTool === PATCHER ? changes : [];
	return {
		output: textOf(error?.message) ?? textOf(result?.content) ?? "",
		success: data.success === true,
		exitCode: typeof code === "number" ? code : null,
		changes,
		// A patch may name its files by paths below the folder that is worked in.
		...(changed === undefined ? {} : { filePath: changed.path }),
		isUnfinished: call?.named.kind === "shell" && typeof code !== "number",
		...(errorClass === undefined ? {} : { errorClass }),
	};
}

/** The answer for people is a diff; of a new file the call says all there is. */
function changesOf(call: ToolCall, fileEdits: unknown, result: Raw | null): FileChange[] {
	const { named, filePath = "", written } = call;
	const diff = textOf(result?.detailedContent) ?? "";
	const edits = Array.isArray(fileEdits) ? (fileEdits as unknown[]).map(asObject) : [];
	const diffs = diffsOfFiles(diff);
	if (named.rawTool === PATCHER && edits.length === diffs.length) {
		return diffs.map((each, at) => changeOf(each, textOf(edits[at]?.path) ?? ""));
	}
	const hunks = hunksOfDiff(diff);
	if (hunks.length > 0) return [{ path: filePath, hunks, before: null, after: null }];
	if (named.tool !== "Write" || written === undefined) return [];
	return [{ path: filePath, hunks: [wholeFile(written)], before: null, after: written }];
}

/** Of one file of a patch: a new one is shown with one line more than it has, an empty one. */
function changeOf(diff: string, path: string): FileChange {
	const hunks = hunksOfDiff(diff);
	if (!/^create file mode /m.test(diff)) return { path, hunks, before: null, after: null };
	const content = hunks.flatMap(({ lines }) => lines.map((line) => line.slice(1))).join("\n");
	return { path, hunks: [wholeFile(content)], before: null, after: content };
}
