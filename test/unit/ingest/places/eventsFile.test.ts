import assert from "node:assert/strict";
import { resolveEventsFile } from "../../../../src/ingest/places/eventsFile.ts";

describe("resolveEventsFile", () => {
	const resolve = (setting: string, env: Record<string, string> = {}) =>
		resolveEventsFile({ setting, env, home: "/home/dev" });

	it("takes the setting before everything else", () => {
		assert.equal(resolve("/logs/e.jsonl", { KEI_EVENTS_FILE: "/env.jsonl" }), "/logs/e.jsonl");
		assert.equal(resolve("~/logs/e.jsonl"), "/home/dev/logs/e.jsonl");
		assert.equal(resolve("logs/e.jsonl"), "/home/dev/logs/e.jsonl");
	});

	it("takes the environment next, then the client's own folder", () => {
		assert.equal(resolve("  ", { KEI_EVENTS_FILE: "/env.jsonl" }), "/env.jsonl");
		assert.equal(resolve("", { CLAUDE_CONFIG_DIR: "/cfg" }), "/cfg/memory/agent-events.jsonl");
		assert.equal(resolve(""), "/home/dev/.claude/memory/agent-events.jsonl");
	});

	it("does not take a name that begins with a tilde for a home folder", () => {
		assert.equal(resolve("~other/e.jsonl"), "/home/dev/~other/e.jsonl");
	});
});
