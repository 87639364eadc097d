import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Intake } from "../../../src/receive/intake.ts";
import { recordedOtlp } from "../../support/otlp/recordedOtlp.ts";

describe("What a receiver takes in", () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "agent-live-graph-intake-"));
	});
	afterEach(() => rmSync(folder, { recursive: true }));

	it("is written when it is sent again, where nothing more could wait for the disk", () => {
		const requests = recordedOtlp("claude-code/mixed-all").filter(({ kind }) => kind === "log");
		const body = {
			resourceLogs: requests.flatMap((each) => Object.values(each.body ?? {}).flat()),
		};
		const send = (intake: Intake) => intake.take("log", body, Date.now());
		const whole = join(folder, "whole.jsonl");
		send(new Intake(whole, () => null));
		assert.ok(linesIn(whole).length > 20);
		const file = join(folder, "in", "the", "way.jsonl");
		const intake = new Intake(file, () => null, 1);
		writeFileSync(join(folder, "in"), "");
		assert.throws(() => send(intake));
		rmSync(join(folder, "in"));
		while (linesIn(file).length < linesIn(whole).length) {
			const before = linesIn(file).length;
			send(intake);
			assert.ok(linesIn(file).length > before, `${before} lines and no more`);
		}
		assert.deepEqual(linesIn(file), linesIn(whole));
	});

	it("goes into no named pipe, which would hold it up", function () {
		if (process.platform === "win32") this.skip();
		const pipe = join(folder, "pipe");
		execFileSync("mkfifo", [pipe]);
		const intake = new Intake(pipe, () => null);
		assert.throws(() => send(intake), /takes no lines/);
	});
});

/** A whole run in one request. */
function send(intake: Intake): void {
	const requests = recordedOtlp("claude-code/mixed-all").filter(({ kind }) => kind === "log");
	const resourceLogs = requests.flatMap(({ body }) => Object.values(body ?? {}).flat());
	intake.take("log", { resourceLogs }, Date.now());
}

function linesIn(file: string): string[] {
	try {
		return readFileSync(file, "utf8").trimEnd().split("\n");
	} catch {
		return [];
	}
}
