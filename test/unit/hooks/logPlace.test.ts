import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { forEachShell } from "../../support/hooks/forEachShell.ts";
import { payload } from "../../support/hooks/payloads.ts";

const input = payload("Stop");
const unset = { KEI_EVENTS_FILE: undefined };

function mode(file: string): string {
	return (statSync(file).mode & 0o777).toString(8);
}

forEachShell("the place of the log", (lab) => {
	it("is the file that KEI_EVENTS_FILE names", async () => {
		await lab().run("agent-lifecycle.sh", input, { CLAUDE_CONFIG_DIR: lab().home });
		assert.equal(lab().lines().length, 1);
	});

	it("is a file in the working folder when only a name is given", async () => {
		await lab().run("agent-lifecycle.sh", input, { KEI_EVENTS_FILE: "plain.jsonl" });
		assert.equal(lab().lines(join(lab().home, "plain.jsonl")).length, 1);
	});

	it("is below the home folder where the name begins with ~, as in the editor", async () => {
		const env = { KEI_EVENTS_FILE: "~/logs/events.jsonl" };
		await lab().run("agent-lifecycle.sh", input, env);
		assert.equal(lab().lines(join(lab().home, "logs/events.jsonl")).length, 1);
		assert.deepEqual(readdirSync(lab().home), ["logs"]);
	});

	it("is in the client's configuration folder otherwise", async () => {
		const config = join(lab().home, "my config");
		await lab().run("agent-lifecycle.sh", input, { ...unset, CLAUDE_CONFIG_DIR: config });
		assert.equal(lab().lines(join(config, "memory/agent-events.jsonl")).length, 1);
	});

	it("is in ~/.claude without any setting", async () => {
		await lab().run("agent-lifecycle.sh", input, { ...unset, CLAUDE_CONFIG_DIR: "" });
		assert.equal(lab().lines(join(lab().home, ".claude/memory/agent-events.jsonl")).length, 1);
	});

	it("is made for its owner only: folders 0700, file 0600", async () => {
		const log = join(lab().home, "deep/down/events.jsonl");
		await lab().run("agent-lifecycle.sh", input, { KEI_EVENTS_FILE: log });
		assert.deepEqual(
			[mode(log), mode(dirname(log)), mode(dirname(dirname(log)))],
			["600", "700", "700"],
		);
	});

	it("keeps the modes and the lines that are there already", async () => {
		mkdirSync(dirname(lab().log));
		chmodSync(dirname(lab().log), 0o755);
		writeFileSync(lab().log, '{"v":1}\n', { mode: 0o644 });
		await lab().run("agent-lifecycle.sh", input);
		assert.deepEqual([mode(lab().log), mode(dirname(lab().log))], ["644", "755"]);
		assert.match(readFileSync(lab().log, "utf8"), /^\{"v":1\}\n\{"v":2,.*\}\n$/);
	});

	for (const [title, cut] of [
		["half a line", '{"v":2,"ts":"2026-'],
		["a whole line without its newline", '{"v":2}'],
		["the NULs of an append that power was lost in", "\0\0\0"],
	] as const) {
		it(`begins a line of its own behind ${title}`, async () => {
			mkdirSync(dirname(lab().log));
			writeFileSync(lab().log, `{"v":1}\n${cut}`);
			for (const script of ["agent-lifecycle.sh", "agent-lifecycle.sh"]) {
				await lab().run(script, input);
			}
			const [, left, ...events] = lab().lines();
			assert.equal(left, cut);
			assert.deepEqual(
				events.map((line) => JSON.parse(line).event),
				["turn_end", "turn_end"],
			);
		});
	}
});
