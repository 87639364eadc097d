import assert from "node:assert/strict";
import { parseLine } from "../../../../src/ingest/eventLog/parseLine.ts";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import { LiveGraph } from "../../../../src/model/graph/liveGraph.ts";
import { describeGraph } from "../../../../src/model/graph/told/graphDescription.ts";
import { nodeDetail } from "../../../../src/model/graph/told/nodeDetail.ts";
import { sessionSummary } from "../../../../src/model/graph/told/sessionSummary.ts";
import { Recording } from "../../../../src/model/recording/recording.ts";
import { Replay } from "../../../../src/model/replay/replay.ts";
import { GraphMirror } from "../../../../src/model/views/graphMirror.ts";
import type { NodeView } from "../../../../src/model/views/view.ts";
import { newHistory } from "../../../support/histories/history.ts";
import { readIn } from "../../../support/histories/product/orders.ts";
import { Random } from "../../../support/histories/simulation/random.ts";
import type { Mode } from "../../../support/histories/truth.ts";
import { EventLog, essence, SESSION } from "../../../support/log/eventLog.ts";

const MODES: readonly Mode[] = ["hooks", "transcripts", "both"];
const SILENCE_MS = 30 * 60_000;
/** Three modes, and as many moments of each history. */
const HISTORIES = 34;
const MOMENTS = 10;

/** What was told of one session. */
function recordingOf(seed: number, mode: Mode): { told: AgentEvent[]; recording: Recording } {
	const { events } = readIn(newHistory(seed), mode, seed);
	const session = events.find((event) => event.session !== "")?.session ?? "";
	const told = events.filter((event) => event.session === session);
	const recording = new Recording(session);
	recording.add(told);
	// What stands beside a transcript has no time of its own.
	const timed = new Map(recording.events.map((event) => [nameOf(event), event]));
	return {
		told: told.map((event) =>
			event.event === "agent_meta" ? (timed.get(nameOf(event)) ?? event) : event,
		),
		recording,
	};
}

function nameOf(event: AgentEvent): unknown {
	return event.event === "agent_meta" ? `${event.id} ${event.child}` : event;
}

/** What is the same in whatever order lines came: hooks that overtake each other may hide a wait. */
function orderless(graph: LiveGraph): unknown {
	const { nodes, counters } = describeGraph(graph);
	const settled = nodes.map((node) =>
		node.state === "waiting" ? { ...node, state: "running" as const } : node,
	);
	return essence({ nodes: settled, counters: { ...counters, waiting: 0 } });
}

/** The graph that was live then. */
function liveAt(told: readonly AgentEvent[], time: number): LiveGraph {
	const graph = new LiveGraph();
	for (const event of told) if (event.ts <= time) graph.apply(event);
	graph.reap(time, SILENCE_MS);
	return graph;
}

function shownBy(graph: LiveGraph) {
	const snapshot = graph.snapshot();
	const details = snapshot.nodes.map(({ key }: NodeView) => nodeDetail(graph, key));
	const roots = snapshot.nodes.filter(({ kind }) => kind === "session");
	return { snapshot, details, summaries: roots.map(({ key }) => sessionSummary(graph, key)) };
}

describe("the replay of a session", () => {
	for (const mode of MODES) {
		it(`shows at any moment what was live then, by ${mode}`, () => {
			for (let seed = 1; seed <= HISTORIES; seed++) {
				const { told, recording } = recordingOf(seed, mode);
				const replay = new Replay(SILENCE_MS, 7);
				replay.events = recording.events;
				const random = new Random(seed);
				const length = recording.until - recording.from;
				for (let moment = 0; moment < MOMENTS; moment++) {
					const time = recording.from + Math.round(random.next() * length * 1.1);
					const where = `history ${seed} by ${mode} at ${time}`;
					const replayed = replay.at(time);
					assert.deepEqual(shownBy(replayed), shownBy(liveAt(recording.events, time)), where);
					assert.deepEqual(orderless(replayed), orderless(liveAt(told, time)), where);
				}
			}
		});
	}

	it("gives up on an agent that was silent for too long, and has it back before", () => {
		const recording = new Recording(SESSION);
		const log = new EventLog().start("a1", "Explore").use("toolu_1", "a1").start("a2", "Plan");
		recording.add(log.events.map((event) => parseLine(JSON.stringify(event)) as AgentEvent));
		const replay = new Replay(SILENCE_MS);
		replay.events = recording.events;
		const stateAt = (time: number) =>
			describeGraph(replay.at(time)).nodes.find(({ id }) => id === "a1")?.state;
		const { until } = recording;
		assert.equal(stateAt(until), "running");
		assert.equal(stateAt(until + SILENCE_MS + 60_000), "lost");
		assert.equal(stateAt(until), "running");
	});

	it("takes in what is told later of an earlier time", () => {
		const { recording } = recordingOf(3, "both");
		const late = recording.events.filter((_event, index) => index % 5 === 0);
		const replay = new Replay(SILENCE_MS, 7);
		replay.events = recording.events.filter((event) => !late.includes(event));
		while (replay.prepare(10));
		const time = (recording.from + recording.until) / 2;
		replay.at(time);
		replay.events = recording.events;
		assert.deepEqual(shownBy(replay.at(time)), shownBy(liveAt(recording.events, time)));
	});

	it("goes on with one graph as long as time does, so that its patches are all there is to tell", () => {
		const { recording } = recordingOf(5, "both");
		const replay = new Replay(SILENCE_MS, 7);
		replay.events = recording.events;
		const graph = replay.at(recording.from);
		graph.takePatch();
		const mirror = new GraphMirror();
		mirror.reset(graph.snapshot());
		const step = (recording.until - recording.from) / 50;
		for (let time = recording.from; time <= recording.until + step; time += step) {
			assert.equal(replay.at(time), graph);
			const patch = graph.takePatch();
			if (patch !== null) mirror.apply(patch);
		}
		for (const view of graph.snapshot().nodes) assert.deepEqual(mirror.nodes.get(view.key), view);
	});
});
