import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import type { AppCheck } from "../../../src/apps/app.ts";
import { ExpectedTexts } from "../../../src/apps/expectedTexts.ts";
import { type CheckEnd, runCheck } from "../../../src/apps/runCheck.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

describe("A check", () => {
	const folder = useTempFolder();
	let output = "";
	beforeEach(() => {
		output = "";
	});

	function run(
		cmd: string,
		known: Partial<AppCheck> = {},
		signal: AbortSignal = new AbortController().signal,
	): Promise<CheckEnd> {
		const check = { id: "a", cmd, timeoutS: 20, expects: [], line: 1, ...known };
		const env = {
			PATH: process.env.PATH,
			VSCODE_PID: "1",
			ELECTRON_RUN_AS_NODE: "1",
			SHOP: "open",
		};
		const onOutput = (text: string): void => {
			output += text;
		};
		return runCheck(check, { cwd: folder.path, env, signal, onOutput });
	}

	const ending = async (end: Promise<CheckEnd>): Promise<string[]> => {
		const { outcome, reason } = await end;
		return [outcome, reason];
	};

	it("passes with exit status 0 and what it is to print", async () => {
		assert.deepEqual(await ending(run("echo all paid", { expects: ["paid", "all"] })), [
			"passed",
			"",
		]);
		assert.equal(output, "all paid\n");
	});

	it("fails by its exit status, and for what its standard output lacks", async () => {
		assert.deepEqual(await ending(run("exit 3")), ["failed", "Exit status 3."]);
		assert.deepEqual(await ending(run("echo paid >&2", { expects: ["paid"] })), [
			"failed",
			'Its output lacks "paid".',
		]);
		assert.equal(output, "paid\n");
	});

	it("runs in its folder, without what the editor's own processes are told by", async () => {
		await run("pwd; env");
		assert.ok(output.startsWith(`${folder.path}\n`));
		assert.match(output, /^SHOP=open$/m);
		assert.doesNotMatch(output, /VSCODE|ELECTRON/);
	});

	it("is ended with all that it started when its time is over", async () => {
		const cmd = "(sh -c 'echo $$ > inner; sleep 60; echo late > late') & wait";
		const end = await ending(run(cmd, { timeoutS: 0.5 }));
		assert.deepEqual(end, ["failed", "Not done after 0.5 s."]);
		assertGone();
	});

	it("is killed where it does not end by itself", async () => {
		const cmd = "trap '' TERM; echo $$ > inner; while :; do sleep 0.1; done";
		assert.deepEqual((await ending(run(cmd, { timeoutS: 0.5 })))[0], "failed");
		assertGone();
	});

	it("can be cancelled, before and while it runs", async () => {
		const cancellation = new AbortController();
		const end = run("echo $$ > inner; echo go; sleep 60", {}, cancellation.signal);
		while (output === "") await new Promise((resolve) => setTimeout(resolve, 10));
		cancellation.abort();
		assert.deepEqual(await ending(end), ["cancelled", "Cancelled."]);
		assertGone();
		const again = run("echo x > started", {}, cancellation.signal);
		assert.deepEqual(await ending(again), ["cancelled", "Cancelled."]);
		assert.equal(existsSync(folder.file("started")), false);
	});

	/** The process that wrote its id has ended; one that was not yet reaped counts as ended. */
	function assertGone(): void {
		const pid = readFileSync(folder.file("inner"), "utf8").trim();
		const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, "utf8") : "Z";
		assert.match(stat, /^Z$|\) Z /);
		assert.equal(existsSync(folder.file("late")), false);
	}
});

describe("Expected texts", () => {
	it("are found however the output is cut", () => {
		const anyText = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 4 });
		fc.assert(
			fc.property(fc.array(anyText), fc.array(anyText, { maxLength: 4 }), (pieces, texts) => {
				const expected = new ExpectedTexts(texts);
				for (const piece of pieces) expected.add(piece);
				const whole = pieces.join("");
				const missing = [...new Set(texts)].filter((text) => !whole.includes(text));
				assert.deepEqual(expected.missing, missing);
			}),
		);
	});
});
