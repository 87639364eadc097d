import assert from "node:assert/strict";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import { LiveGraph } from "../../../../src/model/graph/liveGraph.ts";
import { describeGraph } from "../../../../src/model/graph/told/graphDescription.ts";
import { sessionPage } from "../../../../src/telemetry/events/sessionEvents.ts";
import type { SessionCursor } from "../../../../src/telemetry/figures.ts";
import type { TelemetryStore } from "../../../../src/telemetry/storage/store.ts";
import { UNNAMED_SESSION } from "../../../../src/telemetry/tables/callRow.ts";
import { newHistory } from "../../../support/histories/history.ts";
import { databaseOf } from "../../../support/histories/product/databaseSide.ts";
import { compareGraph, shownState } from "../../../support/histories/product/graphSide.ts";
import { readIn } from "../../../support/histories/product/orders.ts";
import { Random } from "../../../support/histories/simulation/random.ts";
import type { Mode } from "../../../support/histories/truth.ts";
import { storeOf } from "../../../support/telemetry/telemetry.ts";
import { hookEvents, transcriptEvents } from "../../../support/transcripts/recordedRun.ts";

/** No row tells of turns: the last one counts as over. */
const UNENDED_TURN = ": state is idle, but should be running";
const HISTORIES = Number(process.env.HISTORIES ?? 40);
const MOMENTS = 3;

function graphFrom(store: TelemetryStore, until?: number): LiveGraph {
	const graph = new LiveGraph(until === undefined ? {} : { until });
	const ids = store.all<{ id: string }>(
		`SELECT session_id AS id FROM sessions WHERE session_id <> '${UNNAMED_SESSION}' ORDER BY 1`,
	);
	for (const { id } of ids) for (const event of eventsOf(store, id)) graph.apply(event);
	return graph;
}

/** What is told of agents that have an id of their own. */
function agentsIn(graph: LiveGraph): Map<string, unknown> {
	const agents = describeGraph(graph).nodes.filter(({ id }) => /^a[0-9a-f]{16}$/.test(id));
	return new Map(
		agents.map((node) => {
			const { id, session, type, outcome, stubs } = node;
			return [`${session} ${id}`, { type, state: shownState(node), outcome, stubs }];
		}),
	);
}

/** In pages so small that there are some. */
function eventsOf(store: TelemetryStore, id: string): AgentEvent[] {
	const events: AgentEvent[] = [];
	let cursor: SessionCursor | null = null;
	do {
		const page = sessionPage(store, id, cursor, 3);
		events.push(...page.events);
		cursor = page.next;
	} while (cursor !== null);
	return events;
}

describe("a session made of its rows", () => {
	for (const mode of ["hooks", "transcripts", "both"] satisfies Mode[]) {
		it(`is the one that was live, told by ${mode}`, async () => {
			for (let seed = 1; seed <= HISTORIES; seed++) {
				const history = newHistory(seed);
				const store = await databaseOf(readIn(history, mode, seed), seed);
				const differences = compareGraph(graphFrom(store), history.truth(mode)).filter(
					(line) => !line.endsWith(UNENDED_TURN),
				);
				store.close();
				if (differences.length > 0) {
					assert.fail([`history ${seed}`, ...differences, "", ...history.story].join("\n"));
				}
			}
		});
	}

	for (const mode of ["hooks", "transcripts", "both"] satisfies Mode[]) {
		it(`has the agents that were known at any moment, told by ${mode}`, async () => {
			for (let seed = 1; seed <= HISTORIES; seed++) {
				// Version 1 names the launch for the agent, and no row is made of a guess.
				const { events } = readIn(newHistory(seed, { hasV1: false }), mode, seed);
				const store = await databaseOf({ events, way: "" }, seed);
				const times = events.map(({ ts }) => ts).filter((ts) => ts > 0);
				const random = new Random(seed);
				for (let moment = 0; moment < MOMENTS; moment++) {
					const until = random.pick(times);
					const live = new LiveGraph({ until });
					for (const event of events) live.apply(event);
					const past = agentsIn(graphFrom(store, until));
					// Of who has not begun the launch alone is known, to which rows give the id of later.
					for (const [id, agent] of agentsIn(live)) {
						assert.deepEqual(past.get(id), agent, `history ${seed} at ${until}: ${id}`);
					}
				}
				store.close();
			}
		});
	}

	it("has the nodes, figures and failures of a run of the real client", async () => {
		const events = [...hookEvents("everything"), ...transcriptEvents("everything").flat()];
		const live = new LiveGraph();
		for (const event of events) live.apply(event);
		const store = await storeOf([events]);
		const past = graphFrom(store);
		const byId = ({ nodes }: ReturnType<typeof describeGraph>) =>
			nodes
				.map((node) => ({ ...node, aliases: [...node.aliases].sort() }))
				.sort((a, b) => (a.id < b.id ? -1 : 1));
		assert.deepEqual(byId(describeGraph(past)), byId(describeGraph(live)));
		store.close();
	});

	it("is nothing where it has no row", async () => {
		const store = await storeOf([]);
		assert.deepEqual(sessionPage(store, "s1", null), { events: [], next: null });
		store.close();
	});
});
