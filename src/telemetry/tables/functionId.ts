import type { ToolUseEvent } from "../../model/events/events.ts";

/** What a call's function is told from. */
export type CallIdentity = Pick<
	ToolUseEvent,
	"tool" | "kind" | "program" | "skill" | "mcpServer" | "mcpTool"
>;

/** Groups that functions are listed in, in this order. */
export const FUNCTION_KINDS = ["registry", "mcp", "skill", "agent", "bash", "tool"] as const;
export type FunctionKind = (typeof FUNCTION_KINDS)[number];

/** What stands for a name that nobody told. */
export const UNKNOWN = "unknown";

/**
 * The function that a call is counted under, see docs/telemetry.md. A shell call is known by its
 * program alone here: hooks write no more of a command.
 */
export function functionIdOf(call: CallIdentity): string {
	const { tool, kind, program, mcpServer, mcpTool } = call;
	if (kind === "mcp") return `mcp:${mcpServer || UNKNOWN}/${mcpTool}`;
	if (kind === "skill") return skillFunctionId(call.skill);
	if (kind === "shell" && program !== "") return `bash:${program}`;
	return `tool:${tool || UNKNOWN}`;
}

export function skillFunctionId(skill: string): string {
	return `skill:${skill || UNKNOWN}`;
}

export function agentFunctionId(agentType: string): string {
	return `agent:${agentType || UNKNOWN}`;
}

export function kindOf(functionId: string): FunctionKind {
	const prefix = functionId.slice(0, functionId.indexOf(":"));
	return FUNCTION_KINDS.find((kind) => kind === prefix) ?? "registry";
}

/**
 * Of two names for the function of one call the one that says more, whichever came first:
 * `bash:git commit` says more than `bash:git`, and anything says more than the tool's bare name.
 */
export function moreSpecific(a: string, b: string): string {
	const [low, high] = [a, b].sort(
		(x, y) => rank(x) - rank(y) || x.length - y.length || (x < y ? 1 : -1),
	);
	return high ?? low ?? a;
}

function rank(functionId: string): number {
	if (functionId.endsWith(`:${UNKNOWN}`)) return 0;
	const kind = kindOf(functionId);
	return kind === "tool" ? 1 : kind === "registry" ? 3 : 2;
}

/** A function's name without the prefix that its group already says. */
export function functionLabel(functionId: string): string {
	const kind = kindOf(functionId);
	return kind === "registry" ? functionId : functionId.slice(kind.length + 1);
}
