import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { PastFeed } from "../../../src/live/pastFeed.ts";
import { readHere } from "../../../src/live/readHere.ts";
import { DEFAULT_PANEL_SETTINGS } from "../../../src/protocol/messages.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const SESSION = "0a0a0a0a-0000-4000-8000-000000000000";
const OTHER = "0b0b0b0b-0000-4000-8000-000000000000";

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

	async function open(session: string): Promise<PastFeed> {
		const feed = new PastFeed({
			session,
			eventsFile: "",
			transcriptFolders: [folder.path],
			settings: DEFAULT_PANEL_SETTINGS,
			startReading: readHere,
			keyPrefix: "g0n",
		});
		if (feed.status.phase !== "live") {
			await new Promise<void>((resolve) => {
				feed.listen({ status: ({ phase }) => phase === "live" && resolve() });
			});
		}
		return feed;
	}

	it("is read alone, however old, and told as a past one", async () => {
		write(SESSION, "", "mend it");
		write(SESSION, "a1", "look");
		write(OTHER, "", "something else");
		const feed = await open(SESSION);
		const nodes = feed.shown.describe().nodes.map(({ kind, id }) => `${kind} ${id}`);
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
		const nodes = feed.shown.describe().nodes.map(({ kind, id }) => `${kind} ${id}`);
		assert.deepEqual(nodes.sort(), ["agent a1b2c3d4", `session ${SESSION}`]);
		await feed.dispose();
	});

	it("of which nothing is left shows nothing", async () => {
		const feed = await open(SESSION);
		assert.equal(feed.mirror.nodes.size, 0);
		await feed.dispose();
	});
});
