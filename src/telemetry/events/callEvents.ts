import { INTERRUPTED } from "../../model/calls/mergeCalls.ts";
import type { AgentEvent, CallArguments, CallKind } from "../../model/events/events.ts";
import type { CallRow } from "../tables/callRow.ts";
import { kindOf } from "../tables/functionId.ts";

/**
 * A call and, where one was told, its result, made of its row. How launches went is told of their agents.
 *
 * @param launches ids of the calls that launched agents
 * @param file that the call wrote; undefined for none
 */
export function callEvents(
	row: CallRow,
	launches: ReadonlySet<string>,
	file: string | undefined,
): AgentEvent[] {
	const isLaunch = launches.has(row.id);
	if (isLaunch && row.v === 2) return [];
	const about = {
		origin: row.source === "transcript" ? "transcript" : "hook",
		client: row.client,
		v: row.v,
		session: row.session,
		agent: row.agent ?? "",
		cwd: "",
		note: null,
		id: row.id,
		tool: row.tool,
		kind: isLaunch ? "launch" : file === undefined ? callKindOf(row.functionId) : "edit",
		...argumentsOf(row.functionId),
		filePath: file ?? "",
	} as const;
	const used: AgentEvent = { event: "tool_use", ...about, ts: row.ts };
	if (!isAnswered(row)) return [used];
	const returned: AgentEvent = {
		event: "tool_result",
		...about,
		ts: row.ts + (row.durationMs ?? 0),
		success: row.success === 1,
		durationMs: row.durationMs,
		...(row.durationFrom === null ? {} : { measuredBy: row.durationFrom }),
		errorClass: row.errorClass ?? "",
		linesAdded: null,
		linesRemoved: null,
	};
	return [used, returned];
}

/** What the end of its agent or its session cut off has no result: the graph finds that out itself. */
function isAnswered({ success, errorClass, durationMs, cutOff }: CallRow): boolean {
	if (success === null || cutOff === "open") return false;
	return !(errorClass === INTERRUPTED && durationMs === null);
}

function callKindOf(functionId: string): CallKind {
	switch (kindOf(functionId)) {
		case "bash":
			return "shell";
		case "mcp":
			return "mcp";
		case "skill":
			return "skill";
		default:
			return "other";
	}
}

/** What the name of a function tells of its call. */
function argumentsOf(functionId: string): CallArguments {
	const kind = kindOf(functionId);
	const name = functionId.slice(functionId.indexOf(":") + 1);
	const cut = name.indexOf("/");
	return {
		program: kind === "bash" ? (name.split(" ")[0] ?? "") : "",
		filePath: "",
		skill: kind === "skill" ? name : "",
		mcpServer: kind === "mcp" ? name.slice(0, cut) : "",
		mcpTool: kind === "mcp" ? name.slice(cut + 1) : "",
	};
}
