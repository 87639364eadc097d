import assert from "node:assert/strict";
import type { AgentEvent } from "../../src/model/events/events.ts";
import { DISTURBANCE_KINDS, type Disturbance, disturbed } from "../support/histories/disturbed.ts";
import { newHistory } from "../support/histories/history.ts";
import {
	disagreements,
	type Said,
	saidByDatabase,
	saidByGraph,
	sharedByDatabase,
	sharedByGraph,
} from "../support/histories/product/agreement.ts";
import { databaseOf } from "../support/histories/product/databaseSide.ts";
import { graphOf } from "../support/histories/product/graphSide.ts";
import { type Reading, readIn } from "../support/histories/product/orders.ts";
import type { Mode } from "../support/histories/truth.ts";

const MODES: readonly Mode[] = ["hooks", "transcripts", "both"];
/** `HISTORIES=500` tries more of them, `FIRST_HISTORY` begins elsewhere. */
const COUNT = Math.ceil(Number(process.env.HISTORIES ?? 60) / 12);
const FIRST = Number(process.env.FIRST_HISTORY ?? 1);

/** The graph's and the database's own words for one reading, and the words that both have. */
interface Words {
	readonly graph: Said;
	readonly database: Said;
	readonly sharedGraph: Said;
	readonly sharedDatabase: Said;
}

async function wordsFor(reading: Reading, seed: number): Promise<Words> {
	const graph = graphOf(reading);
	const store = await databaseOf(reading, seed);
	try {
		return {
			graph: saidByGraph(graph),
			database: saidByDatabase(store),
			sharedGraph: sharedByGraph(graph),
			sharedDatabase: sharedByDatabase(store, reading.events),
		};
	} finally {
		store.close();
	}
}

/** Version 1 names the launch for the agent, which only the graph takes for the agent's own id. */
const hasV1 = (events: readonly AgentEvent[]) => events.some(({ v }) => v === 1);

async function check(seed: number, kind: Disturbance, mode: Mode): Promise<void> {
	const history = disturbed(newHistory(seed), kind, seed);
	const [one, other] = [0, 1].map((order) => readIn(history, mode, seed * 2 + order));
	if (one === undefined || other === undefined) throw new Error("two readings");
	const [first, second] = [await wordsFor(one, seed * 2), await wordsFor(other, seed * 2 + 1)];
	const differences = [
		...disagreements(first.graph, second.graph),
		...disagreements(first.database, second.database),
	];
	// An id of an agent is one session's in the graph, and one agent's in the database.
	if (kind !== "elsewhere" && !hasV1(one.events)) {
		differences.push(...disagreements(first.sharedGraph, first.sharedDatabase));
	}
	if (differences.length === 0) return;
	const where = `history ${seed} by ${mode}: ${one.way}; or: ${other.way}`;
	assert.fail([where, ...differences, "", ...history.story].join("\n"));
}

const TITLES: Readonly<Record<Disturbance, string>> = {
	lost: "of which lines are lost",
	back: "with clocks that are set back",
	coarse: "with much that happens in one moment",
	elsewhere: "with an agent that goes on in another session",
};

describe("histories of which nobody knows what is true", () => {
	for (const kind of DISTURBANCE_KINDS) {
		for (const mode of MODES) {
			it(`${TITLES[kind]} are the same to graph and database, by ${mode}, in any order`, async () => {
				for (let seed = FIRST; seed < FIRST + COUNT; seed++) await check(seed, kind, mode);
			});
		}
	}
});
