import assert from "node:assert/strict";
import { reportIds } from "../../../../src/extension/sequences/reportIds.ts";
import { table } from "../../../../src/sequences/texts/markdown.ts";
import { CALL_HEAD, cells } from "../../../../src/sequences/texts/sequenceReport.ts";

const CALL = {
	ts: 0,
	sessionId: "0a0a0a0a-0000-4000-8000-000000000000",
	agentId: "a1",
	toolUseId: "toolu_1",
	functionId: "bash:git",
	success: true,
};

describe("ids in reports", () => {
	it("are those of sessions, agents and calls, at their places", () => {
		const rows = [CALL, { ...CALL, agentId: null }].map((call, at) => [at + 1, ...cells(call)]);
		for (const text of [
			table(["#", ...CALL_HEAD], rows),
			table(CALL_HEAD, [cells(CALL), cells({ ...CALL, agentId: null })]),
		]) {
			const lines = text.split("\n");
			const found = reportIds(text).map(({ line, start, length, agent, call }) => {
				return [line, lines[line]?.slice(start, start + length), agent, call];
			});
			assert.deepEqual(found, [
				[2, CALL.sessionId, "", ""],
				[2, "a1", "a1", ""],
				[2, "toolu_1", "a1", "toolu_1"],
				[3, CALL.sessionId, "", ""],
				[3, "toolu_1", "", "toolu_1"],
			]);
		}
	});

	it("are none that no client could have made", () => {
		const hostile = { ...CALL, sessionId: "../../etc", toolUseId: "a b" };
		assert.deepEqual(reportIds(table(CALL_HEAD, [cells(hostile)])), []);
		assert.deepEqual(reportIds("# `a` | `b` | `c` |"), []);
	});
});
