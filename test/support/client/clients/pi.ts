import { globSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { called, exitOf, installed, type RealClient, shellFunction } from "./realClient.ts";

export const pi: RealClient = {
	...installed("pi"),
	nests: null,
	tellsLinesOfAgents: true,
	starts: ["new", "resume", "fork"],

	tell(step, { project }) {
		switch (step.does) {
			case "shell":
				return called("bash", { command: step.command }, shellFunction(step), exitOf(step));
			case "write": {
				const input = { path: join(project, step.file), content: step.content };
				return called("write", input, "tool:Write");
			}
			case "edit": {
				const edits = [{ oldText: step.line, newText: step.into.join("\n") }];
				return called("edit", { path: join(project, step.file), edits }, "tool:Edit");
			}
			case "read":
				return called("read", { path: join(project, step.file) }, "tool:Read", "not_found");
			case "ask":
			case "launch":
			case "join":
				return null;
		}
	},

	configure({ home, address }) {
		const folder = join(home, ".pi", "agent");
		mkdirSync(folder, { recursive: true });
		const scripted = {
			baseUrl: `${address}/v1`,
			api: "openai-completions",
			apiKey: "scripted-key-000",
			models: [{ id: "scripted-1" }],
		};
		writeFileSync(join(folder, "models.json"), JSON.stringify({ providers: { scripted } }));
	},

	invoke({ home }, prompt, start) {
		const sessions = join(home, ".pi", "agent", "sessions");
		const how = {
			new: () => [],
			resume: () => ["--continue"],
			fork: () => ["--fork", join(sessions, globSync("*/*.jsonl", { cwd: sessions })[0] ?? "")],
		}[start]();
		return {
			args: ["--provider", "scripted", "--model", "scripted-1", ...how, "-p", prompt],
			env: { PI_OFFLINE: "1" },
		};
	},
};
