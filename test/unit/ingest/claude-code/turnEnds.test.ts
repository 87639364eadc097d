import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { LiveGraph } from "../../../../src/model/graph/liveGraph.ts";
import { describeGraph } from "../../../../src/model/graph/told/graphDescription.ts";
import { CASES } from "../../../support/cases.ts";
import { unpriced } from "../../../support/transcripts/recordedRun.ts";

const SESSION = "00000011-0000-4000-8000-000000000000";
const CASE = path.join(CASES, "11-graph-of-old-session/projects/demo", `${SESSION}.jsonl`);
const HALF_AN_HOUR_MS = 30 * 60_000;

const lines = readFileSync(CASE, "utf8").trimEnd().split("\n");

/** A line of the case with something else in it. */
const like = (at: number, more: object, message: object = {}): string => {
	const line = JSON.parse(lines[at] ?? "");
	return JSON.stringify({ ...line, ...more, message: { ...line.message, ...message } });
};

function graphOf(all: readonly string[]): LiveGraph {
	const graph = new LiveGraph();
	const reader = unpriced.newReader({ session: SESSION, agent: "", companions: [] });
	for (const line of all) for (const { event } of reader.line(line).records) graph.apply(event);
	return graph;
}

const stateOf = (graph: LiveGraph) => describeGraph(graph).nodes[0]?.state;

describe("A turn of a client that does not say why a message ended", () => {
	it("ends by its words", () => {
		assert.deepEqual(stateOf(graphOf(lines.slice(0, 3))), "running");
		assert.deepEqual(stateOf(graphOf(lines)), "idle");
	});

	it("goes on where a call follows them, at once or later", () => {
		for (const timestamp of ["2026-02-20T10:00:17.000Z", "2026-02-20T10:00:18.500Z"]) {
			const call = like(
				1,
				{ timestamp },
				{ content: [{ type: "tool_use", id: "t", name: "Read" }] },
			);
			assert.equal(stateOf(graphOf([...lines, call])), "running");
		}
	});

	it("ends by what the client says behind it", () => {
		const said = {
			type: "system",
			subtype: "turn_duration",
			timestamp: "2026-02-20T10:00:13.000Z",
		};
		const { message: _, ...line } = JSON.parse(like(0, said));
		assert.equal(stateOf(graphOf([...lines.slice(0, 3), JSON.stringify(line)])), "idle");
	});

	it("is not ended by words of a client that says it", () => {
		const words = like(3, { version: "2.1.329" });
		assert.equal(stateOf(graphOf([...lines.slice(0, 3), words])), "running");
	});

	it("was left where nothing was heard of it since", () => {
		const [graph, cutOff] = [graphOf(lines), graphOf(lines.slice(0, 3))];
		for (const each of [graph, cutOff]) {
			each.reap(Date.parse("2026-02-20T10:00:17.000Z") + HALF_AN_HOUR_MS + 1, HALF_AN_HOUR_MS);
		}
		assert.deepEqual([stateOf(graph), stateOf(cutOff)], ["done", "lost"]);
	});
});
