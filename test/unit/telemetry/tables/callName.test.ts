import assert from "node:assert/strict";
import * as fc from "fast-check";
import { type CallRow, mergeCalls } from "../../../../src/telemetry/tables/callRow.ts";

const row = (functionId: string, argsHash: string | null): CallRow => ({
	id: "c1",
	ts: 1,
	session: "s1",
	client: "claude-code",
	v: 2,
	agent: null,
	functionId,
	tool: "Bash",
	rawTool: null,
	durationMs: null,
	durationFrom: null,
	success: null,
	errorClass: null,
	argsHash,
	source: argsHash === null ? "hook" : "transcript",
	cutOff: null,
});

describe("The name of a call that a hook and a transcript tell of", () => {
	it("is that of whoever knows the arguments, whichever comes first", () => {
		for (const [first, known] of [
			["bash:echo", "bash:gcc"],
			["bash:docker", "bash:ls"],
			["bash:mkdir", "bash:cp"],
			["tool:Bash", "bash:make"],
			["tool:Edit", "src/a.ts#open"],
		] as const) {
			const [hook, transcript] = [row(first, null), row(known, "h")];
			assert.equal(mergeCalls(hook, transcript).functionId, known);
			assert.equal(mergeCalls(transcript, hook).functionId, known);
		}
	});

	it("does not depend on how lines are paired", () => {
		const line = fc
			.tuple(
				fc.constantFrom("bash:cd", "bash:git", "bash:git commit", "tool:Bash"),
				fc.constantFrom(null, "h"),
			)
			.map(([name, hash]) => row(name, hash));
		fc.assert(
			fc.property(line, line, line, (a, b, c) => {
				const left = mergeCalls(mergeCalls(a, b), c);
				assert.deepEqual(left, mergeCalls(a, mergeCalls(b, c)));
				assert.deepEqual(left, mergeCalls(mergeCalls(c, a), b));
			}),
		);
	});
});
