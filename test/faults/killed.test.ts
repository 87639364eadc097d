import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { SnapshotFile } from "../../src/telemetry/storage/file/snapshotFile.ts";
import {
	ageLock,
	assertNothingLost,
	CallWriter,
	openFolder,
	savedStore,
	TelemetryProcess,
	telemetryOptions,
} from "../support/faults/faultFolder.ts";
import { useTempFolder } from "../support/tempFolder.ts";

const RUNS = Number(process.env.AGENT_LIVE_GRAPH_FAULT_RUNS ?? 20);
/** Longest time from the stage that a process has reached to its end, in ms. */
const LONGEST_MS = 800;

describe("A process that is killed", () => {
	const folder = useTempFolder();

	for (const { title, rotateAboveBytes, cut } of [
		{ title: "", rotateAboveBytes: Number.POSITIVE_INFINITY, cut: Math.random },
		// Whole lines, as hooks write them: no half may go to each of two files.
		{ title: " while logs are rotated", rotateAboveBytes: 200_000, cut: () => 1 },
	]) {
		it(`at random moments, ${RUNS} times${title}, loses no call and counts none twice`, async function () {
			this.timeout(RUNS * 60_000);
			const writer = new CallWriter(folder.path);
			const file = new SnapshotFile(telemetryOptions(folder.path).databaseFile);
			let saves = 0;
			for (let run = 0; run < RUNS; run++) {
				const before = file.stamp();
				const killed = new TelemetryProcess(folder.path, rotateAboveBytes);
				// A third is killed while it begins, a third while it reads, a third between two saves.
				const stages = [
					() => true,
					() => killed.role === "writer",
					() => file.stamp() !== before && file.stamp() !== null,
				];
				const hasReached = stages[run % stages.length] ?? (() => true);
				let until: number | null = null;
				while (until === null || performance.now() < until) {
					writer.write(1 + Math.floor(Math.random() * 60), cut());
					if (hasReached()) until ??= performance.now() + Math.random() * LONGEST_MS;
					// The moments of writing and of killing are what this is about.
					await delay(Math.random() * 20);
				}
				await killed.kill();
				ageLock(folder.path);
				(await savedStore(folder.path))?.close();
				if (file.stamp() !== before) saves++;
			}
			writer.write(1);
			const last = openFolder(folder.path);
			await last.catchUp();
			await last.dispose();
			await assertNothingLost(folder.path, writer.ids);
			assert(saves >= Math.floor(RUNS / 3), `saved in ${saves} of ${RUNS} runs`);
			const left = readdirSync(path.dirname(file.path));
			assert.deepEqual(left.sort(), ["telemetry.db", "telemetry.db.bak"]);
		});
	}
});
