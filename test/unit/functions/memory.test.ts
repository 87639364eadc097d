import assert from "node:assert/strict";
import type { SourceFunction } from "../../../src/functions/sourceFunction.ts";
import { collectGarbage } from "../../support/collectGarbage.ts";
import { functionsIn } from "../../support/functions/parse.ts";

const FILES = 32;
const TEXT_BYTES = 128 * 1024;

describe("the functions of a file", () => {
	it("hold nothing of its text", async () => {
		await functionsIn("javascript", textOf(FILES));
		const before = heapUsed();
		const kept: (readonly SourceFunction[])[] = [];
		for (let file = 0; file < FILES; file++) {
			kept.push(await functionsIn("javascript", textOf(file)));
		}
		const grown = heapUsed() - before;
		assert.equal(kept.at(-1)?.[0]?.name, `aNameThatIsNotShort${FILES - 1}`);
		assert.ok(grown < (FILES * TEXT_BYTES) / 2, `${grown} bytes more`);
	});
});

/** Source with one function, and its own text. */
function textOf(file: number): string {
	const comment = `// ${file} ${"x".repeat(TEXT_BYTES)}`;
	return Buffer.from(`function aNameThatIsNotShort${file}() {}\n${comment}`).toString();
}

function heapUsed(): number {
	collectGarbage();
	return process.memoryUsage().heapUsed;
}
