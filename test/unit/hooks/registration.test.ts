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

	for (const client of ["codex", "qwen-code"]) {
		it(`of ${client} runs the same scripts, told whose payloads they get`, () => {
			const own = readRegistration(client);
			for (const [hook, groups] of Object.entries(own)) {
				assert.ok(Object.hasOwn(registration, hook), hook);
				for (const { command, timeout, type } of groups.flatMap(({ hooks }) => hooks)) {
					const [, script] =
						/^sh "\$\{CLAUDE_PLUGIN_ROOT\}\/hooks\/([\w-]+\.sh)" [\w-]+$/.exec(command) ?? [];
					assert.ok(script && existsSync(join(hooksFolder, script)), command);
					assert.ok(command.endsWith(` ${client}`), command);
					assert.ok(timeout <= 10 && type === "command");
				}
			}
			for (const hook of ["PreToolUse", "PostToolUse"]) {
				const launch = client === "codex" ? "collaborationspawn_agent" : "agent";
				const scripts = scriptsFor(own, call(hook, launch, {}));
				const first = hook === "PreToolUse" ? "agent-event-spawn.sh" : "agent-event-done.sh";
				assert.equal(scripts[0], first);
				assert.deepEqual(scriptsFor(own, call(hook, "mcp__x__agent_run", {})), [
					"tool-use-event.sh",
				]);
			}
		});
	}

	it("of Codex has matchers without lookahead, which it cannot read, and waits for all", () => {
		const groups = Object.values(readRegistration("codex")).flat();
		for (const { matcher = "", hooks } of groups) {
			assert.ok(!matcher.includes("(?"), matcher);
			assert.ok(hooks.every((each) => each.async === undefined));
		}
	});

	it("belongs to a plugin of this package's name and version", () => {
		const read = (file: string) => JSON.parse(readFileSync(join(hooksFolder, "..", file), "utf8"));
		const { name, version } = read(".claude-plugin/plugin.json");
		const manifest = read("package.json");
		assert.deepEqual([name, version], [manifest.name, manifest.version]);
	});
});
