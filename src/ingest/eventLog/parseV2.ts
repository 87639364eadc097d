import type { AgentEvent } from "../../model/events/events.ts";
import type { LineNote, LineProblem } from "../../model/events/lineProblem.ts";
import { agentIdOf } from "../claude-code/agentId.ts";
import {
	CLAUDE_CODE,
	kindOfTool,
	mcpToolOf,
	REMINDED_WITHIN_MS,
	REMINDER,
	SKILL_TOOL,
} from "../claude-code/tools.ts";
import type { Fields } from "../fields.ts";

/** What every v2 event carries. */
interface Head {
	readonly origin: "hook";
	readonly client: string;
	readonly v: 2;
	readonly ts: number;
	readonly session: string;
	readonly agent: string;
	readonly cwd: string;
}

type Reader = (head: Head, fields: Fields) => WithoutNote<AgentEvent> | LineProblem;
type WithoutNote<E> = E extends AgentEvent ? Omit<E, "note"> : never;

/** The events that carry nothing but the common fields that matter here. */
const BARE = ["prompt", "compact", "turn_end"] as const;

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
	["session_start", (head, f) => ({ event: "session_start", ...head, ...sessionStart(f) })],
	["session_end", (head, f) => ({ event: "session_end", ...head, reason: f.id("reason") })],
	["agent_spawn", agentSpawn],
	["agent_start", agentStart],
	["agent_link", agentLink],
	["agent_done", agentDone],
	["agent_stop", agentStop],
	["agent_result", agentResult],
	["tool_use", toolUse],
	["tool_result", toolResult],
	["skill_use", skillUse],
	["numeric_claim", numericClaim],
	["notification", notification],
	["permission_wait", permissionWait],
	...BARE.map((event): [string, Reader] => [event, (head) => ({ event, ...head })]),
]);

/** Reads a v2 line whose `event` is known to be a string. @param before as for a line of any version */
export function parseV2(event: string, fields: Fields, before: number): AgentEvent | LineProblem {
	const ts = fields.time("ts", before);
	if (event === "hook_error") return hookError(fields, ts);
	const reader = READERS.get(event);
	if (reader === undefined) return "unknown_event";
	const session = fields.id("session_id");
	if (session === "") return fields.whyNo("session_id");
	const head: Head = {
		origin: "hook",
		client: CLAUDE_CODE,
		v: 2,
		ts,
		session,
		agent: agentIdOf(fields.id("agent_id")),
		cwd: fields.text("cwd"),
	};
	const read = reader(head, fields);
	if (typeof read === "string") return read;
	// Only now: reading the fields is what finds something to note.
	const noted = read as { note?: LineNote | null };
	noted.note = fields.note;
	return noted as AgentEvent;
}

function hookError(fields: Fields, ts: number): AgentEvent {
	return {
		event: "hook_error",
		origin: "hook",
		client: CLAUDE_CODE,
		v: 2,
		ts,
		session: fields.id("session_id"),
		agent: "",
		cwd: "",
		reason: fields.text("reason"),
		note: fields.note,
	};
}

function sessionStart(f: Fields) {
	return { source: f.id("source"), model: f.id("model") };
}

function agentSpawn(head: Head, f: Fields): WithoutNote<AgentEvent> | LineProblem {
	const id = f.id("id");
	if (id === "") return f.whyNo("id");
	const description = f.text("description");
	return {
		event: "agent_spawn",
		...head,
		id,
		parent: agentIdOf(f.id("parent_id")) || head.agent,
		agentType: f.id("subagent_type"),
		model: f.id("model"),
		description: description || f.text("prompt_preview"),
		isPreview: description === "",
		branch: f.id("branch"),
		background: f.flag("background") ?? false,
	};
}

function agentStart(head: Head, f: Fields): WithoutNote<AgentEvent> | LineProblem {
	if (head.agent === "") return f.whyNo("agent_id");
	return { event: "agent_start", ...head, agentType: f.id("agent_type") };
}

function agentLink(head: Head, f: Fields): WithoutNote<AgentEvent> | LineProblem {
	const id = f.id("id");
	const child = agentIdOf(f.id("child_id"));
	if (id === "") return f.whyNo("id");
	if (child === "") return f.whyNo("child_id");
	return { event: "agent_link", ...head, id, child, model: f.id("model"), status: f.id("status") };
}

function agentDone(head: Head, f: Fields): WithoutNote<AgentEvent> | LineProblem {
	const id = f.id("id");
	const child = agentIdOf(f.id("child_id"));
	if (id === "" && child === "") return f.whyNo("id");
	return {
		event: "agent_done",
		...head,
		id,
		child,
		outcome: f.outcome(),
		stubs: f.count("stubs"),
		costUsd: null,
		durationMs: f.duration("duration_ms"),
		toolUseCount: f.count("tool_use_count"),
		toolStats: f.counts("tool_stats"),
	};
}

function agentStop(head: Head, f: Fields): WithoutNote<AgentEvent> | LineProblem {
	if (head.agent === "") return f.whyNo("agent_id");
	return {
		event: "agent_stop",
		...head,
		agentType: f.id("agent_type"),
		outcome: f.outcome(),
		stubs: f.count("stubs"),
	};
}

function agentResult(head: Head, f: Fields): WithoutNote<AgentEvent> | LineProblem {
	const id = f.id("id");
	const child = agentIdOf(f.id("child_id"));
	if (id === "" && child === "") return f.whyNo("child_id");
	const durationMs = f.duration("duration_ms");
	const toolUseCount = f.count("tool_use_count");
	const status = f.id("status");
	return {
		event: "agent_result",
		...head,
		id,
		child,
		status,
		durationMs,
		toolUseCount,
		fingerprint: [status, f.count("tokens"), toolUseCount, durationMs].join(" "),
		isHandedOver: true,
	};
}

function toolUse(head: Head, f: Fields): WithoutNote<AgentEvent> | LineProblem {
	const id = f.id("id");
	if (id === "") return f.whyNo("id");
	const tool = f.id("tool") || "unknown";
	const mcp = mcpToolOf(tool, f.id("mcp_server"));
	return {
		event: "tool_use",
		origin: "hook",
		client: CLAUDE_CODE,
		v: 2,
		ts: head.ts,
		session: head.session,
		agent: head.agent,
		cwd: head.cwd,
		id,
		tool,
		kind: kindOfTool(tool),
		program: f.id("program"),
		filePath: f.text("file_path"),
		skill: f.id("skill"),
		mcpServer: mcp.mcpServer,
		mcpTool: mcp.mcpTool,
	};
}

function toolResult(head: Head, f: Fields): WithoutNote<AgentEvent> | LineProblem {
	const id = f.id("id");
	if (id === "") return f.whyNo("id");
	const success = f.flag("success");
	if (success === null) return f.whyNo("success");
	const tool = f.id("tool") || "unknown";
	const mcp = mcpToolOf(tool, f.id("mcp_server"));
	return {
		event: "tool_result",
		origin: "hook",
		client: CLAUDE_CODE,
		v: 2,
		ts: head.ts,
		session: head.session,
		agent: head.agent,
		cwd: head.cwd,
		id,
		tool,
		kind: kindOfTool(tool),
		program: f.id("program"),
		filePath: f.text("file_path"),
		skill: f.id("skill"),
		mcpServer: mcp.mcpServer,
		mcpTool: mcp.mcpTool,
		success,
		durationMs: f.duration("duration_ms"),
		errorClass: f.id("error_class"),
		linesAdded: f.count("lines_added"),
		linesRemoved: f.count("lines_removed"),
	};
}

function skillUse(head: Head, f: Fields): WithoutNote<AgentEvent> | LineProblem {
	const id = f.id("id");
	if (id === "") return f.whyNo("id");
	return {
		event: "skill_use",
		...head,
		id,
		tool: SKILL_TOOL,
		skill: f.id("skill"),
		success: f.flag("success") ?? true,
		durationMs: f.duration("duration_ms"),
	};
}

function permissionWait(head: Head, f: Fields): WithoutNote<AgentEvent> {
	const tool = f.id("tool");
	return {
		event: "permission_wait",
		...head,
		tool,
		kind: kindOfTool(tool),
		remindedWithinMs: REMINDED_WITHIN_MS,
	};
}

function notification(head: Head, f: Fields): WithoutNote<AgentEvent> {
	return { event: "notification", ...head, isReminder: f.id("notification_type") === REMINDER };
}

function numericClaim(head: Head, f: Fields): WithoutNote<AgentEvent> | LineProblem {
	const tier = f.id("tier");
	const value = f.text("value");
	if (tier === "") return f.whyNo("tier");
	if (value === "") return f.whyNo("value");
	return { event: "numeric_claim", ...head, tier, value, pointer: f.text("pointer") };
}
