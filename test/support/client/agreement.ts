import assert from "node:assert/strict";
import { LiveGraph } from "../../../src/model/graph/liveGraph.ts";
import { describeGraph } from "../../../src/model/graph/told/graphDescription.ts";
import type { Payload } from "../hooks/payloads.ts";
import { applyLine } from "../log/applyLine.ts";
import type { AgentRecord, Calls, ClientRecords } from "./clientRecords.ts";
import type { ClientRun } from "./clientRun.ts";

type Event = Readonly<Record<string, unknown>>;

/** The log must hold each call on the agent that made it, and each agent's launch, link and end. */
export function assertLogAgrees(run: ClientRun, records: ClientRecords): void {
	const events: Event[] = run.events().map((line) => JSON.parse(line));
	const made = (id: string | undefined) =>
		callsIn(events.filter(({ agent_id }) => agent_id === id));
	assert.deepEqual(made(undefined), records.calls, "the orchestrator's calls");
	for (const agent of records.agents) {
		assert.deepEqual(made(agent.id), agent.calls, `calls of ${agent.description}`);
		assert.deepEqual(lifeIn(events, agent), expectedLife(agent), agent.description);
	}
}

/** The log must hold one event for each payload of these hooks: nothing lost, nothing twice. */
export function assertNothingLost(run: ClientRun): void {
	const events: Event[] = run.events().map((line) => JSON.parse(line));
	const reported = count(run.payloads().map(eventOf));
	const written = count(events.map(({ event }) => String(event)));
	// One launch that came back gives two events, a notice of a shell none; those vary.
	for (const name of ["agent_done", "skill_use"]) delete written[name];
	assert.deepEqual(written, reported);
}

/** The graph must show the family as the client's records have it, and nobody still at work. */
export function assertGraphAgrees(run: ClientRun, records: ClientRecords): void {
	const graph = new LiveGraph();
	for (const line of run.events()) applyLine(graph, line);
	const { nodes, counters } = describeGraph(graph);
	const shown = nodes.map(({ id, parent, type, state, outcome, stubs, calls, failures }) => ({
		id,
		parent,
		state,
		outcome,
		stubs,
		calls,
		failures,
		type: parent === null ? "main" : type,
	}));
	const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
	const root = {
		id: records.session,
		parent: null,
		type: "main",
		outcome: null,
		stubs: null,
		calls: records.calls.all.length,
		failures: records.calls.failed.length,
	};
	const expected = records.agents.map(({ id, parent, type, outcome, stubs, calls }) => ({
		id,
		parent: parent ?? records.session,
		type,
		state: "done",
		outcome,
		stubs,
		calls: calls.all.length,
		failures: calls.failed.length,
	}));
	const session = shown.find(({ id }) => id === records.session);
	assert.deepEqual(session && { ...session, state: undefined }, { ...root, state: undefined });
	assert.deepEqual(shown.filter((node) => node !== session).sort(byId), expected.sort(byId));
	assert.deepEqual([counters.alive, counters.lost], [0, 0]);
}

/** At no line of the log may the graph show an agent as ended whose stop has not been read yet. */
export function assertNoneEndsEarly(run: ClientRun): void {
	const graph = new LiveGraph();
	const stopped = new Set<unknown>();
	for (const line of run.events()) {
		const { event, agent_id } = JSON.parse(line);
		if (event === "agent_stop") stopped.add(agent_id);
		applyLine(graph, line);
		const ended = describeGraph(graph).nodes.filter(
			({ kind, state }) => kind === "agent" && (state === "done" || state === "lost"),
		);
		for (const { id } of ended) assert.ok(stopped.has(id), `${id} ended at ${line}`);
	}
}

/** What an agent went through in the graph while the log was read, without repetitions. */
export function statesOf(run: ClientRun, id: string): string[] {
	const graph = new LiveGraph();
	const states: string[] = [];
	for (const line of run.events()) {
		applyLine(graph, line);
		const state = describeGraph(graph).nodes.find((node) => node.id === id)?.state;
		if (state !== undefined && state !== "starting" && state !== states.at(-1)) states.push(state);
	}
	return states;
}

function callsIn(events: readonly Event[]): Calls {
	const all = idsOf(events, (event) => event.event === "tool_use");
	const results = idsOf(events, (event) => event.event === "tool_result");
	assert.deepEqual(results, all, "a call without its result, or the other way round");
	return { all, failed: idsOf(events, (event) => event.success === false) };
}

function idsOf(events: readonly Event[], wanted: (event: Event) => boolean): string[] {
	return events
		.filter((event) => wanted(event))
		.map(({ id }) => String(id))
		.sort();
}

/** What the log says of one agent's life, in the words of {@link expectedLife}. */
function lifeIn(events: readonly Event[], agent: AgentRecord): object {
	const one = (name: string, key: string, value: string): Event => {
		const found = events.filter((event) => event.event === name && event[key] === value);
		assert.equal(found.length, 1, `${name} of ${agent.description}`);
		return found[0] ?? {};
	};
	const spawn = one("agent_spawn", "id", agent.launch);
	const start = one("agent_start", "agent_id", agent.id);
	const stop = one("agent_stop", "agent_id", agent.id);
	return {
		spawn: [spawn.parent_id, spawn.subagent_type, spawn.description],
		start: start.agent_type,
		link: one("agent_link", "child_id", agent.id).id,
		stop: [stop.agent_type, stop.outcome, stop.stubs],
	};
}

function expectedLife({ type, description, launch, parent, outcome, stubs }: AgentRecord): object {
	return {
		spawn: [parent, type, description],
		start: type,
		link: launch,
		stop: [type, outcome, stubs],
	};
}

const EVENTS: Readonly<Record<string, string>> = {
	SessionStart: "session_start",
	SessionEnd: "session_end",
	SubagentStart: "agent_start",
	SubagentStop: "agent_stop",
	PermissionRequest: "permission_wait",
	Notification: "notification",
	PreCompact: "compact",
	Stop: "turn_end",
};

function eventOf({ hook_event_name: hook, tool_name: tool, prompt }: Payload): string {
	if (hook === "UserPromptSubmit") {
		return String(prompt).startsWith("<task-notification>") ? "agent_result" : "prompt";
	}
	if (hook === "PreToolUse") return tool === "Agent" ? "agent_spawn" : "tool_use";
	if (hook === "PostToolUse" && tool === "Agent") return "agent_link";
	return EVENTS[String(hook)] ?? "tool_result";
}

function count(names: readonly string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const name of names.toSorted()) counts[name] = (counts[name] ?? 0) + 1;
	return counts;
}
