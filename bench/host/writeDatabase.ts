// A database file with the calls of many sessions.
import { writeFileSync } from "node:fs";
import { parseLine } from "../../src/ingest/eventLog/parseLine.ts";
import type { AgentEvent } from "../../src/model/events/events.ts";
import { TelemetryStore } from "../../src/telemetry/storage/store.ts";
import { syntheticLines } from "../../test/support/log/syntheticLog.ts";
import { sqlJs } from "../../test/support/telemetry/telemetry.ts";

const BATCH = 10_000;

/** @param calls how many, with a launch for every two dozen of them */
export async function writeDatabase(file: string, calls: number): Promise<void> {
	const store = new TelemetryStore(await sqlJs(), null);
	let batch: AgentEvent[] = [];
	for (const line of syntheticLines({ lines: calls * 2, sessions: 400 })) {
		const event = parseLine(line);
		if (typeof event !== "string") batch.push(event);
		if (batch.length < BATCH) continue;
		store.ingest(batch, null);
		batch = [];
	}
	writeFileSync(file, store.export());
	store.close();
}
