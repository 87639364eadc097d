import assert from "node:assert/strict";
import type { CallView, NodeDetail } from "../../../../src/model/views/view.ts";
import { FailureReason } from "../../../../src/webview/state/failureReason.ts";
import { agentView, START } from "../../../support/page/fakeViews.ts";

const IDS = { session: "s1", agent: "a1" };
const call = (id: string, success: boolean): CallView => ({
	id,
	tool: "Bash",
	detail: "",
	startedAt: START,
	durationMs: 5,
	success,
	errorClass: success ? "" : "exit_1",
});
const detail = (...recent: CallView[]): NodeDetail => ({
	key: "a1",
	tools: [],
	toolStats: [],
	recent,
	usage: [],
	sessionUsage: [],
	aliases: [],
});

describe("the reason of a failure", () => {
	const view = agentView("a1");

	it("is asked for once for each call that failed, the latest", () => {
		const reason = new FailureReason();
		const first = detail(call("c1", false), call("c2", true));
		const asked = { type: "askReason", ...IDS, call: "c1" };
		assert.deepEqual(reason.question(IDS, view, first), asked);
		assert.equal(reason.question(IDS, view, detail(call("c1", false))), null);
		const next = reason.question(IDS, view, detail(call("c1", false), call("c3", false)));
		assert.deepEqual(next, { ...asked, call: "c3" });
	});

	it("is that of the agent where it failed and no call of it did", () => {
		const reason = new FailureReason();
		assert.equal(reason.question(IDS, view, detail(call("c1", true))), null);
		const failed = { ...view, outcome: "fail" as const };
		assert.deepEqual(reason.question(IDS, failed, detail()), {
			type: "askReason",
			...IDS,
			call: null,
		});
	});

	it("is taken while nothing else was asked for, and gone where nothing had failed yet", () => {
		const reason = new FailureReason();
		reason.question(IDS, view, detail(call("c1", false)));
		const answer = { type: "reason", ...IDS, call: "c1", text: "no such file" } as const;
		assert.ok(!reason.take({ ...answer, call: "c2" }));
		assert.ok(reason.take(answer));
		assert.equal(reason.text, "no such file");
		reason.question(IDS, view, detail());
		assert.equal(reason.text, "");
		assert.ok(!reason.take(answer));
	});
});
