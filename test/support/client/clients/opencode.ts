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

export const opencode: RealClient = {
	...installed("opencode"),
	nests: false,
	tellsLinesOfAgents: true,
	starts: ["new", "resume", "fork"],

	tell(step, { project }) {
		switch (step.does) {
			case "shell": {
				const input = { command: step.command, description: "a step" };
				return called("bash", input, shellFunction(step), exitOf(step));
			}
			case "write": {
				const input = { filePath: join(project, step.file), content: step.content };
				return called("write", input, "tool:Write");
			}
			case "edit": {
				const input = {
					filePath: join(project, step.file),
					oldString: step.line,
					newString: step.into.join("\n"),
				};
				return called("edit", input, "tool:Edit");
			}
			case "read":
				return called("read", { filePath: join(project, step.file) }, "tool:Read", "not_found");
			case "ask":
				return asked(step, `notes_${step.tool}`);
			case "launch": {
				const about = { description: step.task, subagent_type: "general" };
				return called("task", { ...about, prompt: promptOf(step.task) }, "agent:general");
			}
			case "join":
				return null;
		}
	},

	configure({ home, address }) {
		const folder = join(home, ".config", "opencode");
		mkdirSync(folder, { recursive: true });
		const options = { baseURL: `${address}/v1`, apiKey: "scripted-key-000" };
		const provider = {
			scripted: {
				npm: "@ai-sdk/openai-compatible",
				name: "scripted",
				options,
				models: { "scripted-1": { name: "scripted-1" } },
			},
		};
		const settings = {
			provider,
			mcp: {
				notes: {
					type: "local",
					command: [notesServer.command, ...notesServer.args],
					enabled: true,
				},
			},
			model: "scripted/scripted-1",
			autoupdate: false,
			share: "disabled",
		};
		writeFileSync(join(folder, "opencode.json"), JSON.stringify(settings));
	},

	invoke(_place, prompt, start) {
		const how = { new: [], resume: ["--continue"], fork: ["--continue", "--fork"] }[start];
		return {
			args: ["run", "--format", "json", ...how, prompt],
			env: { OPENCODE_DISABLE_MODELS_FETCH: "1" },
		};
	},
};
