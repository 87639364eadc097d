import type { AgentSpawnEvent } from "../events/events.ts";
import type { GraphNode, Spawn } from "../graph/graphNode.ts";
import type { GraphSession } from "../graph/graphSession.ts";

/**
 * How many events of the session an agent may have started ahead of its spawn's line and still be
 * taken for that spawn's agent. Hooks that run at the same time overtake each other by a few lines;
 * an agent without a spawn from long before is another one.
 */
const OVERTAKING_WINDOW = 256;

/** Notes a launching call, and gives it a node of its own until its agent is known. */
export function recordSpawn(session: GraphSession, event: AgentSpawnEvent): Spawn {
	const spawn = session.spawns.get(event.id) ?? newSpawn(session, event.id);
	if (spawn.said === null || (spawn.said.v === 1 && event.v === 2)) {
		const { v, ts, agentType, model, description, background } = event;
		spawn.said = { v, ts, agentType, model, description, background };
		const parent = session.actor(event.parent, event.ts);
		const own = spawn.agent ?? spawn.provisional;
		const loops = own !== null && parent.isWithin(own);
		spawn.parent = parent === session.root || loops ? null : parent;
	}
	if (spawn.agent === null) settle(session, spawn);
	else if (spawn.agent.spawn?.said === null) spawn.agent.spawn = spawn;
	const node = spawn.agent ?? spawn.provisional;
	if (node !== null) session.changes.touch(node);
	return spawn;
}

/**
 * Finds the node for an agent that starts: its own if it has one with a spawn, else that of the
 * oldest unbound spawn of its type.
 */
export function bindStart(session: GraphSession, id: string, type: string, ts: number): GraphNode {
	const known = session.agents.get(id);
	if (known !== undefined && (known.spawn !== null || known.hasStarted)) return known;
	const spawn = oldestUnbound(session, type, known ?? null);
	if (spawn !== null) return attach(session, spawn, id, ts);
	const node = known ?? session.agent(id, ts);
	session.orphans.add(node);
	return node;
}

/** Puts spawn and agent together for certain, and finds new partners for those guessed wrong. */
export function link(session: GraphSession, spawnId: string, id: string, ts: number): GraphNode {
	const spawn = session.spawns.get(spawnId) ?? newSpawn(session, spawnId);
	const known = session.agents.get(id) ?? null;
	if (spawn.agent !== null && (spawn.agent === known || spawn.isConfirmed)) {
		// A second, different link for one call contradicts the client; the first one stands.
		if (spawn.agent === known) spawn.isConfirmed = true;
		return known ?? session.agent(id, ts);
	}
	const displaced = spawn.agent;
	if (displaced !== null) detach(spawn, displaced);
	const freed = known?.spawn ?? null;
	if (known !== null && freed !== null && !freed.isConfirmed) detach(freed, known);
	const node = attach(session, spawn, id, ts);
	spawn.isConfirmed = true;
	if (displaced !== null) rebind(session, displaced);
	if (freed !== null && freed.agent === null) settle(session, freed);
	return node;
}

/** A node for an agent that is only known by its launching call, whose own line is still to come. */
export function standIn(session: GraphSession, spawnId: string, ts: number): GraphNode {
	const spawn = session.spawns.get(spawnId) ?? newSpawn(session, spawnId);
	return spawn.agent ?? spawn.provisional ?? newStandIn(session, spawn, ts);
}

function newStandIn(session: GraphSession, spawn: Spawn, ts: number): GraphNode {
	const node = session.newAgent(spawn.id, ts);
	node.phase = "starting";
	node.spawn = spawn;
	spawn.provisional = node;
	session.unbound.add(spawn);
	failAgain(session, spawn);
	return node;
}

/** The launching call failed: so did the agent that stands for it, as far as is known, if it lives. */
export function failLaunch(session: GraphSession, { agent, provisional, failure }: Spawn): void {
	const node = agent ?? provisional;
	if (failure === null || node === null || !node.isAlive) return;
	const { origin, ts, errorClass } = failure;
	failure.ended = node;
	node.lives.endedAsReported(origin, ts);
	if (isCutOff(errorClass)) {
		session.end(node, "lost", ts, "session");
	} else {
		node.outcome ??= "fail";
		session.end(node, "done", ts);
	}
}

function isCutOff(errorClass: string): boolean {
	return errorClass === "interrupted" || errorClass === "denied";
}

/** A call that failed has found its agent later. */
function failAgain(session: GraphSession, spawn: Spawn): void {
	const node = spawn.agent ?? spawn.provisional;
	const { failure } = spawn;
	// Only time tells whether that agent has begun another life since.
	const isItsLast = failure !== null && node?.lives.isLatest("transcript", failure.ts);
	if (isItsLast) failLaunch(session, spawn);
}

/** The call that failed was another agent's. */
function takeBackFailure({ failure }: Spawn, agent: GraphNode): void {
	if (failure?.ended !== agent) return;
	failure.ended = null;
	agent.lives.takeBackReport(failure.origin, failure.ts);
	if (!isCutOff(failure.errorClass) && agent.outcome === "fail") agent.outcome = null;
	if (!agent.isAlive && agent.endedAt === Math.max(failure.ts, agent.startedAt)) agent.live();
}

function newSpawn(session: GraphSession, id: string): Spawn {
	const spawn: Spawn = {
		id,
		bornAt: session.eventCount,
		said: null,
		parent: null,
		provisional: null,
		agent: null,
		failure: null,
		isConfirmed: false,
	};
	session.spawns.set(id, spawn);
	return spawn;
}

/** Finds the agent of a spawn that has none: one that started ahead of it, else a stand-in. */
function settle(session: GraphSession, spawn: Spawn): void {
	if (spawn.said === null) return;
	const agent = oldestOrphan(session, spawn);
	if (agent !== null) {
		attach(session, spawn, agent.id, agent.startedAt);
	} else if (spawn.provisional === null) {
		newStandIn(session, spawn, spawn.said.ts);
	}
}

function rebind(session: GraphSession, agent: GraphNode): void {
	const spawn = oldestUnbound(session, agent.agentType, agent);
	if (spawn !== null) attach(session, spawn, agent.id, agent.startedAt);
	else session.orphans.add(agent);
	session.changes.touch(agent);
}

function attach(session: GraphSession, spawn: Spawn, id: string, ts: number): GraphNode {
	let node = session.agents.get(id);
	const provisional = spawn.provisional;
	if (node === undefined && provisional !== null) {
		node = provisional;
		node.id = id;
		session.agents.set(id, node);
	} else {
		node ??= session.agent(id, ts);
		if (provisional !== null) merge(session, provisional, node);
	}
	spawn.provisional = null;
	spawn.agent = node;
	session.unbound.delete(spawn);
	session.orphans.delete(node);
	if (spawn.parent?.isWithin(node)) spawn.parent = null;
	// A second spawn of one agent resumes it; where it hangs was said by the first.
	if (node.spawn === null || (node.spawn.said === null && spawn.said !== null)) node.spawn = spawn;
	node.addAlias(spawn.id);
	failAgain(session, spawn);
	session.changes.touch(node);
	return node;
}

function detach(spawn: Spawn, agent: GraphNode): void {
	spawn.agent = null;
	agent.spawn = null;
	takeBackFailure(spawn, agent);
	agent.dropAlias(spawn.id);
}

/** The stand-in turns out to be a node that exists: what it gathered goes over. */
function merge(session: GraphSession, provisional: GraphNode, node: GraphNode): void {
	if (node.spawn !== null && node.isWithin(provisional)) node.spawn.parent = null;
	provisional.mergedInto = node;
	node.ledger.absorb(provisional.ledger);
	node.startedAt = earlier(node.startedAt, provisional.startedAt);
	node.usage.absorb(provisional.usage);
	node.reportedCostUsd ??= provisional.reportedCostUsd;
	node.toolStats ||= provisional.toolStats;
	// The launching call may have come back before its agent was known.
	const { phase, endedAt, lossReason } = provisional;
	const isOver = !provisional.isAlive && lossReason !== "silence";
	const isLatest = node.lives.isLatest("transcript", endedAt ?? 0);
	// Of lines of v1 alone nothing is told: their end may have been the launch.
	const isTold = node.lives.absorbEnds(provisional.lives);
	if (isOver && isTold && node.isAlive && isLatest) {
		node.outcome ??= provisional.outcome;
		session.end(node, phase === "lost" ? "lost" : "done", endedAt ?? 0, lossReason);
	}
	if (provisional.ledger.calls > 0) {
		for (const call of session.calls.values()) {
			if (call.owner === provisional) call.owner = node;
		}
	}
	session.changes.remove(provisional);
}

/** The earlier of two times, of which 0 is one that is not known yet. */
function earlier(a: number, b: number): number {
	return a === 0 || b === 0 ? Math.max(a, b) : Math.min(a, b);
}

/** The oldest spawn that asked for this type, else the oldest that left the type to the client. */
function oldestUnbound(session: GraphSession, type: string, agent: GraphNode | null): Spawn | null {
	let exact: Spawn | null = null;
	let untyped: Spawn | null = null;
	for (const spawn of session.unbound) {
		if (spawn.said === null || spawn.provisional?.isAlive !== true) continue;
		if (agent !== null && spawn.parent?.isWithin(agent)) continue;
		if (spawn.said.agentType === type) exact = older(exact, spawn);
		else if (spawn.said.agentType === "") untyped = older(untyped, spawn);
	}
	return exact ?? untyped;
}

function oldestOrphan(session: GraphSession, spawn: Spawn): GraphNode | null {
	const type = spawn.said?.agentType ?? "";
	const horizon = session.eventCount - OVERTAKING_WINDOW;
	let oldest: GraphNode | null = null;
	for (const agent of session.orphans) {
		if (agent.bornAt < horizon) session.orphans.delete(agent);
		else if (type !== "" && agent.agentType !== type) continue;
		else if (!spawn.parent?.isWithin(agent)) oldest = older(oldest, agent);
	}
	return oldest;
}

function older<T extends { readonly bornAt: number }>(a: T | null, b: T): T {
	return a === null || b.bornAt < a.bornAt ? b : a;
}
