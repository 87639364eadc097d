import {
	mcpToolNamed,
	type NamedTool,
	type ToolWord,
	type ToolWords,
	toolNamed,
} from "./toolWords.ts";

// Gemini CLI, and what was forked from it, call tools by these names.
const WORDS: ToolWords = new Map<string, ToolWord>([
	["agent", "Agent"],
	["ask_user", "AskUserQuestion"],
	["ask_user_question", "AskUserQuestion"],
	["delegate_to_agent", "Agent"],
	["edit", "Edit"],
	["exit_plan_mode", "ExitPlanMode"],
	["glob", "Glob"],
	["google_web_search", "WebSearch"],
	["grep_search", "Grep"],
	["invoke_agent", "Agent"],
	["list_directory", "LS"],
	["read_file", "Read"],
	["read_many_files", "Read"],
	["replace", "Edit"],
	["run_shell_command", "Bash"],
	["search_file_content", "Grep"],
	["send_message", "SendMessage"],
	["skill", "Skill"],
	["activate_skill", "Skill"],
	["task", "Agent"],
	["todo_write", "TodoWrite"],
	["web_fetch", "WebFetch"],
	["web_search", "WebSearch"],
	["write_file", "Write"],
	["write_todos", "TodoWrite"],
]);
const MCP = /^mcp__(.+?)__(.+)$|^mcp_([^_]+)_(.+)$/;

/** @param name as the client calls a tool */
export function geminiTool(name: string): NamedTool {
	const [, server, tool, ownServer, ownTool] = MCP.exec(name) ?? [];
	return tool === undefined && ownTool === undefined
		? toolNamed(WORDS, name)
		: mcpToolNamed(server ?? ownServer ?? "", tool ?? ownTool ?? "");
}
