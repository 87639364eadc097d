import assert from "node:assert/strict";
import { forEachShell } from "../../support/hooks/forEachShell.ts";
import { common, type Payload, payload } from "../../support/hooks/payloads.ts";

interface Case {
	readonly title: string;
	readonly input: Payload;
	readonly event: Payload;
}

const agent = { agent_id: "a0123456789abcdef", agent_type: "Explore" };

const cases: readonly Case[] = [
	{
		title: "a start of a session with its source and model",
		input: payload("SessionStart", { source: "resume", model: "claude-sonnet-5" }),
		event: { ...common("session_start"), source: "resume", model: "claude-sonnet-5" },
	},
	{
		title: "an end of a session with its reason",
		input: payload("SessionEnd", { reason: "prompt_input_exit" }),
		event: { ...common("session_end"), reason: "prompt_input_exit" },
	},
	{
		title: "a prompt of a person, and nothing of its text",
		input: payload("UserPromptSubmit", { prompt: "my secret plan", permission_mode: "plan" }),
		event: common("prompt"),
	},
	{
		title: "a start of an agent",
		input: payload("SubagentStart", agent),
		event: { ...common("agent_start"), ...agent },
	},
	{
		title: "a stop of an agent that says nothing of its outcome",
		input: payload("SubagentStop", { ...agent, last_assistant_message: "all done" }),
		event: { ...common("agent_stop"), ...agent, outcome: null, stubs: null },
	},
	{
		title: "a stop without an agent type, for the reader to judge",
		input: payload("SubagentStop", { ...agent, agent_type: "" }),
		event: { ...common("agent_stop"), ...agent, agent_type: "", outcome: null, stubs: null },
	},
	{
		title: "a wait for permission with the agent and tool that wait, not with the input",
		input: payload("PermissionRequest", {
			agent_id: agent.agent_id,
			tool_name: "Bash",
			tool_input: { command: "deploy --token hush" },
			permission_suggestions: [{ type: "addRules", rules: ["hush"] }],
		}),
		event: { ...common("permission_wait"), agent_id: agent.agent_id, tool: "Bash" },
	},
	{
		title: "a notification by its kind, without its message",
		input: payload("Notification", { notification_type: "idle_prompt", message: "hush" }),
		event: { ...common("notification"), notification_type: "idle_prompt" },
	},
	{
		title: "a compaction with its trigger, without the instructions",
		input: payload("PreCompact", { trigger: "manual", custom_instructions: "hush" }),
		event: { ...common("compact"), trigger: "manual" },
	},
	{
		title: "an end of a turn with the number of tasks still running",
		input: payload("Stop", {
			last_assistant_message: "hush",
			background_tasks: [{ id: "a1" }, { id: "b2" }],
		}),
		event: { ...common("turn_end"), running: 2 },
	},
];

forEachShell("lifecycle events", (lab) => {
	for (const { title, input, event } of cases) {
		it(`writes ${title}`, async () => {
			assert.deepEqual(await lab().events("agent-lifecycle.sh", input), [event]);
		});
	}

	it("writes nothing for a hook it does not know", async () => {
		assert.deepEqual(await lab().events("agent-lifecycle.sh", payload("MessageDisplay")), []);
	});
});
