import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
	asked,
	called,
	exitOf,
	installed,
	notesServer,
	promptOf,
	type RealClient,
	shellFunction,
} from "./realClient.ts";

export const qwen: RealClient = {
	...installed("qwen-code"),
	nests: true,
	tellsLinesOfAgents: true,
	starts: ["new", "resume", "fork"],

	tell(step, { project }) {
		switch (step.does) {
			case "shell": {
				const input = { command: step.command, description: "a step", is_background: false };
				return called("run_shell_command", input, shellFunction(step), exitOf(step));
			}
			case "write": {
				const input = { file_path: join(project, step.file), content: step.content };
				return called("write_file", input, "tool:Write");
			}
			case "edit": {
				const input = {
					file_path: join(project, step.file),
					old_string: step.line,
					new_string: step.into.join("\n"),
				};
				return called("edit", input, "tool:Edit");
			}
			case "read": {
				const input = { file_path: join(project, step.file) };
				return called("read_file", input, "tool:Read", "not_found");
			}
			case "ask":
				return asked(step, `mcp__notes__${step.tool}`);
			case "launch": {
				const about = { description: step.task, subagent_type: "general-purpose" };
				const input = { ...about, prompt: promptOf(step.task), run_in_background: false };
				return called("agent", input, "agent:general-purpose");
			}
			case "join":
				return null;
		}
	},

	configure({ home }) {
		mkdirSync(join(home, ".qwen"), { recursive: true });
		const mcpServers = { notes: { ...notesServer, trust: true } };
		writeFileSync(join(home, ".qwen", "settings.json"), JSON.stringify({ mcpServers }));
	},

	invoke({ address }, prompt, start) {
		const how = { new: [], resume: ["--continue"], fork: ["--continue", "--fork-session"] }[start];
		return {
			args: ["-y", "-o", "stream-json", ...how, "-p", prompt],
			env: {
				OPENAI_BASE_URL: `${address}/v1`,
				OPENAI_API_KEY: "scripted-key-000",
				OPENAI_MODEL: "scripted-1",
			},
		};
	},
};
