import assert from "node:assert/strict";
import fc from "fast-check";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import { LiveGraph } from "../../../../src/model/graph/liveGraph.ts";
import { dump, storeOf } from "../../../support/telemetry/telemetry.ts";
import {
	clientRuns,
	eventsOfFile,
	recordedFiles,
} from "../../../support/transcripts/clientRuns.ts";

/** Runs of as many clients as there are, and one of Claude Code. */
const RUNS = [...clientRuns, "05-agent-file-beside-session"];

describe("Files of several clients", () => {
	const files = RUNS.flatMap((run) => recordedFiles(run));

	it("are the same in any order and in any slices", async () => {
		const inOrder = dump(await storeOf(files.map(eventsOfFile)));
		await fc.assert(
			fc.asyncProperty(fc.infiniteStream(fc.nat()), async (choices) => {
				const batches = interleaved(files.map(eventsOfFile), () => choices.next().value ?? 0);
				assert.deepEqual(dump(await storeOf(batches)), inOrder);
			}),
			{ numRuns: 15 },
		);
	});

	it("are sessions in the graph that say whose they are", () => {
		const graph = new LiveGraph();
		for (const file of files) for (const event of eventsOfFile(file)) graph.apply(event);
		const sessions = graph.snapshot().nodes.filter(({ kind }) => kind === "session");
		const told = new Set(sessions.map(({ client }) => client));
		assert.deepEqual(told, new Set(files.map(({ client }) => client.name)));
	});

	it("are together what each client's are alone", async () => {
		const together = dump(await storeOf(files.map(eventsOfFile)));
		const alone: Record<string, unknown[]> = {};
		for (const name of new Set(files.map(({ client }) => client.name))) {
			const own = files.filter(({ client }) => client.name === name);
			const tables = dump(await storeOf(own.map(eventsOfFile)));
			for (const [table, rows] of Object.entries(tables)) {
				alone[table] = [...(alone[table] ?? []), ...rows];
			}
		}
		for (const [table, rows] of Object.entries(together)) {
			// Sums by function are those of all clients: that is what one vocabulary is for.
			if (table.startsWith("function_")) continue;
			assert.deepEqual(textsOf(alone[table] ?? []), textsOf(rows), table);
		}
	});
});

function textsOf(rows: readonly unknown[]): string[] {
	return rows.map((row) => JSON.stringify(row)).sort();
}

/** Slices of each in its order, mixed. */
function interleaved(
	all: readonly (readonly AgentEvent[])[],
	choose: () => number,
): AgentEvent[][] {
	const rest = all.map((events) => [...events]);
	const batches: AgentEvent[][] = [];
	while (rest.some((events) => events.length > 0)) {
		const left = rest.filter((events) => events.length > 0);
		const from = left[choose() % left.length];
		batches.push(from?.splice(0, 1 + (choose() % 12)) ?? []);
	}
	return batches;
}
