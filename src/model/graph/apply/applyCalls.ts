import {
	betterAnswer,
	betterTiming,
	isFailure,
	type Timing,
	UNTOLD_TOOL,
} from "../../calls/mergeCalls.ts";
import type { GraphNote } from "../../events/eventStats.ts";
import type {
	NotificationEvent,
	PermissionWaitEvent,
	SkillUseEvent,
	ToolResultEvent,
	ToolUseEvent,
} from "../../events/events.ts";
import { sameWord } from "../../events/sameWord.ts";
import { baseName } from "../../views/baseName.ts";
import type { GraphNode, OpenCall } from "../graphNode.ts";
import type { GraphSession } from "../graphSession.ts";
import { launchFailed } from "./applyAgents.ts";

type CallEvent = ToolUseEvent | ToolResultEvent | SkillUseEvent;

/** @returns `late_event` when the agent that called had ended already */
export function toolUsed(session: GraphSession, event: ToolUseEvent): GraphNote | null {
	if (event.kind === "launch" && event.v === 2) return null;
	const known = session.calls.get(event.id);
	if (known !== null) {
		improve(session, known, event);
		return null;
	}
	if (session.calls.ownerOf(event.id) !== null) return null;
	const call = openCall(session, event, event.tool);
	const isHeard = hear(session, call.owner, event);
	call.owner.waits.callBegan(event.id, call.tool, event.ts);
	if (isHeard) session.changes.pulse(call.owner, call.tool, "start");
	return isHeard ? null : lateness(call.owner, event);
}

export function toolReturned(session: GraphSession, event: ToolResultEvent): GraphNote | null {
	if (event.kind === "launch") {
		if (!event.success) launchFailed(session, event);
		return null;
	}
	if (event.tool === UNTOLD_TOOL && session.isLaunch(event.id)) {
		hear(session, session.actor(event.agent), event);
		return null;
	}
	if (event.kind === "edit" && event.success) session.noteChange(event.filePath);
	return applyResult(session, event, event.tool, event.success, event.errorClass);
}

/** A skill's own event repeats what its tool call says, or stands in for it on v1. */
export function skillUsed(session: GraphSession, event: SkillUseEvent): GraphNote | null {
	// How it failed the result of its call says, which only version 1 lacks.
	if (!event.success && event.v === 2) return null;
	const errorClass = event.success ? "" : "unknown";
	return applyResult(session, event, event.tool, event.success, errorClass);
}

export function permissionAsked(session: GraphSession, event: PermissionWaitEvent): void {
	const node = session.actor(event.agent);
	if (!hear(session, node, event)) return;
	// A transcript that was read before may tell that the turn is over.
	if (node === session.root && event.ts <= session.state.told.turnEnded) return;
	const open =
		event.kind === "launch"
			? session.partners.pendingLaunches(node)
			: node.ledger.openOf(event.tool);
	node.ownWaits().begin(event, open);
}

/** The client reminds the user of a question that is still open, some seconds after it asked. */
export function userReminded(session: GraphSession, { isReminder, ts }: NotificationEvent): void {
	if (!isReminder) return;
	const before = session.remindedAt;
	if (ts <= before) return;
	session.remindedAt = ts;
	// Of a question that is still open, and was not reminded of yet.
	for (const { waits } of session.parts) if (waits.hasAsked(before, ts)) return;
	for (const node of session.parts) if (node.waits.remind(ts)) session.changes.touch(node);
}

function applyResult(
	session: GraphSession,
	event: ToolResultEvent | SkillUseEvent,
	tool: string,
	success: boolean,
	errorClass: string,
): GraphNote | null {
	let call = session.calls.get(event.id);
	if (call === null) {
		const owner = session.ownerOfPutAway(event.id);
		if (owner !== null) return repeated(session, owner, event, tool, { success, errorClass });
		call = openCall(session, event, tool);
		if (event.durationMs !== null) call.startedAt = event.ts - event.durationMs;
	} else {
		improve(session, call, event);
	}
	const { owner } = call;
	const isHeard = hear(session, owner, event);
	const isFirst = call.success === null;
	answer(call, event, { success, errorClass });
	if (isFirst && isHeard) session.changes.pulse(owner, call.tool, success ? "success" : "failure");
	if (isFirst && !owner.ledger.shows(call)) session.putCallAway(call);
	endWait(owner, event, tool);
	return isHeard ? null : lateness(owner, event);
}

/** Brings together what was said of a call's end and what is said now. */
function answer(
	call: OpenCall,
	event: ToolResultEvent | SkillUseEvent,
	said: Pick<OpenCall, "success" | "errorClass">,
): void {
	const measuredBy = event.event === "tool_result" ? event.measuredBy : undefined;
	const durationFrom = measuredBy ?? event.origin;
	const told: Timing = { durationMs: event.durationMs, durationFrom };
	const timing = call.success === null ? told : betterTiming<Timing>(call, told);
	const { success, errorClass } = call.success === null ? said : betterAnswer(call, said);
	const durationMs = timing.durationMs ?? Math.max(0, event.ts - call.startedAt);
	call.owner.ledger.answer(call, { success, errorClass, durationMs });
	call.durationFrom = timing.durationMs === null ? null : (timing.durationFrom ?? null);
}

/**
 * One more result of a call that is over: its caller is heard of, and nothing else, unless it is a failure
 * of what a client's hook took for a success.
 */
function repeated(
	session: GraphSession,
	owner: GraphNode,
	event: ToolResultEvent | SkillUseEvent,
	tool: string,
	said: Pick<OpenCall, "success" | "errorClass">,
): GraphNote | null {
	if (isFailure(said) && session.calls.hasFailed(event.id)) owner.ledger.failed(tool);
	const isHeard = hear(session, owner, event);
	endWait(owner, event, tool);
	return isHeard ? null : lateness(owner, event);
}

function endWait(owner: GraphNode, event: ToolResultEvent | SkillUseEvent, tool: string): void {
	// What stands beside the call's result.
	if (event.event === "skill_use" || owner.waits.isEmpty) return;
	const { id, origin, ts, durationMs } = event;
	// Only the client's own measure leaves the wait out.
	const ranAt = origin === "hook" && durationMs !== null ? ts - durationMs : null;
	// A hook has no result of what a person denied, only of what the system did.
	const isDenied = origin === "transcript" && event.errorClass === "denied";
	owner.waits.callEnded(id, tool, ranAt, isDenied ? [] : owner.ledger.openOf(tool), ts);
}

/** Late is what is told of an agent after its end, by the source that told of that as well. */
function lateness({ shownBy }: GraphNode, { origin }: CallEvent): GraphNote | null {
	return shownBy.hasEndedBy(origin) ? "late_event" : null;
}

/** Makes a call the latest of its owner. */
function enter(session: GraphSession, call: OpenCall): void {
	call.owner.equip(call.version);
	const pushedOut = call.owner.ledger.open(call);
	if (pushedOut !== null) session.putCallAway(pushedOut);
}

function openCall(session: GraphSession, event: CallEvent, tool: string): OpenCall {
	const owner = session.actor(event.agent);
	const call = session.calls.begin(event.id, owner, event.ts);
	call.tool = sameWord(tool);
	call.detail = detailOf(event);
	call.version = event.v;
	enter(session, call);
	return call;
}

/** The one argument of a call that the contract lets through, as short as a row can show it. */
function detailOf(event: CallEvent): string {
	return sameWord(wordOf(event));
}

function wordOf(event: CallEvent): string {
	if (event.event === "skill_use") return event.skill;
	if (event.program !== "") return event.program;
	const { filePath } = event;
	if (filePath === "") return event.skill;
	return baseName(filePath);
}

/** Fills in what an earlier line of the same call did not know, above all who really called. */
function improve(session: GraphSession, call: OpenCall, event: CallEvent): void {
	call.detail ||= detailOf(event);
	call.owner.ledger.changes++;
	if (event.event === "tool_use") call.startedAt = Math.min(call.startedAt, event.ts);
	if (call.version === 2 || event.v === 1) return;
	call.version = 2;
	const owner = session.actor(event.agent);
	if (owner === call.owner) return;
	call.owner.ledger.take(call);
	session.changes.touch(call.owner);
	call.owner = owner;
	enter(session, call);
	session.changes.touch(owner);
}

/**
 * Takes note that a node did something. One whose end was told stays ended; one that was only given up
 * because nothing was heard of it is evidently alive.
 *
 * @returns false when the node had ended
 */
function hear(
	session: GraphSession,
	node: GraphNode,
	event: CallEvent | PermissionWaitEvent,
): boolean {
	node.hear(event);
	node.equip(event.v);
	session.changes.touch(node);
	return node.shownBy.isAlive;
}
