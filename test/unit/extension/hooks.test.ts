import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync } from "node:fs";
import { hookSettings } from "../../../src/extension/hooks/hookSettings.ts";
import { installGuide } from "../../../src/extension/hooks/installGuide.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const HOOKS = new URL("../../../hooks/", import.meta.url);
const hooksJson = readFileSync(new URL("hooks.json", HOOKS), "utf8");

interface HookSettings {
	readonly hooks: Readonly<Record<string, readonly { hooks: readonly { command: string }[] }[]>>;
}

function commandsOf(settings: string): string[] {
	const { hooks } = JSON.parse(settings) as HookSettings;
	return Object.values(hooks).flatMap((entries) =>
		entries.flatMap((entry) => entry.hooks.map(({ command }) => command)),
	);
}

describe("hookSettings", () => {
	const folder = useTempFolder();

	it("puts the folder into every command and leaves no placeholder", () => {
		const commands = commandsOf(hookSettings(hooksJson, "/opt/agents"));
		assert.ok(commands.length >= 10);
		for (const command of commands) {
			assert.match(command, /"\/opt\/agents\/hooks\/[a-z-]+\.sh"/);
			assert.doesNotMatch(command, /CLAUDE_PLUGIN_ROOT/);
		}
	});

	it("gives commands that a shell runs whatever the folder is called", () => {
		const root = folder.file('it\'s $HOME `id` "quoted" & more');
		mkdirSync(`${root}/hooks`, { recursive: true });
		cpSync(HOOKS, `${root}/hooks`, { recursive: true });
		chmodSync(`${root}/hooks/agent-lifecycle.sh`, 0o755);
		const command = commandsOf(hookSettings(hooksJson, root)).find((each) =>
			each.includes("agent-lifecycle"),
		);
		const log = folder.file("events.jsonl");
		execFileSync("sh", ["-c", command ?? "false"], {
			env: { PATH: process.env.PATH, HOME: folder.path, KEI_EVENTS_FILE: log },
			input: JSON.stringify({
				hook_event_name: "SessionStart",
				session_id: "s",
				source: "startup",
			}),
		});
		assert.match(readFileSync(log, "utf8"), /"event":"session_start"/);
	});
});

describe("installGuide", () => {
	const facts = {
		settings: hookSettings(hooksJson, "/opt/agents"),
		settingsFile: "/home/you/.claude/settings.json",
		eventsFile: "/home/you/.claude/memory/agent-events.jsonl",
		pluginFolder: "/opt/it's here",
		isJqFound: true,
	};

	it("shows the settings whole, and how to try them without", () => {
		const guide = installGuide(facts);
		assert.ok(guide.includes(facts.settings));
		assert.ok(guide.includes("claude --plugin-dir '/opt/it'\\''s here'"));
		assert.ok(!guide.includes("was not found"));
	});

	it("says when jq is missing and how to get it", () => {
		assert.match(
			installGuide({ ...facts, isJqFound: false }),
			/`jq` was not found.*apt install jq/s,
		);
	});
});
