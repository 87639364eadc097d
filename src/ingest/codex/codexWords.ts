import {
	mcpToolNamed,
	type NamedTool,
	type ToolWord,
	type ToolWords,
	toolNamed,
} from "../kit/toolWords.ts";

const WORDS: ToolWords = new Map<string, ToolWord>([
	["apply_patch", "Edit"],
	["container.exec", "Bash"],
	["exec_command", "Bash"],
	["followup_task", "SendMessage"],
	["grep_files", "Grep"],
	["list_dir", "LS"],
	["local_shell", "Bash"],
	["read_file", "Read"],
	["request_user_input", "AskUserQuestion"],
	["send_input", "SendMessage"],
	["send_message", "SendMessage"],
	["shell", "Bash"],
	["shell_command", "Bash"],
	["spawn_agent", "Agent"],
	["unified_exec", "Bash"],
	["update_plan", "TodoWrite"],
	["view_image", "Read"],
	["web_search", "WebSearch"],
]);

/** How tools of MCP servers are named, or their namespaces. */
const MCP = /^mcp__(.+?)(?:__(.+))?$/;

/**
 * @param name as Codex calls a tool
 * @param namespace group of tools that it is one of; empty for none
 */
export function codexTool(name: string, namespace = ""): NamedTool {
	const [, server, tool] = MCP.exec(namespace === "" ? name : namespace) ?? [];
	return server === undefined ? toolNamed(WORDS, name) : mcpToolNamed(server, tool ?? name);
}

/** @param isNew whether all files that it changes are new */
export function patchTool(isNew: boolean): NamedTool {
	return { ...codexTool("apply_patch"), tool: isNew ? "Write" : "Edit" };
}
