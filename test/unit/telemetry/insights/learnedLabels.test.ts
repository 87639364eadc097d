import assert from "node:assert/strict";
import type { Proposal } from "../../../../src/sequences/learned.ts";
import { proposalLabel } from "../../../../src/telemetry/insights/learnedLabels.ts";

function proposal(kind: Proposal["kind"], target: string, functionIds: string[] = []): Proposal {
	return {
		hash: "h",
		kind,
		target,
		status: "open",
		createdAt: 0,
		decidedAt: null,
		savesPerWeekMs: 0,
		followUp: null,
		evidence: { functionIds, calls: [], failedTests: [], figures: { scriptKind: "python" } },
	};
}

describe("The row of a proposal", () => {
	it("names functions without the prefix that a picture says", () => {
		const steps = ["tool:Read", "bash:git commit", "mcp:bank/charge"];
		assert.deepEqual(
			[
				proposalLabel(proposal("new_pipeline", "x", steps)),
				proposalLabel(proposal("fix_function", "bash:git commit")),
				proposalLabel(proposal("fix_function", "src/pay.ts#pay")),
				proposalLabel(proposal("archive_skill", "skill:commit")),
				proposalLabel(proposal("extract_function", "0123456789abcdef")),
			],
			[
				"Pipeline: Read → git commit → bank/charge",
				"Fix git commit",
				"Fix src/pay.ts#pay",
				"Archive the skill commit",
				"Make a function of the repeated script python 0123456789ab",
			],
		);
	});
});
