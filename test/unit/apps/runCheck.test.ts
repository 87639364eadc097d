import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { mock } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
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

	describe("by a clock that the test moves", () => {
		beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
		afterEach(() => mock.timers.reset());

		it("is ended with all that it started when its time is over", async () => {
			const cmd = "(sh -c 'echo $$ > inner; echo go; sleep 60; echo late > late') & wait";
			const end = run(cmd, { timeoutS: 0.5 });
			await begun();
			mock.timers.tick(500);
			assert.deepEqual(await ending(end), ["failed", "Not done after 0.5 s."]);
			await gone();
		});

		it("is killed where it does not end by itself", async () => {
			const cmd = "trap '' TERM; echo $$ > inner; echo go; while :; do sleep 0.1; done";
			const end = run(cmd, { timeoutS: 0.5 });
			await begun();
			mock.timers.tick(500);
			mock.timers.tick(2000);
			assert.deepEqual((await ending(end))[0], "failed");
			await gone();
		});
	});

	it("can be cancelled, before and while it runs", async () => {
		const cancellation = new AbortController();
		const end = run("echo $$ > inner; echo go; sleep 60", {}, cancellation.signal);
		await begun();
		cancellation.abort();
		assert.deepEqual(await ending(end), ["cancelled", "Cancelled."]);
		await gone();
		const again = run("echo x > started", {}, cancellation.signal);
		assert.deepEqual(await ending(again), ["cancelled", "Cancelled."]);
		assert.equal(existsSync(folder.file("started")), false);
	});

	/** Until it has written something; mocha's timeout ends a wait that never does. */
	async function begun(): Promise<void> {
		while (output === "") await sleep(10);
	}

	/**
	 * Until the process that wrote its id has ended, which it lets its outputs go a moment before;
	 * one that was not yet reaped counts as ended.
	 */
	async function gone(): Promise<void> {
		const pid = readFileSync(folder.file("inner"), "utf8").trim();
		while (!/^Z$|\) Z /.test(stateOf(pid))) await sleep(10);
		assert.equal(existsSync(folder.file("late")), false);
	}

	function stateOf(pid: string): string {
		try {
			return readFileSync(`/proc/${pid}/stat`, "utf8");
		} catch {
			return "Z";
		}
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
