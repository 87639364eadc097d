import type {
	AgentDoneEvent,
	AgentLinkEvent,
	AgentMetaEvent,
	AgentResultEvent,
	AgentSpawnEvent,
	AgentStartEvent,
	AgentStopEvent,
	ToolResultEvent,
} from "../events/events.ts";
import type { GraphNode } from "../graph/graphNode.ts";
import type { GraphSession } from "../graph/graphSession.ts";
import { bindStart, failLaunch, link, recordSpawn, standIn } from "./spawnBinding.ts";

/** Hooks that run at the same time overtake each other; seldom by more than this, ms. */
const OVERTAKING_MS = 2000;

export function agentSpawned(session: GraphSession, event: AgentSpawnEvent): void {
	const spawn = recordSpawn(session, event);
	const node = spawn.agent ?? spawn.provisional;
	if (node !== null) hear(session, node, event);
	if (event.v === 1) return;
	const caller = session.actor(event.parent, event.ts);
	caller.waits.callBegan(event.id, "Agent", event.ts);
	session.changes.touch(caller);
}

/** Only this brings an agent to life again, unless the start belongs to a stop told before. */
export function agentStarted(session: GraphSession, event: AgentStartEvent): void {
	const isHook = event.origin === "hook";
	// Which call launched it the transcript says elsewhere, and for certain: nothing is guessed.
	const node = isHook
		? bindStart(session, event.agent, event.agentType, event.ts)
		: session.agent(event.agent, event.ts);
	if (event.agentType !== "") node.agentType = event.agentType;
	hear(session, node, event);
	if (isHook && node.lives.hasBegunAt(event.ts)) return;
	if (isHook && node.phase !== "done") node.lives.endsUntold(event.ts);
	const begins = node.lives.begins(event.origin, event.ts);
	const isOverdue = node.isStartOverdue && event.ts - (node.endedAt ?? event.ts) < OVERTAKING_MS;
	if (isHook) node.isStartOverdue = false;
	if (isHook && isOverdue) {
		node.startedAt = Math.min(node.startedAt, event.ts);
	} else if (begins && (!node.isAlive || node.phase === "starting")) {
		if (!node.isAlive) resume(node);
		node.live();
	}
	if (isHook && !node.hasStarted) allowLaunch(session, node, event.ts);
	if (isHook) node.hasStarted = true;
}

/** The agent runs, so whoever launched it waits for no permission to do so. */
function allowLaunch(session: GraphSession, node: GraphNode, ts: number): void {
	const caller = node.parent;
	if (caller === null || caller.waits.isEmpty) return;
	const id = node.spawn?.id ?? "";
	caller.waits.callEnded(id, null, ts, pendingLaunches(session, caller));
	session.changes.touch(caller);
}

/** Launching calls of a node whose agents are not known, and may wait to be allowed; newest first. */
export function pendingLaunches(session: GraphSession, caller: GraphNode): string[] {
	const ids: string[] = [];
	for (const { id, provisional } of session.unbound) {
		if (provisional?.isAlive && provisional.parent === caller) ids.unshift(id);
	}
	return ids;
}

/** What stands beside an agent's transcript is a launch and a link in one. */
export function agentNoted(session: GraphSession, event: AgentMetaEvent): void {
	if (event.id === "") {
		const node = session.agent(event.child, event.ts);
		node.agentType ||= event.agentType;
		hear(session, node, event);
		return;
	}
	if ((session.spawns.get(event.id)?.said ?? null) === null) {
		const { id, parent, agentType, model, description, background } = event;
		const { origin, client, v, ts, agent, cwd, note } = event;
		recordSpawn(session, {
			event: "agent_spawn",
			origin,
			client,
			v,
			ts,
			session: event.session,
			agent,
			cwd,
			note,
			id,
			parent,
			agentType,
			model,
			description,
			background,
			branch: "",
		});
	}
	const node = link(session, event.id, event.child, event.ts);
	node.agentType ||= event.agentType;
	hear(session, node, event);
}

/** A new life: what the last one came to is no longer true. */
function resume(node: GraphNode): void {
	node.outcome = null;
	node.stubs = null;
}

export function agentLinked(session: GraphSession, event: AgentLinkEvent): void {
	const node = link(session, event.id, event.child, event.ts);
	if (event.model !== "") node.model = event.model;
	if (event.status === "async_launched" || event.status === "remote_launched") {
		node.isBackground = true;
	}
	hear(session, node, event);
	if (!node.hasStarted) allowLaunch(session, node, event.ts);
}

/** The launching call came back: the agent is done, whether or not its stop was seen. */
export function agentDone(session: GraphSession, event: AgentDoneEvent): void {
	const node = endedNode(session, event);
	if (event.v === 1 && !node.isV1Only) {
		// v1 says done when a background agent is launched; what v2 knows is worth more.
		node.reportedCostUsd ??= event.costUsd;
		return;
	}
	hear(session, node, event);
	node.reportedCostUsd ??= event.costUsd;
	node.toolStats = event.toolStats || node.toolStats;
	// The life that the launching call waited for has no other report.
	if (event.v === 2) node.addResult(`${event.id} done`);
	if (!isCurrent(node, event)) return;
	node.outcome ??= event.outcome;
	node.stubs ??= event.stubs;
	if (event.v === 2) node.lives.endedAsReported(event.origin, event.ts);
	if (node.lives.ends === 0 && node.phase !== "done") {
		finish(session, node, event.ts);
	}
}

export function agentStopped(session: GraphSession, event: AgentStopEvent): "phantom" | null {
	const isHook = event.origin === "hook";
	if (isHook && event.agentType === "" && !session.agents.has(event.agent)) {
		session.phantoms.set(event.agent, event);
		return "phantom";
	}
	const node = session.agent(event.agent, event.ts);
	if (event.agentType !== "") node.agentType = event.agentType;
	hear(session, node, event);
	const isCurrentLife = node.lives.endsAt(event.origin, event.ts);
	if (isHook && !node.hasStarted) node.isStartOverdue = true;
	if (!isCurrentLife) return null;
	node.outcome = event.outcome ?? node.outcome;
	node.stubs = event.stubs ?? node.stubs;
	if (node.phase !== "done") finish(session, node, event.ts);
	// Whoever launched it may have told of its end already, which is later than the end itself.
	else node.endedAt = Math.max(node.lives.lastEnd, node.startedAt);
	return null;
}

/** The client told the orchestrator that a background agent came back. */
export function agentReported(session: GraphSession, event: AgentResultEvent): void {
	const node = endedNode(session, event);
	hear(session, node, event);
	// A resumed agent's next result names another call.
	const result = `${event.id} ${event.fingerprint}`;
	if (!node.addResult(result)) return;
	// Each stop is followed by at most one result, so a result beyond the stops seen stands for a
	// stop that was missed; any other speaks of a life that has ended already.
	const isUnseen = node.resultCount > node.lives.ends;
	const isCurrentLife = isCurrent(node, event);
	if (event.status === "failed" && isCurrentLife && (isUnseen || !node.isAlive)) {
		node.outcome ??= "fail";
	}
	if (!isUnseen) return;
	node.lives.endedUnseen(node.resultCount);
	if (!isCurrentLife) return;
	node.lives.endedAsReported(event.origin, event.ts);
	if (node.phase !== "done") finish(session, node, event.ts);
}

/** The launching call itself failed, or ended the agent it had launched. */
export function launchFailed(session: GraphSession, event: ToolResultEvent): void {
	const { id, origin, ts, errorClass } = event;
	const node = standIn(session, id, ts);
	const spawn = session.spawns.get(id);
	if (spawn !== undefined) spawn.failure ??= { origin, ts, errorClass, ended: null };
	session.changes.touch(node);
	const caller = node.parent;
	if (spawn !== undefined && node.lives.isLatest(origin, ts)) failLaunch(session, spawn);
	if (caller === null || caller.waits.isEmpty) return;
	const isDenied = origin === "transcript" && errorClass === "denied";
	caller.waits.callEnded(id, null, null, isDenied ? [] : pendingLaunches(session, caller));
	session.changes.touch(caller);
}

/** Whether an end is that of the life that is going on, as far as the other source knows. */
function isCurrent(node: GraphNode, { origin, ts }: AgentDoneEvent | AgentResultEvent): boolean {
	return node.lives.isLatest(origin, ts);
}

function finish(session: GraphSession, node: GraphNode, ts: number): void {
	session.end(node, "done", ts);
}

/** The node that an end speaks of; where the event names spawn and agent, that links them too. */
function endedNode(session: GraphSession, event: AgentDoneEvent | AgentResultEvent): GraphNode {
	if (event.child !== "" && event.id !== "") return link(session, event.id, event.child, event.ts);
	if (event.child !== "") return session.agent(event.child, event.ts);
	return standIn(session, event.id, event.ts);
}

function hear(
	session: GraphSession,
	node: GraphNode,
	event: { readonly ts: number; readonly v: 1 | 2 },
): void {
	node.lastHeardAt = Math.max(node.lastHeardAt, event.ts);
	if (node.startedAt === 0) node.startedAt = event.ts;
	if (event.v === 2) node.isV1Only = false;
	session.changes.touch(node);
}
