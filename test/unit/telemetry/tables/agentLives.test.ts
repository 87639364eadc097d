import assert from "node:assert/strict";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import { EventLog, SESSION } from "../../../support/log/eventLog.ts";
import { dump, eventsOf, newStore, storeOf } from "../../../support/telemetry/telemetry.ts";
import {
	hookEvents,
	runNames,
	transcriptEvents,
} from "../../../support/transcripts/recordedRun.ts";

const START = Date.parse("2026-01-01T10:00:00.000Z");
const at = (seconds: number): string => new Date(START + seconds * 1000).toISOString();
const ms = (seconds: number): number => START + seconds * 1000;

/** The log of agent a1, by seconds. */
class Life extends EventLog {
	begins(seconds: number): this {
		return this.add("agent_start", { ts: at(seconds), agent_id: "a1", agent_type: "x" });
	}

	stops(seconds: number): this {
		return this.add("agent_stop", { ts: at(seconds), agent_id: "a1", agent_type: "x" });
	}

	reported(id: string, status: string, seconds: number): this {
		return this.add("agent_result", { ts: at(seconds), id, child_id: "a1", status });
	}
}

async function endOf(log: EventLog): Promise<unknown> {
	const store = await storeOf([eventsOf(log.events)]);
	return store.first("SELECT ended_at FROM agents")?.[0];
}

async function launchOf(log: EventLog): Promise<unknown[]> {
	const store = await storeOf([eventsOf(log.events)]);
	return store.first("SELECT success, error_class FROM calls WHERE tool_use_id = 't1'") ?? [];
}

describe("The lives of an agent in the telemetry", () => {
	it("go on when the stop of the one before is reported late", async () => {
		const log = new Life().spawn("t1", "x", { ts: at(1) }).link("t1", "a1", { ts: at(2) });
		log.begins(2).begins(10).reported("t1", "killed", 10.1);
		assert.equal(await endOf(log), null);
		assert.deepEqual(await launchOf(log), [null, null]);
	});

	it("end when a later one was stopped by someone, which no stop tells", async () => {
		const log = new Life().spawn("t1", "x", { ts: at(1) }).link("t1", "a1", { ts: at(2) });
		log.begins(2).stops(5).reported("t1", "completed", 6).begins(10).reported("m1", "killed", 20);
		assert.equal(await endOf(log), ms(20));
		assert.deepEqual(await launchOf(log), [1, null]);
	});

	it("end with the third, when the first and the third were stopped by someone", async () => {
		const log = new Life().begins(2).reported("t1", "killed", 6).begins(10).stops(15);
		assert.equal(await endOf(log.begins(20)), null);
		assert.equal(await endOf(log.reported("m2", "killed", 26)), ms(26));
	});

	for (const [first, second] of [
		["completed", "failed"],
		["completed", "stopped"],
		["killed", "stopped"],
		["killed", "failed"],
		["failed", "killed"],
		["stopped", "killed"],
	] as const) {
		it(`end without a stop, ${second} after one that was ${first}`, async () => {
			const log = new Life().spawn("t1", "x", { ts: at(1) }).link("t1", "a1", { ts: at(2) });
			log.begins(2);
			if (first === "completed") log.stops(5);
			log.reported("t1", first, 6).begins(10);
			assert.equal(await endOf(log), null);
			assert.equal(await endOf(log.reported("m1", second, 20)), ms(20));
			assert.deepEqual(await launchOf(log), second === "failed" ? [0, "outcome_fail"] : [1, null]);
		});
	}

	it("go on when a report of the one before comes late, of whatever kind", async () => {
		for (const status of ["completed", "failed"]) {
			const log = new Life().begins(2).stops(5).begins(10).reported("t1", status, 10.1);
			assert.equal(await endOf(log), null, status);
		}
	});

	it("end as someone stops one, where a session's end cut the one before off", async () => {
		const log = new Life().begins(2).add("session_end", { ts: at(5) });
		log.add("session_start", { ts: at(8), source: "resume" });
		log.add("agent_start", { ts: at(10), agent_id: "a1", agent_type: "x" });
		assert.equal(await endOf(log), null);
		log.add("agent_result", { ts: at(20), id: "m1", child_id: "a1", status: "killed" });
		assert.equal(await endOf(log), ms(20));
	});

	it("end with the first end of their session, whichever end is read first", async () => {
		const log = new Life().begins(2).add("session_end", { ts: at(5) });
		const [start, end, later] = eventsOf(log.add("session_end", { ts: at(9) }).events);
		assert.ok(start !== undefined && end !== undefined && later !== undefined);
		const expected = dump(await storeOf([[start, end, later]]));
		assert.deepEqual(dump(await storeOf([[start], [later], [end]])), expected);
	});

	it("end with their session, also when another one that tells of them is read last", async () => {
		const log = eventsOf(new Life().begins(2).add("session_end", { ts: at(5) }).events);
		const other = new EventLog("6e55104e-0000-4000-8000-000000000001");
		const told = eventsOf(other.link("t9", "a1", { ts: at(3) }).events);
		const expected = dump(await storeOf([told, log])).agents;
		assert.deepEqual(dump(await storeOf([log, told])).agents, expected);
	});

	it("are one where hooks that are installed twice tell of it twice", async () => {
		const log = new Life().begins(2).begins(2.1).reported("t1", "killed", 6);
		assert.equal(await endOf(log), ms(6));
	});

	it("fail as the client reports, unless the agent itself said how it went", async () => {
		const failed = new Life().spawn("t1", "x").begins(2).link("t1", "a1");
		failed.reported("t1", "failed", 6);
		assert.deepEqual(await launchOf(failed), [0, "outcome_fail"]);
		const said = new Life().spawn("t1", "x").begins(2).link("t1", "a1");
		said.add("agent_stop", { ts: at(5), agent_id: "a1", agent_type: "x", outcome: "partial" });
		assert.deepEqual(await launchOf(said.reported("t1", "failed", 6)), [1, null]);
	});

	it("come to what the last of them came to", async () => {
		const log = new EventLog().spawn("t1", "x").start("a1", "x").link("t1", "a1");
		log.stop("a1", "x", "fail").start("a1", "x").stop("a1", "x", null);
		const store = await storeOf([eventsOf(log.events)]);
		assert.deepEqual(store.first("SELECT outcome FROM agents"), [null]);
	});

	it("end all the calls that launched it", async () => {
		const log = new EventLog().spawn("t1", "x").start("a1", "x").link("t1", "a1").stop("a1", "x");
		log.spawn("t2", "x").start("a1", "x").link("t2", "a1").stop("a1", "x");
		const events = eventsOf(log.events);
		const expected = dump(await storeOf([events])).calls;
		assert.deepEqual(dump(await storeOf(events.map((event) => [event]))).calls, expected);
	});

	it("do not begin again with a meta file that is read alone after the session's end", async () => {
		const log = new EventLog().spawn("t1", "x").start("a1", "x").link("t1", "a1");
		const events = eventsOf(log.add("session_end").events);
		const meta: AgentEvent = {
			event: "agent_meta",
			origin: "transcript",
			client: "claude-code",
			v: 2,
			ts: ms(60),
			session: SESSION,
			agent: "",
			cwd: "",
			id: "t1",
			child: "a1",
			parent: "",
			agentType: "x",
			defaultType: "",
			model: "",
			description: "",
			background: true,
			note: null,
		};
		const expected = dump(await storeOf([[...events, meta]]));
		assert.deepEqual(dump(await storeOf([events, [meta]])), expected);
	});

	it("that a session's end cut off ended then, whatever the session did later", async () => {
		const log = new EventLog().spawn("t1", "x").start("a1", "x").link("t1", "a1");
		log.add("session_end").add("session_start", { source: "resume" });
		const events = eventsOf(log.use("c9").result("c9").add("session_end").events);
		const inTwo = dump(await storeOf([events.slice(0, 4), events.slice(4)]));
		assert.deepEqual(dump(await storeOf([events])).agents, inTwo.agents);
	});

	it("stand in one row where hooks of both versions write", async () => {
		const log = new EventLog().spawn("t1", "x").start("a1", "x");
		log.v1("agent_spawn", { id: "t1", parent_id: SESSION, subagent_type: "x" }).link("t1", "a1");
		log.v1("agent_done", { id: "t1", outcome: null, duration_ms: 5, tool_use_count: 1 });
		const store = await storeOf(eventsOf(log.events).map((event) => [event]));
		assert.deepEqual(store.all("SELECT agent_id FROM agents"), [{ agent_id: "a1" }]);
	});
});

describe("Launches in the telemetry", () => {
	it("say who told of them", async () => {
		const log = new EventLog().spawn("t1", "x").link("t1", "a1");
		const lines = eventsOf(log.events).map(
			(event): AgentEvent => ({ ...event, origin: "transcript" }),
		);
		const sourceIn = async (batches: readonly (readonly AgentEvent[])[]) =>
			(await storeOf(batches)).first("SELECT source FROM calls")?.[0];
		assert.equal(await sourceIn([lines]), "transcript");
		assert.equal(await sourceIn([lines, eventsOf(log.events)]), "both");
		assert.equal(await sourceIn([eventsOf(log.events)]), "hook");
	});
});

describe("Sessions in the telemetry", () => {
	it("that were resumed are only last heard of until they end again", async () => {
		const log = new EventLog().add("session_start", { source: "startup" }).add("session_end");
		log.add("session_start", { source: "resume" }).use("c9").result("c9");
		const end = async () => {
			const store = await storeOf([eventsOf(log.events)]);
			const [endedAt, by, heardAt] =
				store.first("SELECT ended_at, ended_by, last_heard_at FROM sessions") ?? [];
			return { isHeard: endedAt === heardAt, endedAt, by };
		};
		const { isHeard, by } = await end();
		assert.deepEqual({ isHeard, by }, { isHeard: true, by: "last_heard" });
		log.add("session_end", { ts: at(100) });
		assert.deepEqual(await end(), { isHeard: true, endedAt: ms(100), by: "session_end" });
	});
});

describe("A run of the real client in the telemetry", () => {
	for (const name of runNames) {
		it(`is the same in whatever order and parts it is read (${name})`, async () => {
			const [hooks, files] = [hookEvents(name), transcriptEvents(name)];
			const all = [...hooks, ...files.flat()];
			const alone = all.map((event) => [event]);
			const expected = dump(await storeOf([all]));
			const orders: Readonly<Record<string, readonly (readonly AgentEvent[])[]>> = {
				"the log first": [hooks, ...files],
				"the log last": [...files, hooks],
				"one by one": alone,
				"one by one, backwards": alone.toReversed(),
				backwards: [all.toReversed()],
				"files backwards": [...files.toReversed(), hooks],
				twice: [hooks, ...files, hooks, ...files],
			};
			for (const [order, batches] of Object.entries(orders)) {
				assert.deepEqual(dump(await storeOf(batches)), expected, order);
			}
		});
	}

	it("has no agent that goes by the id of its launching call", async () => {
		const store = await newStore();
		for (const event of transcriptEvents("everything").flat()) store.ingest([event], null);
		assert.deepEqual(store.all("SELECT agent_id FROM agents WHERE agent_id LIKE 'toolu_%'"), []);
	});
});
