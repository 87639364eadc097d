import assert from "node:assert/strict";
import { forEachShell } from "../../support/hooks/forEachShell.ts";
import { call, common, type Payload } from "../../support/hooks/payloads.ts";

const launch = {
	description: "research the first half",
	prompt: "Look at everything.",
	subagent_type: "Explore",
	model: "haiku",
	isolation: "worktree",
	run_in_background: true,
};

const spawned = {
	...common("agent_spawn"),
	id: "toolu_01",
	parent_id: null,
	subagent_type: "Explore",
	model: "haiku",
	description: "research the first half",
	branch: "worktree",
	background: true,
	prompt_preview: "Look at everything.",
};

const counts = {
	readCount: 1,
	searchCount: 2,
	bashCount: 3,
	editFileCount: 4,
	linesAdded: 5,
	linesRemoved: 6,
	otherToolCount: 7,
};

const answer = {
	status: "completed",
	agentId: "a0123456789abcdef",
	resolvedModel: "claude-haiku-5-5",
	totalDurationMs: 471,
	totalTokens: 6542,
	totalToolUseCount: 2,
	toolStats: counts,
	prompt: "hush",
	content: [
		{ type: "text", text: "<note>" },
		{ type: "text", text: "=== STATUS-TRUTH MARKER ===\nshipped: partial\nstubs: 2" },
	],
};

function after(response: unknown, fields: Payload = {}): Payload {
	return call("PostToolUse", "Agent", launch, { tool_response: response, ...fields });
}

const link = {
	...common("agent_link"),
	id: "toolu_01",
	child_id: "a0123456789abcdef",
	model: "claude-haiku-5-5",
	status: "completed",
};

const done = {
	...common("agent_done"),
	id: "toolu_01",
	child_id: "a0123456789abcdef",
	duration_ms: 471,
	tool_use_count: 2,
	tokens: 6542,
	outcome: "partial",
	stubs: 2,
	tool_stats: counts,
};

forEachShell("events of the agent tool", (lab) => {
	for (const tool of ["Agent", "Task"]) {
		it(`writes a spawn with everything the launch says, for the tool ${tool}`, async () => {
			const events = await lab().events("agent-event-spawn.sh", call("PreToolUse", tool, launch));
			assert.deepEqual(events, [spawned]);
		});
	}

	it("names the acting agent as the parent of a nested spawn", async () => {
		const input = call("PreToolUse", "Agent", {}, { agent_id: "a1", agent_type: "Plan" });
		const [event] = await lab().events("agent-event-spawn.sh", input);
		assert.deepEqual(event, {
			...common("agent_spawn"),
			agent_id: "a1",
			id: "toolu_01",
			parent_id: "a1",
		});
	});

	it("shows 80 characters of an agent's prompt, and never half of one", async () => {
		const input = call("PreToolUse", "Agent", { prompt: "🦉".repeat(100) });
		const [event] = await lab().events("agent-event-spawn.sh", input);
		assert.equal(event?.prompt_preview, "🦉".repeat(80));
	});

	it("shows nothing of it when the preview is off", async () => {
		const input = call("PreToolUse", "Agent", launch);
		const [event] = await lab().events("agent-event-spawn.sh", input, {
			KEI_EVENTS_NO_PREVIEW: "1",
		});
		const { prompt_preview, ...rest } = spawned;
		assert.deepEqual(event, rest);
	});

	it("links a background agent when it is launched, and does not call it done", async () => {
		const launched = { ...answer, status: "async_launched" };
		const events = await lab().events("agent-event-done.sh", after(launched));
		assert.deepEqual(events, [{ ...link, status: "async_launched" }]);
	});

	it("links an agent that runs elsewhere", async () => {
		const launched = { ...answer, status: "remote_launched" };
		const events = await lab().events("agent-event-done.sh", after(launched));
		assert.deepEqual(events, [{ ...link, status: "remote_launched" }]);
	});

	it("links and ends an agent that has completed", async () => {
		assert.deepEqual(await lab().events("agent-event-done.sh", after(answer)), [link, done]);
	});

	it("leaves the tool counts out when their collection is bypassed", async () => {
		const env = { OUTCOME_BACKFILL_BYPASS: "1" };
		const events = await lab().events("agent-event-done.sh", after(answer), env);
		const { tool_stats, ...rest } = done;
		assert.deepEqual(events, [link, rest]);
	});

	it("ends an agent whose answer does not name it", async () => {
		const { agentId, ...nameless } = answer;
		const { child_id, ...rest } = done;
		assert.deepEqual(await lab().events("agent-event-done.sh", after(nameless)), [rest]);
	});

	it("reports a launch that failed as a failed call", async () => {
		const input = call("PostToolUseFailure", "Agent", launch, {
			error: "Agent type 'nope' not found. Available agents: Explore",
			is_interrupt: false,
			duration_ms: 1,
		});
		assert.deepEqual(await lab().events("agent-event-done.sh", input), [
			{
				...common("tool_result"),
				id: "toolu_01",
				tool: "Agent",
				success: false,
				duration_ms: 1,
				interrupted: false,
				error_class: "not_found",
			},
		]);
	});
});
