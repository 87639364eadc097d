import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "../../../scripts/setup/which.ts";
import { forEachShell } from "../../support/hooks/forEachShell.ts";
import { hooksFolder, run } from "../../support/hooks/hookLab.ts";
import { call, type Payload, payload } from "../../support/hooks/payloads.ts";

/** A spawn whose line comes close to 4,096 bytes. */
function longSpawn(id: string): Payload {
	const input = { description: "x".repeat(1024), subagent_type: "y".repeat(1024) };
	const fields = { tool_use_id: id, cwd: "z".repeat(1024), transcript_path: "t".repeat(600) };
	return call("PreToolUse", "Agent", input, fields);
}

/** A completed agent gives two lines. */
const completed = call(
	"PostToolUse",
	"Agent",
	{},
	{ tool_response: { status: "completed", agentId: "a1" }, cwd: "z".repeat(1500) },
);

/** Two claims, each with a pointer that makes a long line. */
const claims = payload("Stop", {
	last_assistant_message: `one [REAL: ${"p".repeat(2000)}] two [REAL: ${"q".repeat(2000)}]`,
	cwd: "z".repeat(1500),
});

forEachShell("many hooks at once", (lab) => {
	it("tear and lose no line of nearly 4 KB", async () => {
		const ids = Array.from({ length: 64 }, (_, index) => `toolu_${index}`);
		await Promise.all(ids.map((id) => lab().run("agent-event-spawn.sh", longSpawn(id))));
		const lines = lab().lines();
		assert.ok(lines.every((line) => line.length > 3800 && line.length < 4096));
		assert.deepEqual(lines.map((line) => JSON.parse(line).id).sort(), ids.sort());
	});
});

forEachShell("one write for one line", (lab) => {
	before(function () {
		if (!findProgram("strace")) this.skip();
	});

	it("is all a hook does to the log, and in append mode", async function () {
		for (const [script, input, lines] of [
			["agent-event-spawn.sh", longSpawn("toolu_1"), 1],
			["agent-event-done.sh", completed, 2],
			["numeric-claims-record.sh", claims, 2],
		] as const) {
			const trace = join(lab().home, "trace");
			const { program, args } = lab().shell;
			const strace = ["-f", "-y", "-e", "trace=open,openat,write,pwrite64,writev,ftruncate"];
			const end = await run(
				"strace",
				[...strace, "-o", trace, program, ...args, join(hooksFolder, script)],
				{
					input: JSON.stringify(input),
					env: { PATH: process.env.PATH, HOME: lab().home, KEI_EVENTS_FILE: lab().log },
					cwd: lab().home,
				},
			);
			// Some containers forbid tracing.
			if (/ptrace/.test(end.stderr)) this.skip();
			const calls = readFileSync(trace, "utf8")
				.split("\n")
				.filter((text) => text.includes("events.jsonl"));
			const opened = calls.filter((text) => /\bopen(at)?\(/.test(text));
			const written = calls.filter((text) => /\bp?write/.test(text));
			// To see whether the last line is whole it is read as well.
			const toWrite = opened.filter((text) => !text.includes("O_RDONLY"));
			assert.ok(toWrite.length > 0 && toWrite.every((text) => text.includes("O_APPEND")));
			assert.equal(written.length, lines, written.join("\n"));
			assert.equal(calls.length, opened.length + written.length);
		}
	});
});
