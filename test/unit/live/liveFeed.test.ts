import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { mock } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { FeedParts, FeedSettings } from "../../../src/live/liveFeed.ts";
import { FeedProbe, ManualReading } from "../../support/live/feedLab.ts";
import { EventLog } from "../../support/log/eventLog.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

/** Written just now: a session that is old is forgotten. */
function events(add: (log: EventLog) => EventLog) {
	const ts = new Date().toISOString();
	return add(new EventLog()).events.map((event) => ({ ...event, ts }));
}

const begun = () => events((log) => log.add("session_start").start("a1", "Explore"));

describe("LiveFeed", () => {
	let reading: ManualReading;
	let probe: FeedProbe;
	let log: string;
	// Before its folder is removed: a watch that is set up while it is closed would stay.
	afterEach(() => probe.feed.dispose());
	const folder = useTempFolder();
	beforeEach(() => {
		reading = new ManualReading();
		log = folder.file("events.jsonl");
	});

	function open(settings: Partial<FeedSettings> = {}, parts: Partial<FeedParts> = {}): FeedProbe {
		probe = new FeedProbe(
			{ eventsFile: log, ...settings },
			{ startReading: reading.start, patienceMs: 60_000, ...parts },
		);
		return probe;
	}

	function append(lines: readonly unknown[], file = log): void {
		appendFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
	}

	it("shows nothing of a log before the transcripts have been read, then both as one", async () => {
		append(begun());
		const { feed, words, lines } = open({ transcriptFolders: ["/projects"] });
		await probe.until(() => probe.source.tail.state === "following");
		await reading.tell(...events((other) => other.start("a2", "Plan")));
		append(events((more) => more.start("a3", "Plan")));
		await probe.until(() => feed.followed.counters.alive === 3);
		await sleep(100);
		assert.deepEqual([feed.isShown, feed.mirror.nodes.size, lines], [false, 0, []]);
		await reading.end();
		assert.deepEqual(words, ["log reading", "log live", "reset 4"]);
		assert.equal(feed.mirror.counters.alive, 3);
	});

	it("shows what there is when transcripts take long, and says when it is all", async () => {
		append(begun());
		mock.timers.enable({ apis: ["setTimeout"] });
		const { words } = open({ transcriptFolders: ["/projects"] });
		try {
			await probe.until(() => probe.source.tail.state === "following");
			mock.timers.tick(60_000);
		} finally {
			mock.timers.reset();
		}
		assert.deepEqual(words.splice(0), ["log reading", "log partial", "reset 2"]);
		await reading.tell(...events((more) => more.start("a2", "Plan")));
		await probe.until(() => words.length === 1);
		await reading.end();
		assert.deepEqual(words, ["patch", "log live", "reset 3"]);
	});

	it("waits no longer for transcripts that cannot be read", async () => {
		append(begun());
		const { feed } = open({ transcriptFolders: ["/projects"] });
		const listener = await reading.listener();
		await probe.until(() => probe.source.tail.state === "following");
		listener.failed("out of memory");
		assert.equal(feed.status.phase, "live");
		assert.match(probe.source.transcripts?.error ?? "", /^out of memory; it is started again$/);
	});

	it("tells what follows as patches that keep a mirror, and each line of the log", async () => {
		append(begun());
		const { feed, lines, patches } = open();
		await probe.until(() => feed.isShown);
		append(events((more) => more.use("c1", "a1")));
		await probe.until(() => patches.length > 0);
		assert.deepEqual(
			lines.map((line) => JSON.parse(line).id),
			["c1"],
		);
		const { nodes } = feed.shown.snapshot();
		assert.deepEqual(feed.mirror.nodes, new Map(nodes.map((node) => [node.key, node])));
		assert.deepEqual(feed.mirror.counters, feed.shown.counters);
	});

	it("forgets another log's graph at once, and keys are never those of before", async () => {
		append(begun());
		const { feed, words } = open();
		await probe.until(() => feed.isShown);
		const before = [...feed.mirror.nodes.keys()];
		const other = folder.file("other.jsonl");
		append(begun(), other);
		words.length = 0;
		probe.configure({ eventsFile: other });
		assert.deepEqual(words, ["settings", "log reading", "reset 0"]);
		await probe.until(() => feed.isShown);
		assert.deepEqual(words.slice(3), ["log live", "reset 2"]);
		assert.ok(before.every((key) => !feed.mirror.nodes.has(key)));
	});

	it("gives up on what is silent for longer than the setting says, also when that changes", async () => {
		const ts = new Date(Date.now() - 600_000).toISOString();
		append(begun().map((event) => ({ ...event, ts })));
		const { feed } = open({ reapAfterMs: 900_000 });
		await probe.until(() => feed.isShown);
		assert.equal(feed.mirror.counters.alive, 1);
		probe.configure({ eventsFile: log, reapAfterMs: 300_000 });
		await probe.until(() => feed.mirror.counters.lost === 1);
	});

	it("gives up on what a transcript tells of the day before at once", async () => {
		const { feed } = open({ transcriptFolders: ["/projects"], reapAfterMs: 900_000 });
		await probe.until(() => probe.source.tail.state === "missing");
		await reading.end();
		const ts = new Date(Date.now() - 3_600_000).toISOString();
		await reading.tell(...begun().map((event) => ({ ...event, ts })));
		await probe.until(() => feed.mirror.counters.spawned === 1);
		assert.equal(feed.mirror.counters.lost, 1);
	});

	it("shows the demo for as long as it plays, and reads on behind it", async () => {
		append(begun());
		const { feed, words, lines } = open();
		feed.playDemo();
		assert.equal(feed.isShown, true);
		await probe.until(() => words.includes("demo live"));
		append(events((more) => more.use("c1", "a1")));
		await probe.until(() => lines.length > 0);
		assert.notEqual(feed.shown, feed.followed);
		words.length = 0;
		feed.stopDemo();
		assert.deepEqual(words, ["reset 2", "log live"]);
	});

	it("ends a demo that is to end so with the first event that is new", async () => {
		append(begun());
		const { feed } = open();
		feed.playDemo(true);
		await probe.until(() => feed.status.phase === "live");
		assert.equal(feed.isDemo, true);
		append(events((more) => more.use("c1", "a1")));
		await probe.until(() => !feed.isDemo);
		assert.equal(feed.mirror.counters.toolCalls, 1);
	});

	it("tells everyone, whatever one of them throws", async () => {
		const { feed, words } = open();
		const thrown: unknown[] = [];
		const listeners = process.listeners("uncaughtException");
		process.removeAllListeners("uncaughtException");
		process.once("uncaughtException", (error) => thrown.push(error));
		const stop = feed.listen({
			settings: () => {
				throw new Error("one");
			},
		});
		feed.listen({ settings: () => words.push("another") });
		probe.configure({ eventsFile: log });
		stop();
		await sleep(1);
		for (const each of listeners) process.on("uncaughtException", each);
		assert.deepEqual(words.slice(0, 2), ["settings", "another"]);
		assert.equal(thrown.length, 1);
	});
});
