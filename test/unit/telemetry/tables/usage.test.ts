import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { inProject } from "../../../../scripts/paths.ts";
import type { AgentEvent, UsageEvent } from "../../../../src/model/events/events.ts";
import { usageFacts } from "../../../../src/telemetry/queries/usageQueries.ts";
import { PrunedFilter } from "../../../../src/telemetry/rollups/prunedFilter.ts";
import { prune, prunedBefore } from "../../../../src/telemetry/storage/retention.ts";
import { TelemetryStore } from "../../../../src/telemetry/storage/store.ts";
import { EventLog } from "../../../support/log/eventLog.ts";
import { auditRollups } from "../../../support/telemetry/rollupAudit.ts";
import { dump, eventsOf, NOW, newStore, sqlJs } from "../../../support/telemetry/telemetry.ts";

const DAY_MS = 86_400_000;

function usage(fields: Partial<UsageEvent> = {}): UsageEvent {
	return {
		event: "usage",
		origin: "transcript",
		client: "claude-code",
		v: 2,
		ts: NOW,
		session: "s1",
		agent: "",
		cwd: "/home/dev/app",
		note: null,
		message: "m1",
		model: "claude-sonnet-5",
		tokensIn: 1200,
		tokensOut: 42,
		cacheRead: 5000,
		cacheWrite5m: 300,
		cacheWrite1h: 0,
		costUsd: 0.00457,
		isAside: false,
		...fields,
	};
}

async function storeOf(...batches: (readonly AgentEvent[])[]): Promise<TelemetryStore> {
	const store = await newStore();
	for (const batch of batches) store.ingest(batch, null);
	return store;
}

const agentRow = (store: TelemetryStore, id: string) =>
	store.first(
		"SELECT tokens_in, tokens_out, cache_read, cache_write, cost_usd FROM agents WHERE agent_id = ?",
		[id],
	);

const priceless = (fields: Partial<UsageEvent>) =>
	usage({ model: "own", costUsd: null, ...fields });

describe("Tokens that were received over OTLP", () => {
	const received = (fields: Partial<UsageEvent> = {}) =>
		usage({ origin: "hook", via: "otlp", message: "otlp:s1:a", ...fields });

	it("give way to a transcript's, in any order and over any batches, and no others do", async () => {
		const told = [usage(), usage({ message: "m2", agent: "a1" })];
		const programs = usage({ origin: "hook", message: "record_1" });
		const other = received({ message: "otlp:s2:a", session: "s2", agent: "a9" });
		const all = [
			...told,
			programs,
			other,
			received(),
			received({ message: "otlp:s1:b", agent: "a1", model: "other" }),
		];
		const rowsIn = (store: TelemetryStore) => [dump(store).messages, dump(store).usage_days];
		const right = await storeOf([...told, programs, other]);
		const expected = rowsIn(right);
		const agent = agentRow(right, "a1");
		right.close();
		await fc.assert(
			fc.asyncProperty(
				fc.shuffledSubarray(all, { minLength: all.length }),
				fc.integer({ min: 0, max: all.length }),
				async (events, cut) => {
					const store = await storeOf(events.slice(0, cut), events.slice(cut), events);
					assert.deepEqual(rowsIn(store), expected);
					assert.deepEqual(agentRow(store, "a1"), agent);
					assert.deepEqual(auditRollups(store, NOW), []);
					store.close();
				},
			),
			{ numRuns: 40 },
		);
	});

	it("are taken out by a program that is started anew", async () => {
		const store = await storeOf([received(), received({ message: "otlp:s1:b" })]);
		const bytes = store.export();
		store.close();
		const again = new TelemetryStore(await sqlJs(), bytes, () => NOW);
		again.ingest([usage()], null);
		again.ingest([received({ message: "otlp:s1:c" })], null);
		assert.deepEqual(again.all("SELECT message_id AS id FROM messages"), [{ id: "m1" }]);
		again.close();
	});
});

describe("Tokens and cost", () => {
	it("are counted once per message, with the most output, over all files and sessions", async () => {
		const store = await storeOf(
			[usage({ tokensOut: 1 }), usage({ tokensOut: 42 }), usage({ tokensOut: 7 })],
			[usage({ session: "resumed" }), usage({ message: "m2", tokensOut: 8 })],
		);
		const { all } = usageFacts(store, NOW);
		assert.deepEqual([all.messages, all.tokensOut, all.tokensIn], [2, 50, 2400]);
	});

	it("are the session's own where a message stands in an agent's file as well", async () => {
		const own = usage({ tokensOut: 10 });
		const copy = usage({ agent: "a1", tokensOut: 90 });
		for (const order of [
			[own, copy],
			[copy, own],
		]) {
			const store = await storeOf(...order.map((event) => [event]));
			assert.equal(usageFacts(store, NOW).all.tokensOut, 10);
			assert.deepEqual(agentRow(store, "a1"), [null, null, null, null, null]);
		}
	});

	it("stand with their agent, also when more becomes known of it", async () => {
		const log = new EventLog("s1").spawn("t1", "x").start("a1", "x").link("t1", "a1");
		const store = await storeOf(
			[usage({ agent: "a1" }), usage({ agent: "a1", message: "m2", cacheWrite1h: 50 })],
			eventsOf(log.events),
		);
		assert.deepEqual(agentRow(store, "a1"), [2400, 84, 10_000, 650, 0.00914]);
	});

	it("beat what the client reported of an agent's cost, unless none of its models has a price", async () => {
		const ts = new Date(NOW).toISOString();
		const done = eventsOf([{ ts, event: "agent_done", id: "a1", cost_usd: 9 }]);
		const known = await storeOf(done, [usage({ agent: "a1" })]);
		assert.equal(agentRow(known, "a1")?.[4], 0.00457);
		const unknown = await storeOf([priceless({ agent: "a1" })], done);
		assert.deepEqual(agentRow(unknown, "a1")?.slice(3), [300, 9]);
	});

	it("leave what an earlier version knew of an agent's cost", async () => {
		const sql = await sqlJs();
		const old = new sql.Database();
		const file = inProject("src/telemetry/migrations/001-initial.sql");
		old.exec(`${readFileSync(file, "utf8")}; PRAGMA user_version = 1`);
		old.run("INSERT INTO agents (agent_id, session_id, cost_usd) VALUES ('a1', 's1', 9)");
		const store = new TelemetryStore(sql, old.export(), () => NOW);
		assert.deepEqual(agentRow(store, "a1"), [null, null, null, null, 9]);
		store.ingest([priceless({ agent: "a1" })], null);
		assert.equal(agentRow(store, "a1")?.[4], 9);
		store.ingest([usage({ agent: "a1" })], null);
		assert.equal(agentRow(store, "a1")?.[4], 0.00457);
	});

	it("are told by day, model and session, with the models that have no price", async () => {
		const store = await storeOf([
			usage({ message: "today" }),
			usage({ message: "week", ts: NOW - 3 * DAY_MS, session: "s2" }),
			priceless({ message: "month", ts: NOW - 20 * DAY_MS, session: "s3" }),
			usage({ message: "old", ts: NOW - 200 * DAY_MS, session: "s2" }),
		]);
		const facts = usageFacts(store, NOW);
		const { today, last7Days, last30Days, all } = facts;
		assert.deepEqual(
			[today, last7Days, last30Days, all].map(({ messages, costUsd, messagesWithoutPrice }) => [
				messages,
				costUsd,
				messagesWithoutPrice,
			]),
			[
				[1, 0.00457, 0],
				[2, 0.00914, 0],
				[3, 0.00914, 1],
				[4, 0.01371, 1],
			],
		);
		assert.deepEqual(
			facts.models.map(({ model, costUsd }) => [model, costUsd]),
			[
				["claude-sonnet-5", 0.01371],
				["own", null],
			],
		);
		assert.deepEqual(
			facts.topSessions.map(({ sessionId, costUsd }) => [sessionId, costUsd]),
			[
				["s2", 0.00914],
				["s1", 0.00457],
				["s3", null],
			],
		);
		assert.deepEqual(facts.modelsWithoutPrice, ["own"]);
	});

	it("of nothing are nothing, and have no cost", async () => {
		const { all, models } = usageFacts(await newStore(), NOW);
		assert.deepEqual([all.messages, all.tokensIn, all.costUsd, models], [0, 0, null, []]);
	});
});

/** Reports of few messages, so that they meet again in other files and sessions. */
const report = fc
	.record({
		message: fc.integer({ min: 0, max: 5 }).map((n) => `m${n}`),
		session: fc.constantFrom("s1", "s2"),
		agent: fc.constantFrom("", "a1", "a2"),
		ts: fc.integer({ min: 0, max: 72 }).map((hours) => NOW - hours * 3_600_000),
		tokensOut: fc.nat(3),
		model: fc.constantFrom("claude-sonnet-5", "own"),
		cents: fc.nat(500),
	})
	.map(({ cents, ...fields }) =>
		usage({ ...fields, costUsd: fields.model === "own" ? null : cents / 700 }),
	);

describe("Messages in any order, doubled, in any batches", () => {
	it("give the same database", async () => {
		const property = fc.asyncProperty(
			fc.array(report, { minLength: 1, maxLength: 25 }),
			fc.infiniteStream(fc.nat()),
			async (reports, random) => {
				const usual = await storeOf(reports);
				const expected = dump(usual);
				assert.deepEqual(auditRollups(usual, NOW), []);
				const doubled = [...reports, ...reports.slice(0, 5)]
					.map((event) => [random.next().value ?? 0, event] as const)
					.sort(([a], [b]) => a - b)
					.map(([, event]) => event);
				const cut = doubled.length / 2;
				const other = await storeOf(doubled.slice(0, cut), doubled.slice(cut), reports);
				assert.deepEqual(dump(other), expected);
				assert.deepEqual(auditRollups(other, NOW), []);
				usual.close();
				other.close();
			},
		);
		await fc.assert(property, { numRuns: 150 });
	});

	it("leave nothing behind of a transaction that failed", async () => {
		const store = await storeOf([usage()]);
		const cursor = { source: "log", fileIdentity: "1:1", byteOffset: Number.NaN };
		assert.throws(() => store.ingest([usage({ message: "m2" })], cursor));
		store.ingest([usage({ message: "m3" })], null);
		assert.equal(usageFacts(store, NOW).all.messages, 2);
		assert.deepEqual(auditRollups(store, NOW), []);
	});
});

describe("Messages past the days that rows are kept", () => {
	const old = NOW - 100 * DAY_MS;
	const edge = NOW - 90 * DAY_MS;
	const events = [
		...eventsOf(new EventLog("s1").use("c1").events),
		usage({ message: "old", ts: old }),
		usage({ message: "new" }),
		// Two lines of one message, a second before and after the edge.
		usage({ message: "edge", ts: edge - 1000, tokensOut: 1 }),
		usage({ message: "edge", ts: edge + 1000 }),
		usage({ message: "same", ts: edge - 1000 }),
		usage({ message: "same", ts: edge + 1000 }),
	];

	it("stay in the totals, and are not counted again when their file is read once more", async () => {
		const store = await storeOf(events);
		const before = usageFacts(store, NOW).all;
		prune(store, 90, NOW);
		assert.equal(store.first("SELECT count(*) FROM messages WHERE message_id = 'old'")?.[0], 0);
		for (const order of [events, [...events].reverse()]) {
			store.ingest(new PrunedFilter(prunedBefore(store)).keep(order), null);
			assert.deepEqual(usageFacts(store, NOW).all, before);
		}
		assert.equal(before.messages, 4);
	});
});
