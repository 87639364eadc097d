import type { EventName } from "../../model/events/events.ts";
import {
	isBoolean,
	isFields,
	isNullOr,
	isNumber,
	isOneOf,
	isOutcome,
	isShape,
	isString,
} from "./checks.ts";

type Check = (value: unknown) => boolean;

const isCount = isNullOr(isNumber);
const isKind = isOneOf(["shell", "edit", "launch", "message", "mcp", "skill", "other"]);

const isCommon = isShape({
	origin: isOneOf(["hook", "transcript"]),
	client: isString,
	v: (value) => value === 1 || value === 2,
	ts: isNumber,
	session: isString,
	agent: isString,
	cwd: isString,
	note: isNullOr(isString),
});

const CALL = {
	id: isString,
	tool: isString,
	kind: isKind,
	program: isString,
	filePath: isString,
	skill: isString,
	mcpServer: isString,
	mcpTool: isString,
};

/** One check per event; a new event does not compile until it has one. */
const PARTICULARS: Readonly<Record<EventName, Check>> = {
	session_start: isShape({ source: isString, model: isString }),
	session_end: isShape({ reason: isString }),
	prompt: isFields,
	agent_spawn: isShape({
		id: isString,
		parent: isString,
		agentType: isString,
		defaultType: isString,
		model: isString,
		description: isString,
		branch: isString,
		background: isBoolean,
	}),
	agent_start: isShape({ agentType: isString }),
	agent_link: isShape({ id: isString, child: isString, model: isString, status: isString }),
	agent_done: isShape({
		id: isString,
		child: isString,
		outcome: isOutcome,
		stubs: isCount,
		costUsd: isCount,
		durationMs: isCount,
		toolUseCount: isCount,
		toolStats: isString,
	}),
	agent_stop: isShape({ agentType: isString, outcome: isOutcome, stubs: isCount }),
	agent_result: isShape({
		id: isString,
		child: isString,
		status: isString,
		durationMs: isCount,
		toolUseCount: isCount,
		fingerprint: isString,
		isHandedOver: isBoolean,
	}),
	agent_meta: isShape({
		id: isString,
		child: isString,
		parent: isString,
		agentType: isString,
		defaultType: isString,
		model: isString,
		description: isString,
		background: isBoolean,
	}),
	tool_use: isShape(CALL),
	tool_result: isShape({ ...CALL, success: isBoolean, durationMs: isCount, errorClass: isString }),
	skill_use: isShape({
		id: isString,
		tool: isString,
		skill: isString,
		success: isBoolean,
		durationMs: isCount,
	}),
	permission_wait: isShape({ tool: isString, kind: isKind, remindedWithinMs: isCount }),
	notification: isShape({ isReminder: isBoolean }),
	compact: isFields,
	turn_end: isFields,
	numeric_claim: isFields,
	usage: isShape({
		message: isString,
		model: isString,
		tokensIn: isNumber,
		tokensOut: isNumber,
		cacheRead: isNumber,
		cacheWrite5m: isNumber,
		cacheWrite1h: isNumber,
		costUsd: isCount,
		isAside: isBoolean,
	}),
	function_call: isFields,
	test_run: isFields,
	e2e_run: isFields,
	violation: isFields,
	hook_error: isFields,
};

/** Whether a value from outside is an event with all that a graph reads of it. */
export function isEvent(value: unknown): boolean {
	if (!isFields(value) || !isCommon(value)) return false;
	const { event } = value;
	return isString(event) && Object.hasOwn(PARTICULARS, event)
		? PARTICULARS[event as EventName](value)
		: false;
}
