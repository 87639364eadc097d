import type { FileChange } from "../../model/events/record.ts";
import { objectIn } from "../kit/jsonLines.ts";
import type { ToolCall } from "../kit/openCalls.ts";
import { patchCall, patchIn } from "../kit/patchText.ts";
import { asObject, type Raw, textOf } from "../kit/raw.ts";
import { codexTool, patchTool } from "./codexWords.ts";

const PATCH = codexTool("apply_patch");
const POWERSHELL = /(?:^|[\\/])(?:powershell|pwsh)(?:\.exe)?$/i;

/**
 * A call as the model made it.
 *
 * @param name as Codex calls the tool
 * @param input its arguments: JSON text, or what the tool takes as it is
 */
export function callOf(id: string, name: string, namespace: string, input: unknown): ToolCall {
	const args = objectIn(input) ?? (input as unknown);
	const named = codexTool(name, namespace);
	const fields = asObject(args) ?? {};
	switch (named.kind) {
		case "shell":
			return shellCall(id, name, args, fields.cmd ?? fields.command ?? asObject(fields.action));
		case "edit":
			return patchCall(id, PATCH, textOf(fields.input) ?? textOf(input) ?? "", args);
		case "launch":
			return { id, named, args, launch: launchOf(fields) };
		case "mcp":
			return { id, named, args };
		default:
			return { id, named, args, filePath: textOf(fields.path ?? fields.file_path) ?? "" };
	}
}

/**
 * A command, which may be a patch that is handed to the program `apply_patch`.
 *
 * @param command text, or a program with its arguments
 */
export function shellCall(id: string, name: string, args: unknown, command: unknown): ToolCall {
	const { text, isPowerShell } = commandIn(command);
	const patch = patchIn(text);
	if (patch !== null) return patchCall(id, PATCH, patch, args);
	const named = codexTool(name);
	return {
		id,
		named: isPowerShell ? { ...named, tool: "PowerShell" } : named,
		args,
		command: text,
	};
}

/** A change that is told by nothing but what it came to. */
export function changeCall(id: string, item: Raw, changes: readonly FileChange[]): ToolCall {
	const isNew = changes.every(({ before, after }) => before === null && after !== null);
	const call = patchCall(id, PATCH, "", { changes: item.changes });
	const written = changes
		.flatMap(({ hunks }) => hunks)
		.flatMap(({ lines }) => lines)
		.filter((line) => line.startsWith("+"))
		.map((line) => line.slice(1))
		.join("\n");
	const filePath = changes[0]?.path ?? "";
	return { ...call, filePath, written, named: patchTool(isNew) };
}

function launchOf(args: Raw): NonNullable<ToolCall["launch"]> {
	return {
		agentType: textOf(args.agent_type) ?? "",
		model: textOf(args.model) ?? "",
		description: textOf(args.task_name) ?? "",
		background: true,
	};
}

/** The text that the shell got. */
function commandIn(command: unknown): { readonly text: string; readonly isPowerShell: boolean } {
	const given = asObject(command)?.command ?? command;
	if (!Array.isArray(given)) return { text: textOf(given) ?? "", isPowerShell: false };
	const words = given.filter((word) => typeof word === "string");
	const [program = "", flag = ""] = words;
	const isPowerShell = POWERSHELL.test(program);
	const isScript = isPowerShell ? /^-c/i.test(words.at(-2) ?? "") : /^-\w*c$/.test(flag);
	return { text: isScript ? (words.at(-1) ?? "") : words.join(" "), isPowerShell };
}
