import assert from "node:assert/strict";
import {
	readTranscriptLink,
	withTranscriptLinks,
} from "../../../../src/extension/sequences/reportLinks.ts";
import { table } from "../../../../src/sequences/texts/markdown.ts";
import { CALL_HEAD, cells } from "../../../../src/sequences/texts/sequenceReport.ts";

const BASE = "vscode://agent-live-graph.agent-live-graph";
const call = {
	toolUseId: "toolu_1",
	sessionId: "5b0c27f2-3a6e",
	agentId: "a1",
	functionId: "bash:git",
	ts: 0,
	success: true,
};

describe("Ids in reports", () => {
	it("lead to the transcript, the agent's own, and the very call", () => {
		const linked = withTranscriptLinks(table(CALL_HEAD, [cells(call)]), BASE);
		const places = [...linked.matchAll(/\]\(vscode:\/\/([^)]+)\)/g)].map(([, address = ""]) => {
			const { pathname, search } = new URL(`http://${address}`);
			return readTranscriptLink({ path: pathname, query: search.slice(1) });
		});
		const session = call.sessionId;
		assert.deepEqual(places, [
			{ session, agent: "", call: "" },
			{ session, agent: "a1", call: "" },
			{ session, agent: "a1", call: "toolu_1" },
		]);
		assert.ok(linked.includes("[`toolu_1`]("));
	});

	it("leave the rest of a report as it is", () => {
		const report = "# A `b`\n\nnothing `5b0c` to link\n";
		assert.equal(withTranscriptLinks(report, BASE), report);
	});

	for (const [path, query] of [
		["/other", "session=s1"],
		["/transcript", ""],
		["/transcript", "session=../../etc/passwd"],
		["/transcript", "session=s1&agent=a%0Ab"],
		["/transcript", `session=${"x".repeat(129)}`],
	] as const) {
		it(`are nothing but ids: ${path}?${query.slice(0, 40)}`, () => {
			assert.equal(readTranscriptLink({ path, query }), null);
		});
	}
});
