import type { CallKind } from "../../model/events/events.ts";

/** The words that tools are known by, whatever their clients call them, and what each does. */
const KINDS = {
	Agent: "launch",
	AskUserQuestion: "other",
	Bash: "shell",
	Edit: "edit",
	ExitPlanMode: "other",
	Glob: "other",
	Grep: "other",
	LS: "other",
	PowerShell: "shell",
	Read: "other",
	SendMessage: "message",
	Skill: "skill",
	TodoWrite: "other",
	WebFetch: "other",
	WebSearch: "other",
	Write: "edit",
} as const satisfies Readonly<Record<string, CallKind>>;

export type ToolWord = keyof typeof KINDS;

/** A client's tools by the client's own names. */
export type ToolWords = ReadonlyMap<string, ToolWord>;

/** A tool as events name it. */
export interface NamedTool {
	readonly tool: string;
	/** As the client calls it; absent where that is the same. */
	readonly rawTool?: string;
	readonly kind: CallKind;
	/** Empty for what is no tool of an MCP server. */
	readonly mcpServer: string;
	readonly mcpTool: string;
}

/** @param raw as the client calls it */
export function toolNamed(words: ToolWords, raw: string): NamedTool {
	const word = words.get(raw);
	const none = { mcpServer: "", mcpTool: "" };
	if (word === undefined) return { tool: raw, kind: "other", ...none };
	return { tool: word, ...(word === raw ? {} : { rawTool: raw }), kind: KINDS[word], ...none };
}

/** @param server as the client calls it, as is `tool` */
export function mcpToolNamed(server: string, tool: string): NamedTool {
	return { tool: `mcp__${server}__${tool}`, kind: "mcp", mcpServer: server, mcpTool: tool };
}
