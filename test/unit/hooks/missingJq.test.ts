import assert from "node:assert/strict";
import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { findProgram } from "../../../scripts/setup/which.ts";
import { forEachShell } from "../../support/hooks/forEachShell.ts";
import type { HookLab } from "../../support/hooks/hookLab.ts";
import { payload } from "../../support/hooks/payloads.ts";

/** A PATH with what a system always has, and no jq. */
function pathWithoutJq(lab: HookLab): string {
	const folder = join(lab.home, "bin");
	mkdirSync(folder, { recursive: true });
	for (const name of ["date", "mkdir", "rmdir"]) {
		symlinkSync(findProgram(name) ?? name, join(folder, name));
	}
	return folder;
}

forEachShell("without jq", (lab) => {
	it("says so in one line, though many hooks run at once", async () => {
		const env = { PATH: pathWithoutJq(lab()) };
		const runs = Array.from({ length: 16 }, () =>
			lab().run("agent-lifecycle.sh", payload("Stop"), env),
		);
		for (const end of await Promise.all(runs)) {
			assert.deepEqual(end, { status: 0, stdout: "", stderr: "" });
		}
		const [line, ...more] = lab()
			.lines()
			.map((text) => JSON.parse(text));
		assert.deepEqual(more, []);
		const { ts, ...error } = line;
		assert.deepEqual(error, { v: 2, event: "hook_error", reason: "jq missing" });
		assert.ok(Math.abs(Date.now() - Date.parse(ts)) < 60_000, ts);
	});

	it("says so again on another day, and keeps no trace of the days before", async () => {
		const env = { PATH: pathWithoutJq(lab()) };
		mkdirSync(`${lab().log}.no-jq-2024-02-29`, { recursive: true });
		await lab().run("agent-lifecycle.sh", payload("Stop"), env);
		assert.equal(lab().lines().length, 1);
		const today = new Date().toISOString().slice(0, 10);
		assert.deepEqual(readdirSync(dirname(lab().log)).sort(), [
			"events.jsonl",
			`events.jsonl.no-jq-${today}`,
		]);
	});

	it("says nothing when bypassed", async () => {
		const env = { PATH: pathWithoutJq(lab()), KEI_EVENTS_BYPASS: "1" };
		await lab().run("agent-lifecycle.sh", payload("Stop"), env);
		assert.deepEqual(lab().lines(), []);
	});
});
