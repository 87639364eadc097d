import type {
	AgentEvent,
	EventName,
	EventOf,
	NumericClaimEvent,
	UsageEvent,
	WorkEvent,
} from "../../model/events/events.ts";
import type { LineProblem } from "../../model/events/lineProblem.ts";
import { kindOfTool } from "../claude-code/calls/tools.ts";
import {
	isWord,
	readCost,
	readCount,
	readDuration,
	readFlag,
	readId,
	readIds,
	readText,
	whyNo,
} from "../fields/values.ts";
import {
	agentDone,
	agentLink,
	agentResult,
	agentSpawn,
	agentStart,
	agentStop,
} from "./agentsV2.ts";
import { skillUse, toolResult, toolUse } from "./callsV2.ts";
import { headOf, type LineFields, LineV2 } from "./lineV2.ts";

/** Reads the line of an event, or says without which field it says nothing. */
type Reading<Event> = (line: LineV2) => Event | LineProblem;

const READINGS: { readonly [Name in EventName]?: Reading<EventOf<Name>> } = {
	session_start: sessionStart,
	session_end: sessionEnd,
	prompt: bare("prompt"),
	compact: bare("compact"),
	turn_end: bare("turn_end"),
	agent_spawn: agentSpawn,
	agent_start: agentStart,
	agent_link: agentLink,
	agent_done: agentDone,
	agent_stop: agentStop,
	agent_result: agentResult,
	tool_use: toolUse,
	tool_result: toolResult,
	skill_use: skillUse,
	numeric_claim: numericClaim,
	notification,
	permission_wait: permissionWait,
	hook_error: hookError,
	usage,
	function_call: work("function_call"),
	test_run: work("test_run"),
	e2e_run: work("e2e_run"),
	violation: work("violation"),
};

/** The same, to be looked up by a text from outside. */
const BY_NAME: ReadonlyMap<string, Reading<AgentEvent>> = new Map(Object.entries(READINGS));

/** Reads a v2 line whose `event` is known to be a string. @param before as for a line of any version */
export function parseV2(event: string, raw: LineFields, before: number): AgentEvent | LineProblem {
	const read = BY_NAME.get(event);
	if (read === undefined) return "unknown_event";
	// A hook that cannot work does not know its session.
	if (read !== hookError && !isWord(raw.session_id)) return whyNo(raw.session_id);
	const line = new LineV2(raw, before);
	const parsed = read(line);
	if (typeof parsed === "string" || (line.note === null && !line.isOtlp)) return parsed;
	// Only now: reading the fields is what finds something to note.
	const { note } = line;
	return line.isOtlp ? { ...parsed, note, via: "otlp" } : { ...parsed, note };
}

function sessionStart(line: LineV2): EventOf<"session_start"> {
	const { raw } = line;
	return {
		event: "session_start",
		...headOf(line),
		source: readId(raw.source, line),
		model: readId(raw.model, line),
	};
}

function sessionEnd(line: LineV2): EventOf<"session_end"> {
	return {
		event: "session_end",
		...headOf(line),
		reason: readId(line.raw.reason, line),
	};
}

/** An event that tells nothing but that it happened. */
function bare<Name extends "prompt" | "compact" | "turn_end">(event: Name) {
	return (line: LineV2) => ({ event, ...headOf(line) });
}

function notification(line: LineV2): EventOf<"notification"> {
	const type = readId(line.raw.notification_type, line);
	return {
		event: "notification",
		...headOf(line),
		isReminder: type === line.words.reminder?.type,
	};
}

function permissionWait(line: LineV2): EventOf<"permission_wait"> {
	const tool = readId(line.raw.tool, line);
	return {
		event: "permission_wait",
		...headOf(line),
		tool,
		kind: kindOfTool(tool),
		remindedWithinMs: line.words.reminder?.withinMs ?? null,
	};
}

function hookError(line: LineV2): EventOf<"hook_error"> {
	return {
		event: "hook_error",
		...headOf(line),
		reason: readText(line.raw.reason, line),
	};
}

function numericClaim(line: LineV2): NumericClaimEvent | LineProblem {
	const { raw } = line;
	if (!isWord(raw.tier)) return whyNo(raw.tier);
	if (!isWord(raw.value)) return whyNo(raw.value);
	return {
		event: "numeric_claim",
		...headOf(line),
		tier: readId(raw.tier, line),
		value: readText(raw.value, line),
		pointer: readText(raw.pointer, line),
	};
}

/** What a request to a model took, told by the program that made it. */
function usage(line: LineV2): UsageEvent | LineProblem {
	const { raw } = line;
	if (!isWord(raw.id)) return whyNo(raw.id);
	if (!isWord(raw.model)) return whyNo(raw.model);
	return {
		event: "usage",
		...headOf(line),
		message: readId(raw.id, line),
		model: readId(raw.model, line),
		tokensIn: readCount(raw.tokens_in, line) ?? 0,
		tokensOut: readCount(raw.tokens_out, line) ?? 0,
		cacheRead: readCount(raw.cache_read, line) ?? 0,
		cacheWrite5m: readCount(raw.cache_write, line) ?? 0,
		cacheWrite1h: 0,
		costUsd: readCost(raw.cost_usd, line),
		isAside: readFlag(raw.aside, line) ?? true,
	};
}

/** What a program tells of its own work. */
function work<Name extends WorkEvent["event"]>(event: Name) {
	return (line: LineV2) => {
		const { raw } = line;
		if (!isWord(raw.id)) return whyNo(raw.id);
		if (!isWord(raw.name)) return whyNo(raw.name);
		return {
			event,
			...headOf(line),
			id: readId(raw.id, line),
			name: readId(raw.name, line),
			functions: readIds(raw.functions, line),
			app: readId(raw.app, line),
			success: readFlag(raw.success, line) ?? true,
			durationMs: readDuration(raw.duration_ms, line),
			grade: readId(raw.grade, line),
		};
	};
}
