import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { DemoPlayer } from "../../../../src/live/demo/demoPlayer.ts";
import { readHere } from "../../../../src/live/reading/readHere.ts";
import type { RecordedPart } from "../../../../src/live/recording/partGatherer.ts";
import { recordSession } from "../../../../src/live/recording/recordSession.ts";
import { LiveGraph } from "../../../../src/model/graph/liveGraph.ts";
import { describeGraph } from "../../../../src/model/graph/told/graphDescription.ts";
import { EventLog } from "../../../support/log/eventLog.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";

const OTHER = "0b0b0b0b-0000-4000-8000-000000000000";

/** Collects parts, and says when they are what a test waits for. */
class Parts {
	readonly all: RecordedPart[] = [];
	#onPart = () => {};

	readonly tell = (part: RecordedPart): void => {
		this.all.push(part);
		this.#onPart();
	};

	get events() {
		return this.all.flatMap(({ events }) => events);
	}

	until(isThere: () => boolean): Promise<void> {
		return new Promise((resolve) => {
			this.#onPart = () => isThere() && resolve();
			this.#onPart();
		});
	}

	whole(): Promise<void> {
		return this.until(() => this.all.some(({ isWhole }) => isWhole));
	}
}

describe("the recording of a session", () => {
	const folder = useTempFolder();
	const log = new EventLog();
	const lines = (...logs: EventLog[]) =>
		logs.flatMap(({ events }) => events.map((event) => `${JSON.stringify(event)}\n`)).join("");

	function sources(isFollowing: boolean) {
		const projects = folder.file("projects");
		const file = path.join(projects, "demo", `${log.session}.jsonl`);
		mkdirSync(path.dirname(file), { recursive: true });
		const line = {
			type: "user",
			timestamp: "2025-01-02T10:00:00Z",
			sessionId: log.session,
			cwd: "/home/dev/app",
			message: { content: "the words of a prompt" },
		};
		writeFileSync(file, `${JSON.stringify(line)}\n`);
		return {
			session: log.session,
			eventsFile: folder.file("events.jsonl"),
			transcriptFolders: [projects],
			startReading: readHere,
			isFollowing,
		};
	}

	it("holds what log and transcripts tell of it, and of no other", async () => {
		const own = new EventLog().spawn("toolu_1", "Explore").start("a1", "Explore");
		writeFileSync(folder.file("events.jsonl"), lines(new EventLog(OTHER).start("b1", "Plan"), own));
		const parts = new Parts();
		const stop = recordSession(sources(false), parts.tell);
		await parts.whole();
		stop();
		assert.deepEqual(parts.events.map(({ event, origin }) => `${event} ${origin}`).sort(), [
			"agent_spawn hook",
			"agent_start hook",
			"prompt transcript",
		]);
		assert.deepEqual(
			parts.all.map(({ isFirst }) => isFirst),
			parts.all.map((_part, index) => index === 0),
		);
	});

	it("names the folder once, and no word of a prompt or an answer", async () => {
		const own = new EventLog().start("a1", "Explore").add("numeric_claim", {
			tier: "REAL",
			value: "41 apples",
			pointer: "apples.txt",
		});
		writeFileSync(folder.file("events.jsonl"), lines(own));
		const parts = new Parts();
		const stop = recordSession(sources(false), parts.tell);
		await parts.whole();
		stop();
		const text = JSON.stringify(parts.all);
		assert.ok(!/apples|words/.test(text), text);
		assert.equal(text.split("/home/dev/app").length, 2);
	});

	it("goes on while it runs, until it is ended", async () => {
		writeFileSync(folder.file("events.jsonl"), lines(new EventLog().start("a1", "Explore")));
		const parts = new Parts();
		const stop = recordSession(sources(true), parts.tell);
		await parts.whole();
		appendFileSync(folder.file("events.jsonl"), lines(new EventLog().start("a2", "Plan")));
		await parts.until(() => parts.events.some(({ agent }) => agent === "a2"));
		assert.equal(parts.all.at(-1)?.isWhole, true);
		stop();
	});

	it("of the demo is all that was played of one of its sessions", async () => {
		const player = new DemoPlayer(() => {});
		const [root] = player.graph.snapshot().nodes;
		assert.ok(root !== undefined);
		const parts = new Parts();
		const stop = player.record(root.session, parts.tell);
		await parts.whole();
		const graph = new LiveGraph();
		for (const event of parts.events) graph.apply(event);
		const shown = describeGraph(player.graph).nodes.filter(
			({ session }) => session === root.session,
		);
		assert.deepEqual(describeGraph(graph).nodes, shown);
		stop();
		player.dispose();
	});
});
