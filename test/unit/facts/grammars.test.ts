import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const CHILD = fileURLToPath(new URL("../../support/facts/parseManyCommands.ts", import.meta.url));

describe("Grammars", () => {
	it("do not make V8 take hundreds of MB to optimise a lexer", async () => {
		// What is hot is optimised at once, not by a thread that may not be done before the end.
		const args = ["--wasm-sync-tier-up", CHILD];
		const { stdout } = await promisify(execFile)(process.execPath, args);
		assert.ok(Number(stdout) < 150, `${stdout.trim()} MiB`);
	});
});
