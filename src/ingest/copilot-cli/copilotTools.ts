import type { FileChange } from "../../model/events/record.ts";
import { wholeFile } from "../hunks.ts";
import type { ToolAnswer, ToolCall } from "../kit/openCalls.ts";
import { asObject, type Raw, textOf } from "../kit/raw.ts";
import { mcpToolNamed, type ToolWord, type ToolWords, toolNamed } from "../kit/toolWords.ts";
import { hunksOfDiff } from "../kit/unifiedDiff.ts";

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
	return {
		output: textOf(error?.message) ?? textOf(result?.content) ?? "",
		success: data.success === true,
		exitCode: typeof code === "number" ? code : null,
		changes: call?.named.kind === "edit" ? changesOf(call, result) : [],
		isUnfinished: call?.named.kind === "shell" && typeof code !== "number",
		...(errorClass === undefined ? {} : { errorClass }),
	};
}

/** The answer for people is a diff; of a new file the call says all there is. */
function changesOf({ named, filePath = "", written }: ToolCall, result: Raw | null): FileChange[] {
	const hunks = hunksOfDiff(textOf(result?.detailedContent) ?? "");
	if (hunks.length > 0) return [{ path: filePath, hunks, before: null, after: null }];
	if (named.tool !== "Write" || written === undefined) return [];
	return [{ path: filePath, hunks: [wholeFile(written)], before: null, after: written }];
}
