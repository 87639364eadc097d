import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { PastFeed } from "../../../src/live/pastFeed.ts";
import { type PastArchive, type PastOrigin, pastOriginOf } from "../../../src/live/pastOrigin.ts";
import { readEvents } from "../../../src/live/reading/readEvents.ts";
import { readHere } from "../../../src/live/reading/readHere.ts";
import type { AgentEvent } from "../../../src/model/events/events.ts";
import { describeGraph } from "../../../src/model/graph/told/graphDescription.ts";
import { DEFAULT_PANEL_SETTINGS, type FeedPhase } from "../../../src/protocol/messages.ts";
import { eventsOf } from "../../support/telemetry/telemetry.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const SESSION = "0a0a0a0a-0000-4000-8000-000000000000";
const OTHER = "0b0b0b0b-0000-4000-8000-000000000000";

function call(id: string): AgentEvent {
	const [event] = eventsOf([
		{
			v: 2,
			ts: "2025-01-02T10:00:00.000Z",
			event: "tool_use",
			session_id: SESSION,
			id,
			tool: "Bash",
		},
	]);
	assert.ok(event);
	return event;
}

async function* inParts(...parts: (readonly AgentEvent[] | Error)[]) {
	for (const part of parts) {
		if (part instanceof Error) throw part;
		yield part;
	}
}

function newFeed(session: string, origin: PastOrigin, transcriptFolders = ["nowhere"]): PastFeed {
	const settings = DEFAULT_PANEL_SETTINGS;
	return new PastFeed({
		session,
		origin,
		transcriptFolders,
		settings,
		eventsFile: "",
		keyPrefix: "g0n",
		patienceMs: 20,
	});
}

async function until(feed: PastFeed, wanted: FeedPhase): Promise<void> {
	if (feed.status.phase === wanted) return;
	await new Promise<void>((resolve) => {
		feed.listen({ status: ({ phase }) => phase === wanted && setImmediate(resolve) });
	});
}

describe("a session that is over", () => {
	const folder = useTempFolder();

	function write(session: string, agent: string, text: string): void {
		const name = agent === "" ? `${session}.jsonl` : `${session}/subagents/agent-${agent}.jsonl`;
		writeFile(name, session, text);
	}

	function writeFile(name: string, session: string, text: string): void {
		const file = folder.file(path.join("demo", name));
		mkdirSync(path.dirname(file), { recursive: true });
		const line = {
			type: "user",
			timestamp: "2025-01-02T10:00:00Z",
			sessionId: session,
			cwd: "/home/dev/app",
			message: { content: text },
		};
		writeFileSync(file, `${JSON.stringify(line)}\n`);
	}

	const TRANSCRIPTS: PastOrigin = { kind: "transcripts", startReading: readHere };

	async function open(session: string, origin = TRANSCRIPTS): Promise<PastFeed> {
		const feed = newFeed(session, origin, [folder.path]);
		await until(feed, "live");
		return feed;
	}

	it("is read alone, however old, and told as a past one", async () => {
		write(SESSION, "", "mend it");
		write(SESSION, "a1", "look");
		write(OTHER, "", "something else");
		const feed = await open(SESSION);
		const nodes = describeGraph(feed.shown).nodes.map(({ kind, id }) => `${kind} ${id}`);
		assert.deepEqual(nodes, [`session ${SESSION}`, "agent a1"]);
		assert.equal(feed.status.source, "past");
		assert.equal(feed.status.connection, "connected");
		assert.ok(feed.mirror.nodes.size > 0);
		await feed.dispose();
	});

	it("has the agents that older clients put beside it, and no other session's", async () => {
		write(SESSION, "", "mend it");
		writeFile("agent-a1b2c3d4.jsonl", SESSION, "look");
		writeFile("agent-b1b2c3d4.jsonl", OTHER, "look elsewhere");
		const feed = await open(SESSION);
		const nodes = describeGraph(feed.shown).nodes.map(({ kind, id }) => `${kind} ${id}`);
		assert.deepEqual(nodes.sort(), ["agent a1b2c3d4", `session ${SESSION}`]);
		await feed.dispose();
	});

	it("of which nothing is left shows nothing", async () => {
		const feed = await open(SESSION);
		assert.equal(feed.mirror.nodes.size, 0);
		await feed.dispose();
	});

	it("shows what was read of it while the rest takes its time, and then all of it", async () => {
		const [first, second] = [call("t1"), call("t2")];
		let goOn = () => {};
		const waits = new Promise<void>((resolve) => {
			goOn = resolve;
		});
		const origin: PastOrigin = {
			kind: "transcripts",
			startReading: (_input, listener) => {
				void (async () => {
					await listener.events({ folder: "", events: [first], problems: [] });
					await waits;
					await listener.events({ folder: "", events: [second], problems: [] });
					listener.current();
				})();
				return { dispose: async () => {} };
			},
		};
		const feed = newFeed(SESSION, origin);
		await until(feed, "partial");
		const calls = () => [...feed.mirror.nodes.values()].map((node) => node.calls);
		assert.deepEqual(calls(), [1]);
		goOn();
		await until(feed, "live");
		assert.deepEqual(calls(), [2]);
		await feed.dispose();
	});

	it("says so when it cannot be read", async () => {
		const failing = readEvents(() => inParts(new Error("the database is gone")));
		const feed = await open(SESSION, { kind: "database", startReading: failing });
		assert.equal(feed.status.connection, "disconnected");
		assert.match(feed.status.message, /the database is gone/);
		await feed.dispose();
	});
});

describe("what is left of a session", () => {
	const folder = useTempFolder();

	const archive = (known: Partial<PastArchive>): PastArchive => ({
		hasTranscript: async () => false,
		startReading: readHere,
		eventsInDatabase: () => inParts(),
		eventsFile: "",
		...known,
	});

	async function originOf(known: Partial<PastArchive>) {
		const origin = await pastOriginOf(archive(known), SESSION);
		const feed = newFeed(SESSION, origin);
		await until(feed, "live");
		const { message } = feed.status;
		const calls = [...feed.mirror.nodes.values()].map((node) => node.calls);
		await feed.dispose();
		return { kind: origin.kind, message, calls };
	}

	it("is its transcripts where they are there", async () => {
		const { kind, message } = await originOf({ hasTranscript: async () => true });
		assert.equal(kind, "transcripts");
		assert.match(message, /from its transcripts/);
	});

	it("is what the database has of it where they are gone", async () => {
		const { kind, message, calls } = await originOf({
			eventsInDatabase: () => inParts([call("t1")], [call("t2")]),
		});
		assert.equal(kind, "database");
		assert.match(message, /the database/);
		assert.deepEqual(calls, [2]);
	});

	it("is the log where the database has only its name", async () => {
		const eventsFile = folder.file("agent-events.jsonl");
		const line = (session: string, id: string) =>
			JSON.stringify({
				v: 2,
				ts: "2025-01-02T10:00:00.000Z",
				event: "tool_use",
				session_id: session,
				id,
				tool: "Bash",
			});
		writeFileSync(eventsFile, [line(SESSION, "t1"), line(OTHER, "t2"), "{", ""].join("\n"));
		const { kind, message, calls } = await originOf({ eventsFile });
		assert.equal(kind, "log");
		assert.match(message, /event log/);
		assert.deepEqual(calls, [1]);
		const gone = await originOf({ eventsFile: folder.file("nowhere") });
		assert.equal(gone.kind, "database");
	});
});
