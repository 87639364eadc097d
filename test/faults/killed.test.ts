import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
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
/** Longest life of a process, in ms; one needs about a third of it to begin. */
const LONGEST_MS = 1500;

describe("A process that is killed", () => {
	const folder = useTempFolder();

	it(`at random moments, ${RUNS} times, loses no call and counts none twice`, async function () {
		this.timeout(RUNS * 6000 + 30_000);
		const writer = new CallWriter(folder.path);
		for (let run = 0; run < RUNS; run++) {
			const killed = new TelemetryProcess(folder.path);
			const until = performance.now() + Math.random() * LONGEST_MS;
			while (performance.now() < until) {
				writer.write(1 + Math.floor(Math.random() * 60), Math.random());
				// The moments of writing and of killing are what this is about.
				await delay(Math.random() * 20);
			}
			await killed.kill();
			ageLock(folder.path);
			(await savedStore(folder.path))?.close();
		}
		writer.write(1);
		const last = openFolder(folder.path);
		await last.catchUp();
		await last.dispose();
		await assertNothingLost(folder.path, writer.ids);
		const { databaseFile } = telemetryOptions(folder.path);
		const left = readdirSync(path.dirname(databaseFile));
		assert.deepEqual(left.sort(), ["telemetry.db", "telemetry.db.bak"]);
		assert(existsSync(databaseFile));
	});
});
