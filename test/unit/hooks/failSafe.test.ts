import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "../../../scripts/setup/which.ts";
import { forEachShell } from "../../support/hooks/forEachShell.ts";
import { type HookEnd, hooksFolder } from "../../support/hooks/hookLab.ts";
import { call, payload } from "../../support/hooks/payloads.ts";

const scripts = [
	"agent-event-spawn.sh",
	"agent-event-done.sh",
	"tool-use-event.sh",
	"skill-record.sh",
	"agent-lifecycle.sh",
	"numeric-claims-record.sh",
];

const inputs: readonly (readonly [name: string, input: string])[] = [
	["nothing", ""],
	["half a payload", '{"hook_event_name":"Pre'],
	["binary rubbish", "\u0000\u0001\ufffd{]"],
	["a number", "3"],
	["null", "null"],
	["a list", "[1]"],
	["an empty object", "{}"],
	["deep nesting", `{"tool_input":${"[".repeat(5000)}${"]".repeat(5000)}}`],
	["wrong types", '{"hook_event_name":7,"tool_name":{},"tool_input":[],"tool_response":1}'],
];

const silence: HookEnd = { status: 0, stdout: "", stderr: "" };

forEachShell("a hook", (lab) => {
	for (const script of scripts) {
		it(`ends well and silent whatever ${script} is given`, async () => {
			for (const [name, input] of inputs) {
				assert.deepEqual(await lab().run(script, input), silence, name);
			}
			for (const text of lab().lines()) assert.equal(typeof JSON.parse(text).event, "string");
		});
	}

	it("ends well and silent when all is well", async () => {
		const input = call("PreToolUse", "Bash", { command: "ls" });
		assert.deepEqual(await lab().run("tool-use-event.sh", input), silence);
		assert.equal(lab().lines().length, 1);
	});

	it("ends well without a home", async () => {
		const env = { HOME: undefined, KEI_EVENTS_FILE: undefined };
		assert.deepEqual(await lab().run("agent-lifecycle.sh", payload("Stop"), env), silence);
	});

	it("ends well where the log can not be written", async () => {
		writeFileSync(join(lab().home, "file"), "");
		mkdirSync(join(lab().home, "folder"));
		for (const place of ["file/events.jsonl", "folder", "/proc/none/events.jsonl"]) {
			const env = { KEI_EVENTS_FILE: place };
			assert.deepEqual(await lab().run("agent-lifecycle.sh", payload("Stop"), env), silence, place);
		}
	});

	it("does not wait for a reader when the log is a pipe", async () => {
		const pipe = join(lab().home, "pipe");
		assert.equal(spawnSync("mkfifo", [pipe]).status, 0);
		const env = { KEI_EVENTS_FILE: pipe };
		assert.deepEqual(await lab().run("agent-lifecycle.sh", payload("Stop"), env), silence);
	});

	it("ends well when a part of it is missing or broken", async () => {
		const copy = join(lab().home, "hooks");
		cpSync(hooksFolder, copy, { recursive: true });
		writeFileSync(join(copy, "lib/common.jq"), "def (");
		assert.deepEqual(await lab().run(join(copy, "agent-lifecycle.sh"), payload("Stop")), silence);
		writeFileSync(join(copy, "lib/common.sh"), "if (");
		assert.deepEqual(await lab().run(join(copy, "agent-lifecycle.sh"), payload("Stop")), silence);
		rmSync(join(copy, "lib"), { recursive: true });
		assert.deepEqual(await lab().run(join(copy, "agent-lifecycle.sh"), payload("Stop")), silence);
	});

	it("gives jq the user's home, which it needs where a version manager starts it", async () => {
		const bin = join(lab().home, "shims");
		mkdirSync(bin);
		const shim = `#!/bin/sh\n[ "$HOME" = '${lab().home}' ] || exit 126\nexec '${findProgram("jq")}' "$@"\n`;
		writeFileSync(join(bin, "jq"), shim, { mode: 0o755 });
		const env = { PATH: `${bin}:${process.env.PATH}` };
		assert.deepEqual(await lab().run("agent-lifecycle.sh", payload("Stop"), env), silence);
		assert.equal(lab().lines().length, 1);
	});

	it("is not confused by a user's own definitions for jq", async () => {
		writeFileSync(join(lab().home, ".jq"), "def event($name): {}; broken(");
		await lab().run("agent-lifecycle.sh", payload("Stop"));
		assert.equal(lab().lines().length, 1);
	});

	it("does nothing at all when everything is bypassed", async () => {
		for (const script of scripts) {
			const env = { KEI_EVENTS_BYPASS: "1" };
			assert.deepEqual(await lab().run(script, payload("Stop"), env), silence);
		}
		assert.ok(!existsSync(lab().log));
	});

	it("records no claim when that is bypassed, and still the end of the turn", async () => {
		const input = payload("Stop", { last_assistant_message: "42 tests [REAL: npm test]" });
		const env = { NUMERIC_CLAIMS_RECORD_BYPASS: "1" };
		assert.deepEqual(await lab().events("numeric-claims-record.sh", input, env), []);
		assert.equal((await lab().events("agent-lifecycle.sh", input, env)).length, 1);
		assert.equal((await lab().events("numeric-claims-record.sh", input)).length, 1);
	});

	it("records no skill when that is bypassed, and still the call", async () => {
		const input = call("PostToolUse", "Skill", { skill: "review" });
		const env = { SKILL_RECORD_BYPASS: "1" };
		assert.deepEqual(await lab().events("skill-record.sh", input, env), []);
		assert.equal((await lab().events("tool-use-event.sh", input, env)).length, 1);
	});
});
