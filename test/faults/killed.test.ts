import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { SnapshotFile } from "../../src/telemetry/snapshotFile.ts";
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
/** Longest time from a process's beginning, or from its first reading, to its end, in ms. */
const LONGEST_MS = 1000;

describe("A process that is killed", () => {
	const folder = useTempFolder();

	it(`at random moments, ${RUNS} times, loses no call and counts none twice`, async function () {
		this.timeout(RUNS * 6000 + 30_000);
		const writer = new CallWriter(folder.path);
		const stamps = new Set<string>();
		const { databaseFile } = telemetryOptions(folder.path);
		for (let run = 0; run < RUNS; run++) {
			const killed = new TelemetryProcess(folder.path);
			// Every other one is killed while it begins.
			if (run % 2 > 0) await killed.until(() => killed.role === "writer");
			const until = performance.now() + Math.random() * LONGEST_MS;
			while (performance.now() < until) {
				writer.write(1 + Math.floor(Math.random() * 60), Math.random());
				// The moments of writing and of killing are what this is about.
				await delay(Math.random() * 20);
			}
			await killed.kill();
			ageLock(folder.path);
			(await savedStore(folder.path))?.close();
			stamps.add(new SnapshotFile(databaseFile).stamp() ?? "none");
		}
		writer.write(1);
		const last = openFolder(folder.path);
		await last.catchUp();
		await last.dispose();
		await assertNothingLost(folder.path, writer.ids);
		assert(stamps.size > RUNS / 4, `saved in ${stamps.size} of ${RUNS} runs`);
		const left = readdirSync(path.dirname(databaseFile));
		assert.deepEqual(left.sort(), ["telemetry.db", "telemetry.db.bak"]);
	});
});
