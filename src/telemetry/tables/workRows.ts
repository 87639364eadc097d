import { type CallFacts, NO_FACTS, type Severity } from "../../facts/callFacts.ts";
import type { WorkEvent } from "../../model/events/events.ts";
import type { E2eRun } from "../e2e/e2eRow.ts";
import type { CallRow } from "./callRow.ts";
import type { FactCall } from "./patternTable.ts";

/** What stands in place of a tool where a program tells of its own functions. */
const TOOL = "function";

/** A call of a function, told by the program that it belongs to. */
export function callOfProgram(session: string, event: WorkEvent): CallRow {
	return {
		id: event.id,
		ts: Math.round(event.ts - (event.durationMs ?? 0)),
		session,
		client: event.client,
		v: event.v,
		agent: event.agent || null,
		functionId: event.name,
		tool: TOOL,
		rawTool: null,
		durationMs: event.durationMs,
		durationFrom: event.durationMs === null ? null : event.origin,
		success: event.success ? 1 : 0,
		errorClass: event.success ? null : event.grade || "unknown",
		argsHash: null,
		source: event.origin,
		cutOff: null,
	};
}

/** A check of an app, told by whoever ran it. */
export function runOf({ ts, app, name, success, durationMs, functions }: WorkEvent): E2eRun {
	return {
		ts,
		appId: app,
		checkId: name,
		passed: success,
		durationMs,
		functionIds: functions,
	};
}

/** What a test or a violation is told of, in place of a call. */
export function subjectOf(session: string, event: WorkEvent): FactCall {
	return {
		id: event.id,
		ts: event.ts,
		session,
		agent: event.agent || null,
		functionId: functionOf(event),
	};
}

export function factsOf(event: WorkEvent): CallFacts {
	const { name, success, durationMs } = event;
	if (event.event === "violation") {
		return { ...NO_FACTS, violations: [{ ruleId: name, severity: severityOf(event) }] };
	}
	const test = { testId: name, passed: success, durationMs, snippet: null };
	return { ...NO_FACTS, tests: [{ ...test, functionId: functionOf(event) }] };
}

function functionOf({ functions, name }: WorkEvent): string {
	return functions[0] || name;
}

function severityOf({ grade }: WorkEvent): Severity {
	return grade === "error" || grade === "info" ? grade : "warning";
}
