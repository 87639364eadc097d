import assert from "node:assert/strict";
import { callOf } from "../../../../src/ingest/opencode/opencodeTools.ts";

describe("Tools of opencode", () => {
	it("are those of a server where they are named behind one", () => {
		const named = (tool: string) => {
			const { kind, mcpServer, mcpTool } = callOf("c1", tool, {}).named;
			return [kind, mcpServer, mcpTool];
		};
		assert.deepEqual(named("notes_find_all"), ["mcp", "notes", "find_all"]);
		assert.deepEqual(named("my-notes_find"), ["mcp", "my-notes", "find"]);
		assert.deepEqual(named("apply_patch"), ["edit", "", ""]);
		assert.deepEqual(named("plan_exit"), ["other", "", ""]);
		assert.deepEqual(named("bash"), ["shell", "", ""]);
	});
});
