import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import { EventLog } from "../../../support/log/eventLog.ts";
import { dump, eventsOf, newStore } from "../../../support/telemetry/telemetry.ts";

const hooks = (log: EventLog): AgentEvent[] => eventsOf(log.events);
/** The same as the transcript tells it. */
const transcript = (log: EventLog): AgentEvent[] =>
	eventsOf(log.events).map((event) => ({ ...event, origin: "transcript" }));

/** Durations as each source has them. */
const timed = (events: readonly AgentEvent[], durationMs: number | null): AgentEvent[] =>
	events.map((event) => (event.event === "tool_result" ? { ...event, durationMs } : event));

const call = (id: string, success = true): EventLog =>
	new EventLog().use(id, "a1", "Read").result(id, "a1", success, "Read");

async function stored(events: readonly AgentEvent[], batch = events.length || 1) {
	const store = await newStore();
	for (let at = 0; at < events.length; at += batch) {
		store.ingest(events.slice(at, at + batch), null);
	}
	return store;
}

async function callOf(events: readonly AgentEvent[]) {
	const store = await stored(events, 1);
	return store.first("SELECT duration_ms, success, error_class, source FROM calls");
}

const denied = (id: string): AgentEvent[] =>
	transcript(call(id, false)).map((event) =>
		event.event === "tool_result" ? { ...event, errorClass: "denied", durationMs: null } : event,
	);

describe("Calls from two sources", () => {
	it("are one call, which says that both know of it", async () => {
		const fromHooks = hooks(call("c1"));
		const fromTranscript = transcript(call("c1"));
		assert.equal((await callOf(fromHooks))?.[3], "hook");
		assert.equal((await callOf(fromTranscript))?.[3], "transcript");
		const store = await stored([...fromTranscript, ...fromHooks], 1);
		assert.deepEqual(store.first("SELECT count(*), max(source) FROM calls"), [1, "both"]);
		assert.deepEqual(
			store.first("SELECT sum(calls), sum(timed_calls) FROM function_totals"),
			[1, 1],
		);
	});

	it("last as long as the hook says, whichever came first", async () => {
		const [use, result] = timed(hooks(call("c1")), 20) as [AgentEvent, AgentEvent];
		const [line, answer] = timed(transcript(call("c1")), 500) as [AgentEvent, AgentEvent];
		for (const order of [
			[use, line, answer, result],
			[use, result, line, answer],
			[line, answer, use, result],
			[line, use, result, answer],
		]) {
			assert.equal((await callOf(order))?.[0], 20);
		}
		assert.equal((await callOf([use, line, answer]))?.[0], 500);
	});

	it("end as denied although the hooks never say so", async () => {
		const open = hooks(new EventLog().use("c1", "a1", "Read"));
		const ended = hooks(new EventLog().use("c1", "a1", "Read").add("session_end"));
		for (const order of [
			[...open, ...denied("c1")],
			[...denied("c1"), ...open],
			[...ended, ...denied("c1")],
			[...denied("c1"), ...ended],
		]) {
			assert.deepEqual((await callOf(order))?.slice(1, 3), [0, "denied"]);
		}
	});

	it("give the same tables in any order, with any repetition, in any batches", async () => {
		const all = [
			...timed(hooks(call("c1")), 20),
			...timed(transcript(call("c1")), 500),
			...timed(transcript(call("c2", false)), 90),
			...hooks(new EventLog().use("c2", "a1", "Read")),
			...hooks(new EventLog().use("c3", "a1", "Read")),
			...denied("c3"),
			...timed(transcript(call("c4")), 7),
			...timed(hooks(call("c4", false)), null),
		];
		const expected = dump(await stored(all));
		const copies = all.flatMap((event) => [event, event]);
		const orders = fc.shuffledSubarray(copies, { minLength: copies.length });
		await fc.assert(
			fc.asyncProperty(orders, fc.integer({ min: 1, max: 9 }), async (events, batch) => {
				assert.deepEqual(dump(await stored(events, batch)), expected);
			}),
			{ numRuns: 150 },
		);
	});
});

describe("What two sources tell of one call beside the call", () => {
	it("is one skill, in either order", async () => {
		const skill = { id: "c1", skill: "review", success: true, duration_ms: 7 };
		const [hook] = hooks(new EventLog().add("skill_use", skill)) as [AgentEvent];
		const line = {
			...hook,
			origin: "transcript",
			ts: hook.ts + 30,
			durationMs: 9000,
		} as AgentEvent;
		const store = await stored([hook, line], 1);
		assert.deepEqual(store.first("SELECT ts, duration_ms FROM skill_invocations"), [hook.ts, 7]);
		assert.deepEqual(dump(await stored([line, hook], 1)), dump(store));
	});

	it("is a use of a skill by its result alone, and failed where one says so", async () => {
		const skill = { id: "c1", skill: "review", duration_ms: 7 };
		const result = (success: boolean) =>
			new EventLog().add("tool_result", { ...skill, tool: "Skill", success });
		const use = hooks(new EventLog().add("skill_use", { ...skill, success: true }));
		for (const [events, success] of [
			[hooks(result(false)), 0],
			[transcript(result(false)), 0],
			[hooks(result(true)), 1],
			[[...use, ...hooks(result(false))], 0],
			[[...hooks(result(false)), ...use], 0],
		] as const) {
			const store = await stored(events, 1);
			assert.deepEqual(store.all("SELECT skill, success FROM skill_invocations"), [
				{ skill: "review", success },
			]);
		}
	});

	it("is a skill of the session that a better source names, in either order", async () => {
		const skill = { id: "c1", skill: "review", success: true };
		const [older] = hooks(new EventLog().v1("skill_use", { ...skill, agent_id: "main" }));
		const [line] = transcript(new EventLog().add("skill_use", skill));
		assert.ok(older !== undefined && line !== undefined);
		for (const order of [
			[older, line],
			[line, older],
		]) {
			const store = await stored(order, 1);
			const sessions = store.first(
				"SELECT c.session_id, s.session_id FROM calls c, skill_invocations s",
			);
			assert.deepEqual(sessions, [line.session, line.session]);
		}
	});

	it("is one write, with the path that says more, in either order", async () => {
		const edit = { tool: "Edit", lines_added: 3, lines_removed: 1, success: true, duration_ms: 5 };
		const written = (path: string) =>
			hooks(new EventLog().add("tool_result", { id: "c1", ...edit, file_path: path }));
		const [hook] = written("a.ts") as [AgentEvent];
		const [told] = written("/home/dev/app/a.ts") as [AgentEvent];
		const line = { ...told, origin: "transcript", ts: told.ts + 30 } as AgentEvent;
		const store = await stored([hook, line], 1);
		const path = store.first("SELECT file_path FROM code_writes");
		assert.deepEqual(path, ["/home/dev/app/a.ts"]);
		assert.deepEqual(dump(await stored([line, hook], 1)).code_writes, dump(store).code_writes);
	});
});
