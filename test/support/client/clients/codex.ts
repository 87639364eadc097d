import { globSync, mkdirSync, writeFileSync } from "node:fs";
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
	type Told,
} from "./realClient.ts";
import type { Step } from "./scenario.ts";

/** With a model that writes scripts ("code mode"), or with one that the client does not know. */
export function codexWith(model: string, isScripted: boolean): RealClient {
	return {
		...installed("codex"),
		nests: true,
		tellsLinesOfAgents: true,
		starts: ["new", "resume", "fork"],
		tell: (step) => (isScripted ? inScript(step) : asFunction(step)),

		configure({ home, address }) {
			mkdirSync(join(home, ".codex"), { recursive: true });
			writeFileSync(
				join(home, ".codex", "config.toml"),
				[
					`model = "${model}"`,
					'model_provider = "scripted"',
					'approval_policy = "never"',
					// As many agents, and as deep, as a scenario has.
					...(isScripted
						? [
								"[features.multi_agent_v2]",
								"enabled = true",
								"max_concurrent_threads_per_session = 16",
							]
						: ["[agents]", "max_depth = 4"]),
					"[model_providers.scripted]",
					'name = "scripted"',
					`base_url = "${address}/v1"`,
					'wire_api = "responses"',
					'env_key = "SCRIPTED_KEY"',
					"[mcp_servers.notes]",
					`command = ${JSON.stringify(notesServer.command)}`,
					`args = ${JSON.stringify(notesServer.args)}`,
				].join("\n"),
			);
		},

		invoke({ home }, prompt, start) {
			const how = {
				new: () => [],
				resume: () => ["resume", "--last"],
				fork: () => ["fork", firstThread(home)],
			}[start]();
			const free = ["-c", 'sandbox_mode="danger-full-access"'];
			const args = ["exec", "--skip-git-repo-check", "--json", ...free, ...how, prompt];
			return { args, env: { SCRIPTED_KEY: "scripted-key-000" } };
		},
	};
}

/** The thread that a person began first: its agents' are younger. */
function firstThread(home: string): string {
	const [first = ""] = globSync("sessions/*/*/*/rollout-*.jsonl", {
		cwd: join(home, ".codex"),
	}).sort();
	return first.slice(-"01234567-0123-0123-0123-0123456789ab.jsonl".length, -".jsonl".length);
}

function inScript(step: Step): Told | null {
	switch (step.does) {
		case "shell": {
			const script = `text(await tools.exec_command(${JSON.stringify({ cmd: step.command })}));`;
			return called("exec", script, shellFunction(step), exitOf(step));
		}
		case "write":
			return called("exec", patched(additionOf(step)), "tool:Write");
		case "edit":
			return called("exec", patched(updateOf(step)), "tool:Edit");
		case "ask": {
			const { call } = asked(step, "");
			const script = `text(await tools.mcp__notes__${step.tool}({ words: "a note" }));`;
			return called("exec", script, call.function, call.error);
		}
		case "launch": {
			const input = { task_name: step.task, message: promptOf(step.task), fork_turns: "none" };
			return called("spawn_agent", input, "agent:default", null, "collaboration");
		}
		case "join":
			return called("wait_agent", { timeout_ms: 10_000 }, "tool:wait_agent", null, "collaboration");
		case "read":
			return null;
	}
}

function asFunction(step: Step): Told | null {
	switch (step.does) {
		case "shell":
			return called("exec_command", { cmd: step.command }, shellFunction(step), exitOf(step));
		case "write":
			return called("exec_command", handed(additionOf(step)), "tool:Write");
		case "edit":
			return called("exec_command", handed(updateOf(step)), "tool:Edit");
		case "ask":
			return asked(step, step.tool, "mcp__notes");
		case "launch": {
			const input = { message: promptOf(step.task), agent_type: "default" };
			return called("spawn_agent", input, "agent:default", null, "multi_agent_v1");
		}
		case "join": {
			const input = { targets: ["$AGENT"], timeout_ms: 15_000 };
			return called("wait_agent", input, "tool:wait_agent", null, "multi_agent_v1");
		}
		case "read":
			return null;
	}
}

/** A patch that adds a file. */
export function additionOf({ file, content }: Step & { readonly does: "write" }): string {
	const lines = content.trimEnd().split("\n");
	const added = lines.map((line) => `+${line}`);
	return ["*** Begin Patch", `*** Add File: ${file}`, ...added, "*** End Patch"].join("\n");
}

/** A patch that changes one. */
export function updateOf({ file, line, into }: Step & { readonly does: "edit" }): string {
	const changed = ["@@", `-${line}`, ...into.map((each) => `+${each}`)];
	return ["*** Begin Patch", `*** Update File: ${file}`, ...changed, "*** End Patch"].join("\n");
}

function patched(patch: string): string {
	return `text(await tools.apply_patch(${JSON.stringify(patch)}));`;
}

function handed(patch: string): { readonly cmd: string } {
	return { cmd: `apply_patch <<'P'\n${patch}\nP` };
}
