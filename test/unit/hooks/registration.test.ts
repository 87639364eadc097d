import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hooksFolder } from "../../support/hooks/hookLab.ts";
import { call, payload } from "../../support/hooks/payloads.ts";
import { commandsFor, readRegistration, scriptsFor } from "../../support/hooks/registration.ts";

const registration = readRegistration();

const toolScripts: readonly (readonly [hook: string, tool: string, ...scripts: string[]])[] = [
	["PreToolUse", "Agent", "agent-event-spawn.sh"],
	["PreToolUse", "Task", "agent-event-spawn.sh"],
	["PreToolUse", "TaskCreate", "tool-use-event.sh"],
	["PreToolUse", "Bash", "tool-use-event.sh"],
	["PreToolUse", "Skill", "tool-use-event.sh"],
	["PostToolUse", "Agent", "agent-event-done.sh"],
	["PostToolUse", "mcp__Agent__run", "tool-use-event.sh"],
	["PostToolUse", "Skill", "tool-use-event.sh", "skill-record.sh"],
	["PostToolUseFailure", "Task", "agent-event-done.sh"],
	["PostToolUseFailure", "Bash", "tool-use-event.sh"],
	["PostToolUseFailure", "Skill", "tool-use-event.sh", "skill-record.sh"],
];

const lifecycleHooks = [
	"SessionStart",
	"SessionEnd",
	"UserPromptSubmit",
	"SubagentStart",
	"SubagentStop",
	"PermissionRequest",
	"Notification",
	"PreCompact",
];

describe("the registration of the hooks", () => {
	it("names the hooks of the contract and no other", () => {
		const hooks = [...lifecycleHooks, "Stop", "PreToolUse", "PostToolUse", "PostToolUseFailure"];
		assert.deepEqual(Object.keys(registration).sort(), hooks.sort());
	});

	for (const hook of lifecycleHooks) {
		it(`runs one script on ${hook}`, () => {
			assert.deepEqual(scriptsFor(registration, payload(hook)), ["agent-lifecycle.sh"]);
		});
	}

	it("runs the lifecycle's script and that of the claims on Stop", () => {
		const scripts = ["agent-lifecycle.sh", "numeric-claims-record.sh"];
		assert.deepEqual(scriptsFor(registration, payload("Stop")), scripts);
	});

	for (const [hook, tool, ...scripts] of toolScripts) {
		it(`runs ${scripts.join(" and ")} on ${hook} of ${tool}`, () => {
			assert.deepEqual(scriptsFor(registration, call(hook, tool, {})), scripts);
		});
	}

	it("gives every command a short time limit, and waits for all but those of tool calls", () => {
		for (const hook of Object.keys(registration)) {
			for (const tool of ["Agent", "Bash", "Skill"]) {
				for (const command of commandsFor(registration, call(hook, tool, {}))) {
					assert.equal(command.type, "command");
					assert.ok(command.timeout <= 10);
					const isFrequent = command.command.includes("tool-use-event.sh");
					assert.equal(command.async, isFrequent ? true : undefined);
				}
			}
		}
	});

	it("runs scripts that are there, from whatever folder the plugin lies in", () => {
		for (const group of Object.values(registration).flat()) {
			for (const { command } of group.hooks) {
				const [, script] =
					/^sh "\$\{CLAUDE_PLUGIN_ROOT\}\/hooks\/([\w-]+\.sh)"$/.exec(command) ?? [];
				assert.ok(script && existsSync(join(hooksFolder, script)), command);
			}
		}
	});

	it("belongs to a plugin of this package's name and version", () => {
		const read = (file: string) => JSON.parse(readFileSync(join(hooksFolder, "..", file), "utf8"));
		const { name, version } = read(".claude-plugin/plugin.json");
		const manifest = read("package.json");
		assert.deepEqual([name, version], [manifest.name, manifest.version]);
	});
});
