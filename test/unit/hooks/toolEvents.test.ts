import assert from "node:assert/strict";
import { forEachShell } from "../../support/hooks/forEachShell.ts";
import { call, common, type Payload } from "../../support/hooks/payloads.ts";

const use = { ...common("tool_use"), id: "toolu_01" };
const result = { ...common("tool_result"), id: "toolu_01" };

interface Case {
	readonly title: string;
	readonly input: Payload;
	readonly event: Payload;
}

const cases: readonly Case[] = [
	{
		title: "the tool and the program of a shell command, and no more of the command",
		input: call("PreToolUse", "Bash", { command: "/usr/bin/git push secret", description: "x" }),
		event: { ...use, tool: "Bash", program: "git" },
	},
	{
		title: "the acting agent",
		input: call("PreToolUse", "Glob", { pattern: "hush" }, { agent_id: "a1", agent_type: "Plan" }),
		event: { ...use, tool: "Glob", agent_id: "a1" },
	},
	{
		title: "no agent where only the session has a type of its own",
		input: call("PreToolUse", "Glob", { pattern: "hush" }, { agent_type: "reviewer" }),
		event: { ...use, tool: "Glob" },
	},
	{
		title: "the path of a file",
		input: call("PreToolUse", "Read", { file_path: "/home/dev/a b.ts", offset: 3 }),
		event: { ...use, tool: "Read", file_path: "/home/dev/a b.ts" },
	},
	{
		title: "the path of a notebook as that of a file",
		input: call("PreToolUse", "NotebookEdit", { notebook_path: "/n.ipynb", new_source: "hush" }),
		event: { ...use, tool: "NotebookEdit", file_path: "/n.ipynb" },
	},
	{
		title: "the name of a skill, without its arguments",
		input: call("PreToolUse", "Skill", { skill: "review", args: "hush" }),
		event: { ...use, tool: "Skill", skill: "review" },
	},
	{
		title: "the server of an MCP tool, and no argument that is named like a known one",
		input: call("PreToolUse", "mcp__my_server__run__it", { command: "ls", skill: "hush" }),
		event: { ...use, tool: "mcp__my_server__run__it", mcp_server: "my_server" },
	},
	{
		title: "a success with its duration, without the answer",
		input: call("PostToolUse", "Grep", { pattern: "x" }, { tool_response: "hush", duration_ms: 7 }),
		event: { ...result, tool: "Grep", success: true, duration_ms: 7 },
	},
	{
		title: "a command that was interrupted",
		input: call(
			"PostToolUse",
			"Bash",
			{ command: "sleep 9" },
			{ tool_response: { stdout: "hush", interrupted: true }, duration_ms: 7 },
		),
		event: {
			...result,
			tool: "Bash",
			program: "sleep",
			success: true,
			duration_ms: 7,
			interrupted: true,
		},
	},
	{
		title: "a failure by the class of its error",
		input: call(
			"PostToolUseFailure",
			"Bash",
			{ command: "false" },
			{ error: "Exit code 3\nhush", is_interrupt: false, duration_ms: 7 },
		),
		event: {
			...result,
			tool: "Bash",
			program: "false",
			success: false,
			duration_ms: 7,
			interrupted: false,
			error_class: "exit_3",
		},
	},
	{
		title: "a skill that says itself that it failed",
		input: call(
			"PostToolUse",
			"Skill",
			{ skill: "review", args: "hush" },
			{ tool_response: { success: false, commandName: "hush" }, duration_ms: 4 },
		),
		event: { ...result, tool: "Skill", skill: "review", success: false, duration_ms: 4 },
	},
	{
		title: "any other tool that says so as one that went well",
		input: call("PostToolUse", "Read", {}, { tool_response: { success: false }, duration_ms: 4 }),
		event: { ...result, tool: "Read", success: true, duration_ms: 4 },
	},
];

forEachShell("tool events", (lab) => {
	for (const { title, input, event } of cases) {
		it(`write ${title}`, async () => {
			assert.deepEqual(await lab().events("tool-use-event.sh", input), [event]);
		});
	}

	it("write nothing of arguments whose type is not what it should be", async () => {
		const odd = { command: ["ls"], file_path: { a: "hush" }, notebook_path: 3, skill: ["hush"] };
		const input = call("PreToolUse", "Bash", odd);
		assert.deepEqual(await lab().events("tool-use-event.sh", input), [{ ...use, tool: "Bash" }]);
		const flat = call("PreToolUse", "Bash", "hush");
		assert.deepEqual(await lab().events("tool-use-event.sh", flat), [{ ...use, tool: "Bash" }]);
	});

	it("write nothing of an answer whose type is not what it should be", async () => {
		const odd = { tool_response: { interrupted: "hush" }, duration_ms: "hush" };
		const input = call("PostToolUse", "Grep", {}, odd);
		const right = { ...result, tool: "Grep", success: true };
		assert.deepEqual(await lab().events("tool-use-event.sh", input), [right]);
	});

	it("write no number that is none of a duration", async () => {
		for (const duration_ms of [-1, 1e300, "7"]) {
			const input = call("PostToolUse", "Grep", {}, { tool_response: {}, duration_ms });
			const right = { ...result, tool: "Grep", success: true };
			assert.deepEqual(await lab().events("tool-use-event.sh", input), [right]);
		}
	});
});

forEachShell("a hook that is registered for too much", (lab) => {
	const calls = ["Agent", "Task", "Skill", "Bash"].flatMap((tool) => [
		call("PreToolUse", tool, {}),
		call("PostToolUse", tool, {}),
	]);
	const writers: readonly (readonly [script: string, tools: readonly string[]])[] = [
		["agent-event-spawn.sh", ["Agent", "Task"]],
		["skill-record.sh", ["Skill"]],
		["tool-use-event.sh", ["Skill", "Bash"]],
	];
	for (const [script, tools] of writers) {
		it(`writes only of its own tools: ${script} of ${tools.join(" and ")}`, async () => {
			const wrote = new Set<unknown>();
			for (const input of calls) {
				const events = await lab().events(script, input);
				if (events.length > 0) wrote.add(input.tool_name);
			}
			assert.deepEqual([...wrote], tools);
		});
	}

	it("writes nothing for a hook it does not know", async () => {
		const input = call("PostToolBatch", "Bash", {});
		assert.deepEqual(await lab().events("tool-use-event.sh", input), []);
	});
});

forEachShell("skill events", (lab) => {
	const skill = { ...common("skill_use"), id: "toolu_01", skill: "review", duration_ms: 4 };
	const input = (response: unknown) =>
		call(
			"PostToolUse",
			"Skill",
			{ skill: "review", args: "hush" },
			{ tool_response: response, duration_ms: 4 },
		);

	it("write the skill and that it went well", async () => {
		const events = await lab().events("skill-record.sh", input({ success: true }));
		assert.deepEqual(events, [{ ...skill, success: true }]);
	});

	it("write that it did not", async () => {
		const events = await lab().events("skill-record.sh", input({ success: false }));
		assert.deepEqual(events, [{ ...skill, success: false }]);
		const more = { error: "hush", duration_ms: 4 };
		const failed = call("PostToolUseFailure", "Skill", { skill: "review" }, more);
		assert.deepEqual(await lab().events("skill-record.sh", failed), [{ ...skill, success: false }]);
	});
});
