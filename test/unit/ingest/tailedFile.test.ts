import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { TailedFile } from "../../../src/ingest/tailedFile.ts";

const FILES = 100;

describe("TailedFile", () => {
	const folder = mkdtempSync(path.join(tmpdir(), "agent-live-graph-tail-"));
	after(() => rmSync(folder, { recursive: true }));

	it("keeps a few bytes of a file that it has read, whatever else uses buffers", async () => {
		const chunk = Buffer.allocUnsafe(64 * 1024);
		const tailed: TailedFile[] = [];
		const before = bufferBytes();
		for (let index = 0; index < FILES; index++) {
			const file = path.join(folder, `${index}.jsonl`);
			writeFileSync(file, `${"x".repeat(200)}\n`);
			const tail = new TailedFile(file);
			await tail.look();
			assert.equal((await tail.read(chunk))?.length, 201);
			await tail.release();
			tailed.push(tail);
			// What lines are made of comes from the same pool and is gone soon.
			for (let filled = 0; filled < Buffer.poolSize; filled += 1000) Buffer.allocUnsafe(1000);
		}
		assert.ok(bufferBytes() - before < FILES * 1024, `${bufferBytes() - before} bytes`);
		assert.equal(tailed.length, FILES);
	});
});

/** Bytes of all buffers that something still refers to. */
function bufferBytes(): number {
	setFlagsFromString("--expose-gc");
	const collect = runInNewContext("gc") as () => void;
	collect();
	return process.memoryUsage().arrayBuffers;
}
