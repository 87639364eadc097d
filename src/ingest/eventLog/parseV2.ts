import type { AgentEvent, EventName, EventOf } from "../../model/events/events.ts";
import type { LineNote, LineProblem } from "../../model/events/lineProblem.ts";
import { kindOfTool, mcpToolOf } from "../claude-code/calls/tools.ts";
import { defaultAgentType, LOG_CLIENT, logWords } from "../clientIdentities.ts";
import type { Fields } from "../fields.ts";
import type { LogWords } from "../transcripts/port.ts";

/** What every v2 event carries. */
interface Head {
	readonly event: EventName;
	readonly origin: "hook";
	readonly via?: "otlp";
	readonly client: string;
	readonly v: 2;
	readonly ts: number;
	readonly session: string;
	readonly agent: string;
	readonly cwd: string;
	note: LineNote | null;
}

/** What an event tells beside that, and the fields without which it says nothing. */
type Reading<Name extends EventName> = readonly [
	read: (
		fields: Fields,
		head: Head,
		words: LogWords,
	) => Omit<EventOf<Name>, keyof Head> | LineProblem,
	...needs: string[],
];

const READINGS: { readonly [Name in EventName]?: Reading<Name> } = {
	session_start: [(f) => ({ source: f.id("source"), model: f.id("model") })],
	session_end: [(f) => ({ reason: f.id("reason") })],
	prompt: [() => ({})],
	compact: [() => ({})],
	turn_end: [() => ({})],
	agent_spawn: [agentSpawn, "id"],
	agent_start: [(f) => ({ agentType: f.id("agent_type") }), "agent_id"],
	agent_link: [agentLink, "id", "child_id"],
	agent_done: [agentDone],
	agent_stop: [agentStop, "agent_id"],
	agent_result: [agentResult],
	tool_use: [callOf, "id"],
	tool_result: [toolResult, "id"],
	skill_use: [skillUse, "id"],
	numeric_claim: [numericClaim, "tier", "value"],
	notification: [
		(f, _head, { reminder }) => ({ isReminder: f.id("notification_type") === reminder?.type }),
	],
	permission_wait: [permissionWait],
	hook_error: [(f) => ({ reason: f.text("reason") })],
	usage: [usage, "id", "model"],
	function_call: [work, "id", "name"],
	test_run: [work, "id", "name"],
	e2e_run: [work, "id", "name"],
	violation: [work, "id", "name"],
};

/** Reads a v2 line whose `event` is known to be a string. @param before as for a line of any version */
export function parseV2(event: string, fields: Fields, before: number): AgentEvent | LineProblem {
	const ts = fields.time("ts", before);
	if (!Object.hasOwn(READINGS, event)) return "unknown_event";
	const [read, ...needs] = READINGS[event as EventName] as Reading<EventName>;
	// A hook that cannot work does not know its session.
	for (const name of event === "hook_error" ? needs : ["session_id", ...needs]) {
		if (fields.text(name) === "") return fields.whyNo(name);
	}
	const client = fields.id("client") || LOG_CLIENT;
	const words = logWords(client);
	const head: Head = {
		event: event as EventName,
		origin: "hook",
		...(fields.id("via") === "otlp" ? { via: "otlp" } : {}),
		client,
		v: 2,
		ts,
		session: fields.id("session_id"),
		agent: agentOf(fields, "agent_id", words),
		cwd: fields.text("cwd"),
		note: null,
	};
	const particulars: object | LineProblem = read(fields, head, words);
	if (typeof particulars === "string") return particulars;
	// Only now: reading the fields is what finds something to note.
	head.note = fields.note;
	return Object.assign(head, particulars) as AgentEvent;
}

function agentOf(f: Fields, name: string, { agentId }: LogWords): string {
	const id = f.id(name);
	return agentId?.(id) ?? id;
}

function agentSpawn(f: Fields, head: Head, words: LogWords) {
	const description = f.text("description");
	return {
		id: f.id("id"),
		parent: agentOf(f, "parent_id", words) || head.agent,
		agentType: f.id("subagent_type"),
		defaultType: defaultAgentType(head.client),
		model: f.id("model"),
		description: description || f.text("prompt_preview"),
		isPreview: description === "",
		branch: f.id("branch"),
		background: f.flag("background") ?? false,
	};
}

function agentLink(f: Fields, _head: Head, words: LogWords) {
	return {
		id: f.id("id"),
		child: agentOf(f, "child_id", words),
		model: f.id("model"),
		status: f.id("status"),
	};
}

function agentDone(f: Fields, _head: Head, words: LogWords) {
	const id = f.id("id");
	const child = agentOf(f, "child_id", words);
	if (id === "" && child === "") return f.whyNo("id");
	return {
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

function agentStop(f: Fields) {
	return {
		agentType: f.id("agent_type"),
		outcome: f.outcome(),
		stubs: f.count("stubs"),
	};
}

function agentResult(f: Fields, _head: Head, words: LogWords) {
	const id = f.id("id");
	const child = agentOf(f, "child_id", words);
	if (id === "" && child === "") return f.whyNo("child_id");
	const durationMs = f.duration("duration_ms");
	const toolUseCount = f.count("tool_use_count");
	const status = f.id("status");
	return {
		id,
		child,
		status,
		durationMs,
		toolUseCount,
		fingerprint: [status, f.count("tokens"), toolUseCount, durationMs].join(" "),
		isHandedOver: true,
	};
}

function toolResult(f: Fields) {
	const success = f.flag("success");
	if (success === null) return f.whyNo("success");
	return Object.assign(callOf(f), {
		success,
		durationMs: f.duration("duration_ms"),
		errorClass: f.id("error_class"),
		linesAdded: f.count("lines_added"),
		linesRemoved: f.count("lines_removed"),
	});
}

/** What a call and its result both tell. */
function callOf(f: Fields) {
	const tool = f.id("tool") || "unknown";
	const raw = f.id("raw_tool");
	const mcp = mcpToolOf(tool, f.id("mcp_server"));
	return {
		id: f.id("id"),
		tool,
		...(raw === "" ? {} : { rawTool: raw }),
		kind: kindOfTool(tool),
		program: f.id("program"),
		filePath: f.text("file_path"),
		skill: f.id("skill"),
		mcpServer: mcp.mcpServer,
		mcpTool: mcp.mcpTool,
	};
}

function skillUse(f: Fields) {
	return {
		id: f.id("id"),
		tool: "Skill",
		skill: f.id("skill"),
		success: f.flag("success") ?? true,
		durationMs: f.duration("duration_ms"),
	};
}

function permissionWait(f: Fields, _head: Head, words: LogWords) {
	const tool = f.id("tool");
	return {
		tool,
		kind: kindOfTool(tool),
		remindedWithinMs: words.reminder?.withinMs ?? null,
	};
}

function numericClaim(f: Fields) {
	return {
		tier: f.id("tier"),
		value: f.text("value"),
		pointer: f.text("pointer"),
	};
}

/** What a request to a model took, told by the program that made it. */
function usage(f: Fields) {
	return {
		message: f.id("id"),
		model: f.id("model"),
		tokensIn: f.count("tokens_in") ?? 0,
		tokensOut: f.count("tokens_out") ?? 0,
		cacheRead: f.count("cache_read") ?? 0,
		cacheWrite5m: f.count("cache_write") ?? 0,
		cacheWrite1h: 0,
		costUsd: f.cost("cost_usd"),
		isAside: f.flag("aside") ?? true,
	};
}

/** What a program tells of its own work. */
function work(f: Fields) {
	return {
		id: f.id("id"),
		name: f.id("name"),
		functions: f.ids("functions"),
		app: f.id("app"),
		success: f.flag("success") ?? true,
		durationMs: f.duration("duration_ms"),
		grade: f.id("grade"),
	};
}
