import assert from "node:assert/strict";
import { resolveTranscriptFolders } from "../../../src/ingest/transcriptFolders.ts";

describe("resolveTranscriptFolders", () => {
	const resolve = (extra: string[], env: Record<string, string> = {}) =>
		resolveTranscriptFolders({ extra, env, home: "/home/dev" });

	it("takes the folder where each client keeps its own", () => {
		assert.deepEqual(resolve([]), ["/home/dev/.claude/projects"]);
		assert.deepEqual(resolve([], { CLAUDE_CONFIG_DIR: "/cfg" }), ["/cfg/projects"]);
		assert.deepEqual(resolve([], { CLAUDE_CONFIG_DIR: "~/cfg" }), ["/home/dev/cfg/projects"]);
	});

	it("adds those of the setting, each once", () => {
		assert.deepEqual(resolve([" ~/more ", "", "other", "/home/dev/.claude/projects"]), [
			"/home/dev/.claude/projects",
			"/home/dev/more",
			"/home/dev/other",
		]);
	});
});
