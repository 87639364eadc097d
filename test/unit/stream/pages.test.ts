import assert from "node:assert/strict";
import { parseLine } from "../../../src/ingest/eventLog/parseLine.ts";
import type { AgentEvent } from "../../../src/model/events/events.ts";
import { GraphMirror } from "../../../src/model/views/graphMirror.ts";
import type { GraphPatch, GraphSnapshot } from "../../../src/model/views/view.ts";
import { PROTOCOL_VERSION } from "../../../src/protocol/messages.ts";
import { PAGE_SUBPROTOCOL } from "../../../src/protocol/stream.ts";
import { readHostMessage } from "../../../src/webview/host/readHostMessage.ts";
import { EventLog } from "../../support/log/eventLog.ts";
import { type Connection, StreamLab } from "../../support/stream/streamLab.ts";

const READY = { type: "ready", protocol: PROTOCOL_VERSION };

describe("the stream's messages for pages", () => {
	let lab: StreamLab;
	beforeEach(async () => {
		lab = new StreamLab();
		await lab.start();
	});
	afterEach(() => lab.stop());

	async function page(): Promise<Connection> {
		const client = lab.connect({ protocols: [PAGE_SUBPROTOCOL] });
		await client.until(() => client.socket.readyState === client.socket.OPEN);
		return client;
	}

	it("are those of the panel: settings, status and a snapshot, once it is ready", async () => {
		const client = await page();
		client.send(READY);
		const messages = await client.count(3);
		assert.deepEqual(
			messages.map(({ type }) => type),
			["settings", "status", "snapshot"],
		);
		for (const message of messages) assert.deepEqual(readHostMessage(message), message);
	});

	it("keep a mirror equal to the graph, by patches without a gap", async () => {
		const log = new EventLog().add("session_start");
		for (let i = 0; i < 20; i++) log.start(`a${i}`, "Explore").use(`c${i}`, `a${i}`);
		for (let i = 0; i < 10; i++) log.stop(`a${i}`, "Explore", "functional");
		const clients: Connection[] = [];
		for (const event of log.events) {
			lab.feed.append(event);
			if (clients.length >= 10) continue;
			const client = await page();
			client.send(READY);
			clients.push(client);
		}
		for (const client of clients) {
			const mirror = new GraphMirror();
			let seq = 0;
			await client.until(() => client.messages.at(-1)?.seq === log.events.length);
			for (const message of client.messages) {
				if (message.type === "snapshot") mirror.reset(message.graph as GraphSnapshot);
				if (message.type === "patch") {
					assert.equal(message.seq, seq + 1);
					mirror.apply(message.patch as GraphPatch);
				}
				seq = message.seq ?? seq;
			}
			const nodes = lab.feed.shown.snapshot().nodes;
			assert.deepEqual(mirror.nodes, new Map(nodes.map((node) => [node.key, node])));
			assert.deepEqual(mirror.counters, lab.feed.shown.counters);
		}
	});

	it("tell details of what is selected, and again when it changes", async () => {
		lab.feed.append(...new EventLog().add("session_start").start("a1", "Explore").events);
		const client = await page();
		client.send(READY);
		const snapshot = (await client.count(3))[2]?.graph as GraphSnapshot;
		const key = snapshot.nodes.find(({ id }) => id === "a1")?.key;
		client.send({ type: "selected", id: key });
		assert.deepEqual((await client.count(4))[3]?.type, "detail");
		lab.feed.append(...new EventLog().use("c1", "a1").events);
		const types = (await client.count(6)).slice(4).map(({ type }) => type);
		assert.deepEqual(types, ["patch", "detail"]);
	});

	it("hand over what was told of one session, until another is asked for or the page goes", async () => {
		const log = new EventLog().add("session_start").start("a1", "Explore");
		lab.feed.append(...log.events);
		const client = await page();
		client.send(READY);
		const snapshot = (await client.count(3))[2]?.graph as GraphSnapshot;
		const key = snapshot.nodes.find(({ id }) => id === "a1")?.key;
		client.send({ type: "record", id: key });
		client.send({ type: "resync" });
		await client.count(4);
		const [tell] = lab.feed.recorders.values();
		const events = log.events.map((event) => parseLine(JSON.stringify(event)) as AgentEvent);
		tell?.({ events, isFirst: true, isWhole: true });
		const message = (await client.count(5))[4];
		assert.equal(message?.session, log.session);
		assert.deepEqual(readHostMessage(message), message);
		client.send({ type: "record", id: null });
		client.send({ type: "resync" });
		await client.count(6);
		assert.equal(lab.feed.recorders.size, 0);
	});

	it("answer a resync with a snapshot, and nothing that is not theirs", async () => {
		const client = await page();
		for (const message of [
			"nonsense",
			"{}",
			{ type: "invoke", action: "rm" },
			{ type: "selected" },
		])
			client.send(message);
		client.send({ type: "invoke", action: "installHooks" });
		client.send({ type: "clientError", message: "oh" });
		client.send(READY);
		await client.count(3);
		client.send({ type: "resync" });
		assert.equal((await client.count(4))[3]?.type, "snapshot");
		assert.deepEqual(lab.notes, ["page: oh"]);
	});
});
