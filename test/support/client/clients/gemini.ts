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

export const gemini: RealClient = {
	...installed("gemini-cli"),
	nests: false,
	tellsLinesOfAgents: true,
	starts: ["new", "resume"],

	tell(step, { project }) {
		switch (step.does) {
			case "shell": {
				const input = { command: step.command, description: "a step" };
				return called("run_shell_command", input, shellFunction(step), exitOf(step));
			}
			case "write": {
				const input = { file_path: join(project, step.file), content: step.content };
				return called("write_file", input, "tool:Write");
			}
			case "edit": {
				const input = {
					file_path: join(project, step.file),
					instruction: "change a line",
					old_string: step.line,
					new_string: step.into.join("\n"),
				};
				return called("replace", input, "tool:Edit");
			}
			case "read": {
				const input = { file_path: join(project, step.file) };
				return called("read_file", input, "tool:Read", "not_found");
			}
			case "ask":
				return asked(step, `mcp_notes_${step.tool}`);
			case "launch": {
				const input = { agent_name: "generalist", prompt: promptOf(step.task) };
				return called("invoke_agent", input, "agent:generalist");
			}
			case "join":
				return null;
		}
	},

	endAgent: (last) => called("complete_task", { result: { response: last } }, "tool:complete_task"),

	configure({ home }) {
		const folder = join(home, ".gemini");
		mkdirSync(folder, { recursive: true });
		const security = { auth: { selectedType: "gemini-api-key" } };
		writeFileSync(
			join(folder, "settings.json"),
			JSON.stringify({ security, mcpServers: { notes: { ...notesServer, trust: true } } }),
		);
	},

	invoke({ address }, prompt, start) {
		const how = start === "new" ? [] : ["--resume", "latest"];
		const mode = ["--skip-trust", "-y", "-m", "gemini-2.5-flash", "-o", "stream-json"];
		return {
			args: [...mode, ...how, "-p", prompt],
			env: { GOOGLE_GEMINI_BASE_URL: address, GEMINI_API_KEY: "scripted-key-000" },
		};
	},
};
