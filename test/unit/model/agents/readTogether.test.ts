import assert from "node:assert/strict";
import { nodeOf } from "../../../support/log/eventLog.ts";
import { apiError, BothSources, launch } from "../../../support/transcripts/bothSources.ts";

const MARKER = "=== STATUS-TRUTH MARKER ===\nshipped: partial\nstubs: 1";
const FAILED = "=== STATUS-TRUTH MARKER ===\nshipped: fail\nstubs: 7";

const agentOf = ({ graph }: BothSources) => {
	const { state, outcome } = nodeOf(graph, "a1");
	return [state, outcome];
};
const sessionOf = ({ graph }: BothSources) => nodeOf(graph, "s1").state;

const asked = (told: BothSources) =>
	told
		.main(0, "user", { content: "go" })
		.main(1, "assistant", { id: "m1", content: [launch], stop_reason: "tool_use" });
const inBackground = (told: BothSources) =>
	told.launched(2, "Async agent launched", {
		toolUseResult: { status: "async_launched", agentId: "a1" },
	});
const completed = (told: BothSources, second: number, text: string) =>
	told.launched(second, text, {
		toolUseResult: { status: "completed", agentId: "a1", content: [{ type: "text", text }] },
	});

describe("What an API error ended, in log and transcripts", () => {
	const own = (told: BothSources) =>
		told
			.meta()
			.agent(2, "user", { content: "look" })
			.agent(5, "assistant", apiError, { isApiErrorMessage: true });
	const error = "Agent terminated early due to an API error";

	it("is a turn that rests", () => {
		const told = new BothSources().main(0, "user", { content: "go" });
		told.main(1, "assistant", apiError, { isApiErrorMessage: true });
		assert.equal(sessionOf(told), "idle");
	});

	it("is an agent that failed, whichever file is read first", () => {
		const main = (told: BothSources) => asked(told).launched(6, error, { is_error: true });
		assert.deepEqual(agentOf(own(main(new BothSources()))), ["done", "fail"]);
		assert.deepEqual(agentOf(main(own(new BothSources()))), ["done", "fail"]);
	});

	it("is an agent that failed, also when its file is read after the log", () => {
		const told = new BothSources().hook(0, "prompt");
		told.hook(1, "agent_spawn", { id: "t1", subagent_type: "Explore" });
		told.hook(2, "agent_start", { agent_id: "a1", agent_type: "Explore" });
		const failed = { tool: "Agent", success: false, error_class: "unknown" };
		told.hook(6, "tool_result", { id: "t1", ...failed });
		assert.deepEqual(agentOf(told), ["done", "fail"]);
		assert.deepEqual(agentOf(own(told)), ["done", "fail"]);
	});

	it("is an agent that failed, also when the session's file reports it first", () => {
		const told = inBackground(asked(new BothSources())).report(6, "failed");
		assert.deepEqual(agentOf(told), ["done", "fail"]);
		assert.deepEqual(agentOf(own(told)), ["done", "fail"]);
	});
});

describe("An agent without a last word, such as one that had no turns left", () => {
	const call = { type: "tool_use", id: "c1", name: "Bash", input: {} };
	const own = (told: BothSources) =>
		told
			.meta()
			.agent(2, "user", { content: "look" })
			.agent(3, "assistant", { id: "m2", content: [call], stop_reason: "tool_use" })
			.agent(4, "user", { content: [{ type: "tool_result", tool_use_id: "c1", content: "x" }] });
	const main = (told: BothSources) => completed(asked(told), 5, MARKER);
	const hooks = (told: BothSources) =>
		told
			.hook(0, "prompt")
			.hook(1, "agent_spawn", { id: "t1", subagent_type: "Explore" })
			.hook(2.02, "agent_start", { agent_id: "a1", agent_type: "Explore" })
			.hook(5, "agent_done", { id: "t1", child_id: "a1", outcome: "partial", stubs: 1 });
	const orders: Readonly<Record<string, (told: BothSources) => BothSources>> = {
		"its own file first": (told) => main(own(told)),
		"the session's file first": (told) => own(main(told)),
		"the log, then its own file": (told) => own(hooks(told)),
		"the log, then the session's file, then its own": (told) => own(main(hooks(told))),
	};
	for (const [name, tell] of Object.entries(orders)) {
		it(`has ended when its launch came back: ${name}`, () => {
			const told = tell(new BothSources());
			assert.deepEqual(agentOf(told), ["done", "partial"]);
			assert.equal(nodeOf(told.graph, "a1").calls, 1);
		});
	}

	it("has ended when it was reported, whichever file is read first", () => {
		const told = asked(new BothSources()).report(5, "completed");
		assert.equal(agentOf(own(told))[0], "done");
	});

	it("has ended when its transcript reported it and the log is read after that", () => {
		const told = asked(new BothSources()).report(5, "completed");
		told.hook(1, "agent_spawn", { id: "t1", subagent_type: "Explore" });
		told.hook(2, "agent_start", { agent_id: "a1", agent_type: "Explore" });
		const report = { id: "t1", child_id: "a1", status: "completed", tokens: 1 };
		assert.equal(agentOf(told.hook(5.1, "agent_result", report))[0], "done");
	});
});

describe("A session that is read while it goes on", () => {
	it("goes on waiting when the transcript of the same turn is read after the log", () => {
		const told = new BothSources()
			.hook(0, "prompt")
			.hook(5, "tool_use", { id: "c1", tool: "Bash" });
		told.hook(6, "permission_wait", { tool: "Bash" });
		const call = { type: "tool_use", id: "c1", name: "Bash", input: {} };
		told.main(-0.05, "user", { content: "go" });
		told.main(4.9, "assistant", { id: "m1", content: [call], stop_reason: "tool_use" });
		assert.equal(sessionOf(told), "waiting");
	});

	it("began with its own first line, also when the file of an agent is read first", () => {
		const told = new BothSources().agent(7200, "user", { content: "look" });
		told.main(0, "user", { content: "go" });
		const root = told.graph.snapshot().nodes.find(({ kind }) => kind === "session");
		assert.equal(root?.startedAt, Date.UTC(2026, 0, 1, 10));
	});

	it("does not put the outcome of a former life on the one that goes on", () => {
		const a1 = { agent_id: "a1", agent_type: "Explore" };
		const told = new BothSources().hook(0, "prompt");
		told.hook(1, "agent_spawn", { id: "t1", subagent_type: "Explore" }).hook(2, "agent_start", a1);
		told.hook(5, "agent_stop", { ...a1, outcome: "fail", stubs: 7 });
		told.hook(6, "agent_done", { id: "t1", child_id: "a1", outcome: "fail", stubs: 7 });
		assert.deepEqual(agentOf(told.hook(9, "agent_start", a1)), ["running", null]);
		told.main(1, "assistant", { id: "m1", content: [launch], stop_reason: "tool_use" });
		assert.deepEqual(agentOf(completed(told, 6, FAILED)), ["running", null]);
		assert.deepEqual(agentOf(told.hook(20, "agent_stop", a1)), ["done", null]);
		assert.equal(told.graph.counters.failed, 0);
	});

	it("knows the launch of an agent, though a report named the call that resumed it before", () => {
		const told = new BothSources().hook(1, "agent_start", {
			agent_id: "a1",
			agent_type: "Explore",
		});
		told.hook(2, "agent_stop", { agent_id: "a1", agent_type: "Explore" });
		told.hook(3, "agent_result", { id: "send1", child_id: "a1", status: "completed" });
		const { parent, description } = nodeOf(told.meta({ parentAgentId: "a0" }).graph, "a1");
		assert.deepEqual([parent, description], ["a0", "look"]);
	});
});

describe("A session that another process goes on with", () => {
	it("rests after the resume, though its transcript, read later, tells of a report before", () => {
		const report = { id: "t1", child_id: "a1", status: "completed", tokens: 1 };
		const told = new BothSources().hook(0, "prompt").hook(4, "turn_end");
		told.hook(5, "agent_result", report).hook(8, "turn_end").hook(9, "session_end");
		told.hook(60, "session_start", { source: "resume" });
		const said = (id: string) => ({
			id,
			content: [{ type: "text", text: "x" }],
			stop_reason: "end_turn",
		});
		told.main(0, "user", { content: "go" }).main(3.9, "assistant", said("m1"));
		told.report(5, "completed").main(7.9, "assistant", said("m2"));
		assert.equal(sessionOf(told), "idle");
	});

	it("has an agent done that the client says did not finish", () => {
		const told = inBackground(asked(new BothSources()))
			.meta()
			.agent(2, "user", { content: "look" });
		assert.equal(agentOf(told)[0], "running");
		const summary = `Background agent "look" didn't finish before the previous session ended`;
		assert.equal(agentOf(told.report(60, "stopped", summary))[0], "done");
	});

	const cutOff = (told: BothSources) =>
		told.launched(60, "[Tool call interrupted: the session ended before this call's result", {
			is_error: true,
			toolDenialKind: "interrupted",
		});

	it("has lost an agent whose launch was cut off, which is no failure", () => {
		const told = asked(new BothSources()).meta().agent(2, "user", { content: "look" });
		assert.deepEqual(agentOf(cutOff(told)), ["lost", null]);
	});

	it("has lost it also when the file beside its transcript is read last", () => {
		const told = cutOff(asked(new BothSources()));
		assert.equal(agentOf(told.agent(2, "user", { content: "look" }).meta())[0], "lost");
	});
});
