import assert from "node:assert/strict";
import { parseLine } from "../../src/ingest/eventLog/parseLine.ts";
import { newHistory } from "../support/histories/history.ts";
import { compareDatabase, databaseOf } from "../support/histories/product/databaseSide.ts";
import { compareGraph, graphOf } from "../support/histories/product/graphSide.ts";
import { type Reading, readIn } from "../support/histories/product/orders.ts";
import type { Mode, Truth } from "../support/histories/truth.ts";

const MODES: readonly Mode[] = ["hooks", "transcripts", "both"];
const ORDERS = 2;
/** `HISTORIES=5000` tries more of them, `FIRST_HISTORY` begins elsewhere. */
const COUNT = Number(process.env.HISTORIES ?? 60);
const FIRST = Number(process.env.FIRST_HISTORY ?? 1);
const BLOCK = 20;

type Compare = (reading: Reading, truth: Truth, seed: number) => Promise<readonly string[]>;

const inGraph: Compare = async (reading, truth) => compareGraph(graphOf(reading), truth);

const inDatabase: Compare = async (reading, truth, seed) => {
	const store = await databaseOf(reading, seed);
	try {
		return compareDatabase(store, truth);
	} finally {
		store.close();
	}
};

async function check(mode: Mode, first: number, compare: Compare): Promise<void> {
	for (let seed = first; seed < Math.min(first + BLOCK, FIRST + COUNT); seed++) {
		const history = newHistory(seed);
		const truth = history.truth(mode);
		for (let order = 0; order < ORDERS; order++) {
			const orderSeed = seed * ORDERS + order;
			const reading = readIn(history, mode, orderSeed);
			const differences = await compare(reading, truth, orderSeed);
			if (differences.length === 0) continue;
			const where = `history ${seed} by ${mode}, order ${orderSeed}: ${reading.way}`;
			assert.fail([where, ...differences, "", ...history.story].join("\n"));
		}
	}
}

const tracesOf = (seed: number) => {
	const { log, files } = newHistory(seed);
	return { log, files };
};

describe("histories", () => {
	it("are the same for the same seed", () => {
		assert.deepEqual(tracesOf(7), tracesOf(7));
		assert.notDeepEqual(tracesOf(7), tracesOf(8));
	});

	it("have lines that hooks and the client could have written, each in a moment of its own", () => {
		for (let seed = FIRST; seed < FIRST + COUNT; seed++) {
			const { log, files } = newHistory(seed);
			for (const { text } of log) {
				assert.ok(Buffer.byteLength(text) < 4096);
				assert.notEqual(typeof parseLine(text), "string", text);
			}
			for (const { lines } of files) {
				const times = lines.map(({ ts }) => ts);
				assert.deepEqual(times, [...new Set(times)].sort());
			}
		}
	});

	for (const mode of MODES) {
		for (let first = FIRST; first < FIRST + COUNT; first += BLOCK) {
			const range = `${first} to ${Math.min(first + BLOCK, FIRST + COUNT) - 1}`;
			it(`are what the live graph shows, by ${mode}, in any order: ${range}`, () =>
				check(mode, first, inGraph));
			it(`are what the database holds, by ${mode}, in any order: ${range}`, () =>
				check(mode, first, inDatabase));
		}
	}
});
