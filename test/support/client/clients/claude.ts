import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { claudeBinary, claudeVersion } from "../../../../scripts/setup/claudeClient.ts";
import {
	asked,
	called,
	exitOf,
	notesServer,
	promptOf,
	type RealClient,
	shellFunction,
} from "./realClient.ts";

export const claude: RealClient = {
	name: "claude-code",
	version: claudeVersion,
	program: claudeBinary,
	nests: true,
	tellsLinesOfAgents: false,
	starts: ["new", "resume", "fork"],

	tell(step, { project }) {
		switch (step.does) {
			case "shell": {
				const input = { command: step.command, description: "a step" };
				return called("Bash", input, shellFunction(step), exitOf(step));
			}
			case "write": {
				const input = { file_path: join(project, step.file), content: step.content };
				return called("Write", input, "tool:Write");
			}
			case "edit": {
				const input = {
					file_path: join(project, step.file),
					old_string: step.line,
					new_string: step.into.join("\n"),
				};
				return called("Edit", input, "tool:Edit");
			}
			case "read":
				return called("Read", { file_path: join(project, step.file) }, "tool:Read", "not_found");
			case "ask":
				return asked(step, `mcp__notes__${step.tool}`);
			case "launch": {
				const about = { description: step.task, subagent_type: "general-purpose" };
				const input = { ...about, prompt: promptOf(step.task), run_in_background: false };
				return called("Agent", input, "agent:general-purpose");
			}
			case "join":
				return null;
		}
	},

	configure({ home }) {
		mkdirSync(join(home, ".claude"), { recursive: true });
		const permissions = { allow: ["Agent", "Bash", "Edit", "Read", "Write", "mcp__notes"] };
		writeFileSync(
			join(home, ".claude.json"),
			JSON.stringify({ mcpServers: { notes: { type: "stdio", ...notesServer } } }),
		);
		writeFileSync(join(home, ".claude", "settings.json"), JSON.stringify({ permissions }));
	},

	invoke({ address }, prompt, start) {
		const how = { new: [], resume: ["--continue"], fork: ["--continue", "--fork-session"] }[start];
		return {
			args: [
				"-p",
				prompt,
				"--model",
				"claude-sonnet-5",
				"--permission-mode",
				"acceptEdits",
				...how,
			],
			env: {
				ANTHROPIC_BASE_URL: address,
				ANTHROPIC_API_KEY: "sk-ant-local",
				CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
				DISABLE_AUTOUPDATER: "1",
			},
		};
	},
};
