import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { TranscriptSource } from "../../../src/live/reading/transcriptSource.ts";
import { TranscriptThread } from "../../../src/live/reading/transcriptThread.ts";
import { LiveGraph } from "../../../src/model/graph/liveGraph.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

/** Ends at once as often as it is told to, then says that all is read. */
const WORKER = `
	const { existsSync, readdirSync, writeFileSync } = require("node:fs");
	const { parentPort, workerData } = require("node:worker_threads");
	const [folder] = workerData.folders;
	const starts = readdirSync(folder).filter((name) => name.startsWith("start")).length;
	writeFileSync(folder + "/start" + starts, "");
	if (existsSync(folder + "/end" + starts)) process.exit(3);
	parentPort.postMessage({ kind: "status", status: { files: starts } });
	parentPort.postMessage({ kind: "current" });
	parentPort.on("message", () => process.exit(0));
`;

describe("The thread that reads transcripts for the live graph", () => {
	const folder = useTempFolder();
	let source: TranscriptSource | null = null;
	afterEach(() => source?.dispose());

	/** @param onError called at once, so that no restart comes before it */
	function open(
		restartsMs: readonly number[],
		onError = (): void => {},
	): { source: TranscriptSource; errors: string[] } {
		const workerFile = folder.file("worker.cjs");
		writeFileSync(workerFile, WORKER);
		const errors: string[] = [];
		const opened = new TranscriptSource(
			{
				folders: [folder.path],
				startReading: (input, listener) => new TranscriptThread(workerFile, input, listener),
				isFollowing: true,
				restartsMs,
			},
			new LiveGraph(),
			{
				changed: () => {},
				statusChanged: () => {
					errors.push(opened.error);
					if (opened.error !== "") onError();
				},
			},
		);
		source = opened;
		return { source: opened, errors };
	}

	it("is started again when it ends by itself", async () => {
		writeFileSync(folder.file("end0"), "");
		writeFileSync(folder.file("end1"), "");
		const { source, errors } = open([1, 1]);
		await until(() => source.status !== null);
		assert.equal(source.status?.files, 2);
		assert.equal(source.error, "");
		assert.ok(errors.some((error) => /code 3; it is started again/.test(error)));
	});

	it("is left alone when it has ended too often, and the window goes on without it", async () => {
		for (const time of [0, 1, 2]) writeFileSync(folder.file(`end${time}`), "");
		const { source } = open([1, 1]);
		await until(() => existsSync(folder.file("start2")) && !/again/.test(source.error));
		assert.match(source.error, /code 3$/);
		assert.equal(source.isRead, true);
		await sleep(20);
		assert.equal(existsSync(folder.file("start3")), false);
	});

	it("is not started any more once nobody wants it", async () => {
		writeFileSync(folder.file("end0"), "");
		const { source, errors } = open([30], () => void source.dispose());
		await until(() => errors.some((error) => /it is started again/.test(error)));
		await sleep(60);
		assert.equal(existsSync(folder.file("start1")), false);
	});
});

/** Ends in any case, so that nothing outlives a test that fails. */
async function until(isReached: () => boolean): Promise<void> {
	for (let tries = 0; tries < 1500 && !isReached(); tries++) await sleep(5);
	assert.ok(isReached());
}
