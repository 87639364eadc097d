import type { AgentEvent } from "../../src/model/events/events.ts";

export const T0 = Date.parse("2026-01-01T10:00:00.000Z");

export function head(client: string, session: string, seconds: number, agent = "") {
	const ts = T0 + seconds * 1000;
	const common = { origin: "transcript", v: 2, cwd: "/home/dev/app", note: null } as const;
	return { ...common, client, session, agent, ts };
}

const SHELL = {
	id: "run",
	tool: "Bash",
	kind: "shell",
	program: "codex",
	filePath: "",
	skill: "",
	mcpServer: "",
	mcpTool: "",
} as const;
const ANSWERED = {
	success: true,
	durationMs: 20_000,
	errorClass: "",
	linesAdded: null,
	linesRemoved: null,
};

function usage(client: string, session: string, seconds: number, costUsd: number): AgentEvent {
	return {
		event: "usage",
		...head(client, session, seconds),
		message: `m-${session}`,
		model: "m",
		tokensIn: 10,
		tokensOut: 1,
		cacheRead: 0,
		cacheWrite5m: 0,
		cacheWrite1h: 0,
		costUsd,
		isAside: false,
	};
}

/** An agent of a session of Claude Code runs `codex exec`, which takes 20 s and has an agent of its own. */
export const STARTED_SESSION: readonly AgentEvent[] = [
	{ event: "prompt", ...head("claude-code", "outer", 0) },
	usage("claude-code", "outer", 1, 1),
	{ event: "agent_start", ...head("claude-code", "outer", 2, "a1"), agentType: "x" },
	{ event: "tool_use", ...head("claude-code", "outer", 10, "a1"), ...SHELL },
	{ event: "session_start", ...head("codex", "inner", 11), source: "", model: "" },
	{ event: "prompt", ...head("codex", "inner", 12) },
	{ event: "agent_start", ...head("codex", "inner", 13, "thread"), agentType: "y" },
	usage("codex", "inner", 14, 0.5),
	{ event: "turn_end", ...head("codex", "inner", 29) },
	{ event: "tool_result", ...head("claude-code", "outer", 30, "a1"), ...SHELL, ...ANSWERED },
];
