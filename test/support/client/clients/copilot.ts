import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { additionOf, updateOf } from "./codex.ts";
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

/** Models of OpenAI write files by patches, others by a tool of their own. */
export const copilotWith = (model: string): RealClient => ({
	...installed("copilot-cli"),
	nests: true,
	tellsLinesOfAgents: true,
	starts: ["new", "resume"],

	tell(step, { project }) {
		switch (step.does) {
			case "shell": {
				const input = { command: step.command, description: "a step", mode: "sync" };
				return called("bash", input, shellFunction(step), exitOf(step));
			}
			case "write": {
				const input = { path: join(project, step.file), file_text: step.content };
				return model.startsWith("gpt")
					? called("apply_patch", additionOf(step), "tool:Write")
					: called("create", input, "tool:Write");
			}
			case "edit": {
				const input = {
					path: join(project, step.file),
					old_str: step.line,
					new_str: step.into.join("\n"),
				};
				return model.startsWith("gpt")
					? called("apply_patch", updateOf(step), "tool:Edit")
					: called("edit", input, "tool:Edit");
			}
			case "read":
				return called("view", { path: join(project, step.file) }, "tool:Read", "not_found");
			case "ask":
				return asked(step, `notes-${step.tool}`);
			case "launch": {
				const about = { name: step.task, description: step.task, agent_type: "general-purpose" };
				const input = { ...about, prompt: promptOf(step.task), mode: "sync" };
				return called("task", input, "agent:general-purpose");
			}
			case "join":
				return null;
		}
	},

	configure({ home }) {
		const notes = { type: "local", ...notesServer, tools: ["*"] };
		mkdirSync(join(home, ".copilot"), { recursive: true });
		const servers = JSON.stringify({ mcpServers: { notes } });
		writeFileSync(join(home, ".copilot", "mcp-config.json"), servers);
	},

	invoke({ address }, prompt, start) {
		const all = ["--allow-all-tools", "--allow-all-paths", "--output-format", "json"];
		const how = start === "new" ? [] : ["--continue"];
		return {
			args: [...all, ...how, "-p", prompt],
			env: {
				COPILOT_OFFLINE: "true",
				COPILOT_PROVIDER_BASE_URL: `${address}/v1`,
				COPILOT_PROVIDER_WIRE_API: "completions",
				COPILOT_MODEL: model,
			},
		};
	},
});
