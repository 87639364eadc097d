import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { forEachShell } from "../../support/hooks/forEachShell.ts";
import type { HookLab } from "../../support/hooks/hookLab.ts";
import { call, type Payload } from "../../support/hooks/payloads.ts";

const MAX_LINE_BYTES = 4096;

/** The only line that a spawn with these fields gives, as bytes and as what a reader makes of it. */
async function line(lab: HookLab, input: Payload): Promise<{ bytes: Buffer; event: Payload }> {
	await lab.run("agent-event-spawn.sh", input);
	const bytes = readFileSync(lab.log);
	const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	assert.equal(text.indexOf("\n"), text.length - 1);
	return { bytes, event: JSON.parse(text) };
}

const fillers: readonly (readonly [name: string, text: string])[] = [
	["letters", "x"],
	["two-byte characters", "é"],
	["four-byte characters", "🦉"],
	["characters that JSON escapes", "\u0001"],
	["quotes and backslashes", '"\\'],
];

forEachShell("the size of a line", (lab) => {
	for (const [name, text] of fillers) {
		it(`stays within 4,096 bytes with long texts of ${name}`, async () => {
			const long = text.repeat(9000);
			const fields = { cwd: long, transcript_path: long, agent_id: "a1" };
			const input = { description: long, subagent_type: long, prompt: long };
			const { bytes, event } = await line(lab(), call("PreToolUse", "Agent", input, fields));
			assert.ok(bytes.length <= MAX_LINE_BYTES, `${bytes.length} bytes`);
			assert.equal(event.id, "toolu_01");
			assert.equal(event.parent_id, "a1");
			assert.ok(long.startsWith(String(event.description)));
			assert.ok(!/\p{Surrogate}|\uFFFD/u.test(bytes.toString()), "half a character");
		});
	}

	it("stays within 4,096 bytes even where every id is too long", async () => {
		const long = "🦉".repeat(4000);
		const fields = { session_id: long, agent_id: long, tool_use_id: long, cwd: long };
		const { bytes, event } = await line(lab(), call("PreToolUse", "Agent", {}, fields));
		assert.ok(bytes.length <= MAX_LINE_BYTES, `${bytes.length} bytes`);
		assert.equal(event.event, "agent_spawn");
	});

	it("cuts long texts, and leaves ids of 256 characters whole", async () => {
		const id = "i".repeat(256);
		const fields = { session_id: id, agent_id: id, tool_use_id: id, cwd: "c".repeat(5000) };
		const { event } = await line(lab(), call("PreToolUse", "Agent", {}, fields));
		assert.deepEqual([event.session_id, event.agent_id, event.id], [id, id, id]);
	});

	it("keeps an event whose payload holds half a character, and writes no half", async () => {
		const input = call("PreToolUse", "Agent", { description: "a\ud83eb" });
		const { event } = await line(lab(), input);
		assert.equal(event.description, "a/ud83eb");
	});
});
