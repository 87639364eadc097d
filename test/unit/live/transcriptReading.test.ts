import assert from "node:assert/strict";
import { appendFileSync, cpSync, globSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inProject } from "../../../scripts/paths.ts";
import { readHere } from "../../../src/live/reading/readHere.ts";
import type {
	ReadingInput,
	StartReading,
	TranscriptReading,
} from "../../../src/live/reading/transcriptReading.ts";
import { TranscriptThread } from "../../../src/live/reading/transcriptThread.ts";
import { LiveGraph } from "../../../src/model/graph/liveGraph.ts";
import { describeGraph } from "../../../src/model/graph/told/graphDescription.ts";
import { essence } from "../../support/log/eventLog.ts";
import { useTempFolder } from "../../support/tempFolder.ts";
import { runFolder, transcriptEvents } from "../../support/transcripts/recordedRun.ts";

const READINGS: Readonly<Record<string, StartReading>> = {
	"in a thread of their own": (input, listener) =>
		new TranscriptThread(inProject("dist", "transcriptWorker.cjs"), input, listener),
	"in the thread of whoever listens": readHere,
};

/** A graph that follows one folder of transcripts. */
class Follower {
	readonly graph = new LiveGraph();
	readonly #reading: TranscriptReading;
	readonly current: Promise<void>;
	error = "";
	#waiting: { readonly isTrue: () => boolean; readonly resolve: () => void } | null = null;

	constructor(startReading: StartReading, folder: string, input: Partial<ReadingInput> = {}) {
		let settle = (): void => {};
		this.current = new Promise((resolve) => {
			settle = resolve;
		});
		this.#reading = startReading(
			{
				folders: [folder],
				modifiedSince: 0,
				isFollowing: true,
				...input,
			},
			{
				events: ({ events }) => {
					for (const event of events) this.graph.apply(event);
					this.#look();
				},
				current: () => settle(),
				status: () => this.#look(),
				failed: (message) => {
					this.error = message;
					settle();
				},
			},
		);
	}

	until(isTrue: () => boolean): Promise<void> {
		return new Promise((resolve) => {
			this.#waiting = { isTrue, resolve };
			this.#look();
		});
	}

	dispose(): Promise<void> {
		return this.#reading.dispose();
	}

	#look(): void {
		if (this.#waiting?.isTrue()) this.#waiting.resolve();
	}
}

for (const [where, startReading] of Object.entries(READINGS)) {
	describe(`Live transcripts, read ${where}`, () => {
		const folder = useTempFolder();
		let follower: Follower | null = null;

		afterEach(async () => {
			await follower?.dispose();
			follower = null;
		});

		it("show what a run that is on disk did", async () => {
			cpSync(join(runFolder("everything"), "projects"), folder.path, { recursive: true });
			follower = new Follower(startReading, folder.path);
			await follower.until(
				() => describeGraph(follower?.graph ?? new LiveGraph()).counters.toolCalls === 12,
			);
			const expected = new LiveGraph();
			for (const event of transcriptEvents("everything").flat()) expected.apply(event);
			assert.deepEqual(shape(follower.graph), shape(expected));
		});

		it("follow a session that begins later, in a folder that is not there yet", async () => {
			const projects = join(folder.path, "projects");
			follower = new Follower(startReading, projects);
			await follower.current;
			mkdirSync(join(projects, "-home"), { recursive: true });
			const file = join(projects, "-home", "s1.jsonl");
			const line = (type: string, content: unknown) =>
				`${JSON.stringify({
					type,
					sessionId: "s1",
					timestamp: "2026-01-05T09:00:00.000Z",
					message: { id: "m1", content },
				})}\n`;
			writeFileSync(file, line("user", "go"));
			await follower.until(
				() => describeGraph(follower?.graph ?? new LiveGraph()).nodes.length === 1,
			);
			appendFileSync(file, line("assistant", [{ type: "tool_use", id: "t1", name: "Bash" }]));
			await follower.until(
				() => describeGraph(follower?.graph ?? new LiveGraph()).counters.toolCalls === 1,
			);
		});

		it("leave out what nobody wrote to for long", async () => {
			cpSync(join(runFolder("everything"), "projects"), folder.path, { recursive: true });
			follower = new Follower(startReading, folder.path, {
				modifiedSince: Date.now() + 3_600_000,
			});
			await follower.current;
			assert.equal(describeGraph(follower.graph).nodes.length, 0);
		});

		it("are all read, however old, where nothing is to be followed", async () => {
			cpSync(join(runFolder("everything"), "projects"), folder.path, { recursive: true });
			const old = new Date("2020-01-01");
			for (const file of globSync("**/*.jsonl", { cwd: folder.path })) {
				utimesSync(join(folder.path, file), old, old);
			}
			follower = new Follower(startReading, folder.path, { isFollowing: false });
			await follower.current;
			assert.equal(describeGraph(follower.graph).counters.toolCalls, 12);
		});

		it("end while much is still to be read", async () => {
			cpSync(join(runFolder("everything"), "projects"), folder.path, { recursive: true });
			const one = new Follower(startReading, folder.path);
			await one.dispose();
			assert.equal(one.error, "");
		});
	});
}

/** Everything but money: the worker knows prices, and the expected graph does not. */
function shape(graph: LiveGraph): unknown {
	return JSON.parse(
		JSON.stringify(essence(describeGraph(graph)), (key, value) =>
			key === "costUsd" || key === "isCostPartial" ? null : value,
		),
	);
}
