import assert from "node:assert/strict";
import { EventLog } from "../../support/log/eventLog.ts";
import { StreamLab, type StreamMessage } from "../../support/stream/streamLab.ts";

describe("the events of the stream", () => {
	let lab: StreamLab;
	beforeEach(() => {
		lab = new StreamLab();
	});
	afterEach(() => lab.stop());

	it("begin with the agents at work, those that started last first", async () => {
		const log = new EventLog().add("session_start");
		log.spawn("t1", "Explore", { model: "sonnet" }).start("a1", "Explore").link("t1", "a1");
		log.spawn("t2", "Plan").start("a2", "Plan").link("t2", "a2");
		log.spawn("t3", "Explore").start("a3", "Explore").link("t3", "a3").stop("a3", "Explore");
		lab.feed.append(...log.events);
		await lab.start();
		const [snapshot] = await lab.connect().count(1);
		assert.equal(snapshot?.type, "snapshot");
		const alive = aliveOf(snapshot);
		assert.deepEqual(
			alive.map(({ id, agent_id, subagent_type }) => [id, agent_id, subagent_type]),
			[
				["t2", "a2", "Plan"],
				["t1", "a1", "Explore"],
			],
		);
		assert.match(String(alive[0]?.ts), /^2026-01-01T10:00:\d\d\.\d{3}Z$/);
	});

	it("follow as they stand in the log, as pages of the original monitor read them", async () => {
		await lab.start();
		const client = lab.connect();
		assert.deepEqual((await client.count(1))[0]?.alive, []);
		const spawn = { ts: "2026-05-02T13:00:00Z", event: "agent_spawn", id: "s1", model: "sonnet" };
		lab.feed.append(spawn);
		const [, event] = await client.count(2);
		assert.deepEqual([event?.type, event?.data], ["event", spawn]);
		const [later] = await lab.connect().count(1);
		assert.deepEqual(
			aliveOf(later).map(({ id }) => id),
			["s1"],
		);
		lab.feed.append({ ts: "2026-05-02T13:00:01Z", event: "agent_done", id: "s1" });
		assert.deepEqual((await lab.connect().count(1))[0]?.alive, []);
	});

	it("leave out lines that are no events", async () => {
		await lab.start();
		const client = lab.connect();
		await client.count(1);
		const [event] = new EventLog().add("session_start").events;
		lab.feed.append("nonsense", '{"a":1', "[]", '{"type":"snapshot"}', event);
		const [, first] = await client.count(2);
		assert.deepEqual([first?.seq, first?.data], [1, event]);
	});

	it("miss none between the snapshot and the first, whenever a client comes", async () => {
		await lab.start();
		const log = new EventLog().add("session_start");
		for (let i = 0; i < 200; i++) log.start(`a${i}`, "Explore");
		const clients = [];
		for (const event of log.events) {
			lab.feed.append(event);
			if (clients.length < 40) clients.push(lab.connect());
			await new Promise((resolve) => setImmediate(resolve));
		}
		for (const client of clients) {
			const agents = () => aliveOf(client.messages[0]).length + client.messages.length - 1;
			await client.until(() => client.messages.length > 0 && agents() >= 200);
			const [snapshot, ...events] = client.messages;
			const first = Number(snapshot?.seq) + 1;
			assert.deepEqual(
				events.map(({ seq }) => seq),
				events.map((_, index) => first + index),
			);
			assert.ok(agents() <= 201, "the snapshot and the events overlap");
		}
	});

	it("reach a hundred clients whole and in order", async () => {
		await lab.start();
		const clients = Array.from({ length: 100 }, () => lab.connect());
		for (const client of clients) await client.count(1);
		const log = new EventLog().add("session_start");
		for (let i = 0; i < 499; i++) log.use(`c${i}`);
		for (let at = 0; at < 500; at += 50) {
			lab.feed.append(...log.events.slice(at, at + 50));
			await new Promise((resolve) => setImmediate(resolve));
		}
		const expected = log.events.map((_, index) => index + 1);
		for (const client of clients) {
			await client.count(501);
			assert.deepEqual(
				client.messages.slice(1).map(({ seq }) => seq),
				expected,
			);
		}
	});

	it("end, with the reason, for a client that lags: no gap, and no more memory", async () => {
		await lab.start({ maxBufferedBytes: 64 * 1024 });
		const slow = lab.connect();
		const quick = lab.connect();
		await slow.count(1);
		await quick.count(1);
		slow.socket.pause();
		const log = new EventLog().add("session_start");
		for (let i = 0; i < 100; i++) log.spawn(`t${i}`, "Explore", { description: "d".repeat(1000) });
		let sent = 0;
		// The system's own buffers fill first, however large they are.
		while (lab.server.lagged === 0) {
			lab.feed.append(...log.events);
			sent += log.events.length;
			await quick.count(1 + sent);
		}
		slow.socket.resume();
		assert.deepEqual(await slow.ended(), { code: 1013, reason: "lagged" });
		const seqs = slow.messages.slice(1).map(({ seq }) => seq);
		assert.deepEqual(
			seqs,
			seqs.map((_, index) => index + 1),
		);
		assert.ok(seqs.length < sent, "it was told that it lagged, but nothing was left out");
		assert.equal(quick.closed, null);
	});

	it("wait until all has been read, and start over with another log", async () => {
		lab.feed.enter("reading");
		await lab.start();
		const client = lab.connect();
		await client.until(() => client.socket.readyState === client.socket.OPEN);
		const log = new EventLog().add("session_start").start("a1", "Explore");
		lab.feed.append(...log.events);
		lab.feed.enter("live");
		const [snapshot] = await client.count(1);
		assert.equal(snapshot?.type, "snapshot");
		assert.equal(aliveOf(snapshot).length, 1);
		lab.feed.enter("reading");
		lab.feed.enter("live");
		assert.equal((await client.count(2))[1]?.type, "snapshot");
	});

	it("go on while something else is shown for a while, such as a demo", async () => {
		await lab.start();
		const client = lab.connect();
		await client.count(1);
		lab.feed.reset();
		lab.feed.append(...new EventLog().add("session_start").events);
		assert.equal((await client.count(2))[1]?.type, "event");
	});
});

function aliveOf(snapshot: StreamMessage | undefined): readonly Record<string, unknown>[] {
	return (snapshot?.alive ?? []) as Record<string, unknown>[];
}
