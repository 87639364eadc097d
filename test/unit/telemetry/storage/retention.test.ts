import assert from "node:assert/strict";
import { NO_FACTS } from "../../../../src/facts/callFacts.ts";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import { PrunedFilter } from "../../../../src/telemetry/rollups/prunedFilter.ts";
import { prune, prunedBefore } from "../../../../src/telemetry/storage/retention.ts";
import type { TelemetryStore } from "../../../../src/telemetry/storage/store.ts";
import { eventsOf, NOW, newStore } from "../../../support/telemetry/telemetry.ts";

const DAY_MS = 86_400_000;

function call(id: string, daysAgo: number, session_id = "s1"): object[] {
	const ts = new Date(NOW - daysAgo * DAY_MS).toISOString();
	const common = { v: 2, ts, session_id, cwd: "/home/dev", id, tool: "Read" };
	return [
		{ ...common, event: "tool_use" },
		{ ...common, event: "tool_result", success: true, duration_ms: 5 },
	];
}

const idsOf = (store: TelemetryStore) =>
	store.all<{ id: string }>("SELECT tool_use_id AS id FROM calls ORDER BY 1").map((row) => row.id);

describe("Retention", () => {
	const events = eventsOf([
		...call("old", 100),
		...call("older", 120),
		...call("recent", 10),
		...call("new", 0),
	]);
	let store: TelemetryStore;
	beforeEach(async () => {
		store = await newStore();
		store.ingest(events, null);
	});
	afterEach(() => store.close());

	it("deletes old rows and keeps totals and sessions", () => {
		prune(store, 90, NOW);
		assert.deepEqual(idsOf(store), ["new", "recent"]);
		const [totals] = store.all<{ calls: number }>("SELECT calls FROM function_totals");
		assert.equal(totals?.calls, 4);
		assert.equal(store.first("SELECT count(*) FROM sessions")?.[0], 1);
		assert.equal(store.first("SELECT calls FROM session_totals")?.[0], 4);
	});

	it("still knows when a function was last used, and when it last failed", async () => {
		const git = (id: string, daysAgo: number, success: boolean) =>
			eventsOf(call(id, daysAgo).map((line) => ({ ...line, tool: "Bash", program: "git" }))).map(
				(event) => (event.event === "tool_result" ? { ...event, success } : event),
			);
		store.ingest([...git("used", 100, true), ...git("failed", 110, false)], null);
		const recent = git("committed", 0, true);
		store.ingest(recent, null);
		prune(store, 90, NOW);
		// The transcript knows better what the newest one was.
		const lines = recent.map((event): AgentEvent => ({ ...event, origin: "transcript" }));
		const facts = { ...NO_FACTS, functionId: "bash:git commit" };
		store.ingest(lines, null, undefined, new Map(lines.map((line) => [line, facts])));
		const sums = store.first(`SELECT calls_total, last_used_at, last_error_ts FROM function_stats
			WHERE function_id = 'bash:git'`);
		// A call begins as long before its result as it took.
		assert.deepEqual(sums, [2, NOW - 100 * DAY_MS - 5, NOW - 110 * DAY_MS - 5]);
	});

	it("does not count again what it deleted, when the log is read once more", () => {
		prune(store, 90, NOW);
		store.ingest(new PrunedFilter(prunedBefore(store)).keep(events), null);
		assert.deepEqual(idsOf(store), ["new", "recent"]);
		assert.equal(store.first("SELECT calls FROM function_totals")?.[0], 4);
	});

	it("skips the late result of a call whose beginning it deleted", () => {
		const [use] = call("across", 100);
		const [, result] = call("across", 80);
		const filter = new PrunedFilter(NOW - 90 * DAY_MS);
		assert.deepEqual(filter.keep(eventsOf([use as object, result as object])), []);
	});

	it("keeps what a file beside a transcript tells, which has no time of its own", () => {
		const meta: AgentEvent = {
			event: "agent_meta",
			origin: "transcript",
			client: "claude-code",
			v: 2,
			ts: 0,
			session: "s1",
			agent: "",
			cwd: "",
			id: "toolu_1",
			child: "a1",
			parent: "",
			agentType: "Explore",
			defaultType: "",
			model: "",
			description: "",
			background: false,
			note: null,
		};
		const filter = new PrunedFilter(NOW - 90 * DAY_MS);
		assert.deepEqual(filter.keep([meta]), [meta]);
	});

	it("leaves the last day of a log that is old as a whole", async () => {
		const old = await newStore();
		old.ingest(eventsOf([...call("a", 300), ...call("b", 200.5), ...call("c", 200)]), null);
		prune(old, 90, NOW);
		assert.deepEqual(idsOf(old), ["b", "c"]);
		old.close();
	});

	it("forgets hours that no window asks for", () => {
		prune(store, 90, NOW + 3 * DAY_MS);
		assert.equal(store.first("SELECT count(*) FROM function_hours")?.[0], 0);
	});
});

describe("Retention of agents", () => {
	const at = (days: number) => new Date(NOW - days * DAY_MS).toISOString();
	const head = (days: number) => ({ v: 2, ts: at(days), session_id: "s1" });

	it("keeps those that have no end, or no time, as long as their session is heard of", async () => {
		const store = await newStore();
		store.ingest(
			eventsOf([
				{ ...head(120), event: "agent_start", agent_id: "runs", agent_type: "Explore" },
				{ ...head(120), event: "agent_start", agent_id: "ended", agent_type: "Explore" },
				{ ...head(119), event: "agent_stop", agent_id: "ended", agent_type: "Explore" },
				{ ...head(119), event: "agent_link", id: "t1", child_id: "linked", status: "completed" },
				{ ...head(1), event: "tool_use", id: "c1", tool: "Read" },
			]),
			null,
		);
		const agents = () =>
			store.all<{ id: string }>("SELECT agent_id AS id FROM agents ORDER BY 1").map(({ id }) => id);
		prune(store, 90, NOW);
		assert.deepEqual(agents(), ["linked", "runs"]);
		assert.equal(store.first("SELECT count(*) FROM agent_spawns")?.[0], 1);
		store.close();
	});
});
