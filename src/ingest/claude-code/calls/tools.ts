import type { CallKind } from "../../../model/events/events.ts";

/** How its events, sessions and calls are marked. */
export const CLAUDE_CODE = "claude-code";

/** The tool whose end the log tells in an event of its own. */
export const SKILL_TOOL = "Skill";

const KINDS: ReadonlyMap<string, CallKind> = new Map<string, CallKind>([
	["Agent", "launch"],
	// What older clients call it.
	["Task", "launch"],
	["Bash", "shell"],
	// What the client has on Windows.
	["PowerShell", "shell"],
	["Edit", "edit"],
	["MultiEdit", "edit"],
	["NotebookEdit", "edit"],
	["Write", "edit"],
	["SendMessage", "message"],
	[SKILL_TOOL, "skill"],
]);

const MCP = "mcp__";

export function kindOfTool(tool: string): CallKind {
	return KINDS.get(tool) ?? (tool.startsWith(MCP) ? "mcp" : "other");
}

/** What is told of a tool that is no MCP server's. */
const NO_SERVER = { mcpServer: "", mcpTool: "" };

/**
 * The server of a tool, and how the server calls it; empty for what is no MCP tool.
 *
 * @param server what else is known of it: a server's own name may hold the separator
 */
export function mcpToolOf(tool: string, server = ""): { mcpServer: string; mcpTool: string } {
	if (!tool.startsWith(MCP)) return NO_SERVER;
	const rest = tool.slice(MCP.length);
	const isOf = server !== "" && rest.startsWith(`${server}__`);
	const cut = isOf ? server.length : rest.indexOf("__");
	if (cut < 0) return { mcpServer: server, mcpTool: rest };
	return { mcpServer: rest.slice(0, cut), mcpTool: rest.slice(cut + 2) };
}
