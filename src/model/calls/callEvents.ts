import { launchFailed, pendingLaunches } from "../agents/agentEvents.ts";
import type {
	NotificationEvent,
	PermissionWaitEvent,
	SkillUseEvent,
	ToolResultEvent,
	ToolUseEvent,
} from "../events/events.ts";
import type { GraphNode } from "../graph/graphNode.ts";
import type { GraphSession } from "../graph/graphSession.ts";
import type { ToolCall } from "./toolCall.ts";

type CallEvent = ToolUseEvent | ToolResultEvent | SkillUseEvent;

/** @returns "late" when the agent that called had ended already */
export function toolUsed(session: GraphSession, event: ToolUseEvent): "late" | null {
	if (event.kind === "launch" && event.v === 2) return null;
	const known = session.calls.get(event.id);
	if (known !== undefined) {
		improve(session, known, event);
		return null;
	}
	if (session.settled.ownerOf(event.id) !== null) return null;
	const call = openCall(session, event, event.tool);
	const isHeard = act(session, call.owner, event);
	call.owner.waits.callBegan(call.id, call.tool, event.ts);
	if (isHeard) session.changes.pulse(call.owner, call.tool, "start");
	return isHeard ? null : lateness(call.owner, event);
}

export function toolReturned(session: GraphSession, event: ToolResultEvent): "late" | null {
	if (event.kind === "launch") {
		if (!event.success) launchFailed(session, event);
		return null;
	}
	return settle(session, event, event.tool, event.success, event.errorClass);
}

/** A skill's own event repeats what its tool call says, or stands in for it on v1. */
export function skillUsed(session: GraphSession, event: SkillUseEvent): "late" | null {
	const errorClass = event.success ? "" : "unknown";
	return settle(session, event, event.tool, event.success, errorClass);
}

export function permissionAsked(session: GraphSession, event: PermissionWaitEvent): void {
	const node = session.actor(event.agent, event.ts);
	if (!act(session, node, event)) return;
	const open =
		event.kind === "launch" ? pendingLaunches(session, node) : node.ledger.openOf(event.tool);
	node.waits.begin(event, open);
}

/** The client reminds the user of a question that is still open, some seconds after it asked. */
export function userReminded(session: GraphSession, { isReminder, ts }: NotificationEvent): void {
	if (!isReminder) return;
	const before = session.remindedAt;
	if (ts <= before) return;
	session.remindedAt = ts;
	// Of a question that is still open, and was not reminded of yet.
	for (const { waits } of session.nodes()) if (waits.hasAsked(before, ts)) return;
	for (const node of session.nodes()) if (node.waits.remind(ts)) session.changes.touch(node);
}

function settle(
	session: GraphSession,
	event: ToolResultEvent | SkillUseEvent,
	tool: string,
	success: boolean,
	errorClass: string,
): "late" | null {
	let call = session.calls.get(event.id);
	if (call === undefined) {
		const owner = session.settled.ownerOf(event.id);
		if (owner !== null) return repeated(session, owner, event, tool);
		call = openCall(session, event, tool);
		if (event.durationMs !== null) call.startedAt = event.ts - event.durationMs;
	} else {
		improve(session, call, event);
	}
	const isHeard = act(session, call.owner, event);
	if (call.success === null) {
		call.success = success;
		call.errorClass = errorClass;
		call.durationMs = event.durationMs ?? Math.max(0, event.ts - call.startedAt);
		call.owner.ledger.close(call);
		if (!call.owner.ledger.shows(call)) session.putAway(call);
		if (isHeard) session.changes.pulse(call.owner, call.tool, success ? "success" : "failure");
	} else if (event.origin === "hook" && event.durationMs !== null) {
		// The client measured it; the times of two lines in a transcript hold its waits as well.
		call.owner.ledger.retime(call, event.durationMs);
	}
	endWait(call.owner, event, tool);
	return isHeard ? null : lateness(call.owner, event);
}

/** One more result of a call that is over: its caller is heard of, and nothing else. */
function repeated(
	session: GraphSession,
	owner: GraphNode,
	event: ToolResultEvent | SkillUseEvent,
	tool: string,
): "late" | null {
	const isHeard = act(session, owner, event);
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
	owner.waits.callEnded(id, tool, ranAt, isDenied ? [] : owner.ledger.openOf(tool));
}

/** Late is what a source tells of an agent after that agent's end; the other may be ahead. */
function lateness(node: GraphNode, { origin }: CallEvent): "late" | null {
	return node.lives.hasEnded(origin) ? "late" : null;
}

/** Makes a call the latest of its owner. */
function enter(session: GraphSession, call: ToolCall): void {
	const pushedOut = call.owner.ledger.open(call);
	if (pushedOut !== null) session.putAway(pushedOut);
}

function openCall(session: GraphSession, event: CallEvent, tool: string): ToolCall {
	const owner = session.actor(event.agent, event.ts);
	const call = session.newCall(event.id, owner, event.ts);
	call.tool = tool;
	call.detail = detailOf(event);
	call.version = event.v;
	enter(session, call);
	return call;
}

/** The one argument of a call that the contract lets through, as short as a row can show it. */
function detailOf(event: CallEvent): string {
	if (event.event === "skill_use") return event.skill;
	if (event.program !== "") return event.program;
	const { filePath } = event;
	if (filePath === "") return event.skill;
	return filePath.slice(Math.max(filePath.lastIndexOf("/"), filePath.lastIndexOf("\\")) + 1);
}

/** Fills in what an earlier line of the same call did not know, above all who really called. */
function improve(session: GraphSession, call: ToolCall, event: CallEvent): void {
	call.detail ||= detailOf(event);
	if (event.event === "tool_use") call.startedAt = Math.min(call.startedAt, event.ts);
	if (call.version === 2 || event.v === 1) return;
	call.version = 2;
	const owner = session.actor(event.agent, event.ts);
	if (owner === call.owner) return;
	call.owner.ledger.take(call);
	session.changes.touch(call.owner);
	call.owner = owner;
	enter(session, call);
	if (call.success !== null) owner.ledger.close(call);
	session.changes.touch(owner);
}

/**
 * Takes note that a node did something. One whose end was seen stays ended; one that was only given
 * up because nothing was heard of it is evidently alive.
 *
 * @returns false when the node had ended
 */
function act(
	session: GraphSession,
	node: GraphNode,
	event: CallEvent | PermissionWaitEvent,
): boolean {
	node.lastHeardAt = Math.max(node.lastHeardAt, event.ts);
	if (event.v === 2) node.isV1Only = false;
	session.changes.touch(node);
	const isPast = node.lives.isOver(event.origin, event.ts);
	const wasHeard = event.origin === "transcript" && event.ts <= (node.endedAt ?? 0);
	if (node.lossReason === "silence" && !isPast && !wasHeard) node.live();
	if (!node.isAlive) return false;
	// The result of a turn's last call may come behind the turn's end.
	const isAtWork = node.phase === "idle" && event.event !== "tool_result" && !isPast;
	if (node.phase === "starting" || isAtWork) node.live();
	return true;
}
