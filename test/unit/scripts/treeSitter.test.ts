import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import * as published from "web-tree-sitter";
import { withDirectMemory } from "../../../scripts/bundle/treeSitter.mjs";
import { inProject } from "../../../scripts/paths.ts";
import { readWasm } from "../../support/facts/grammars.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

type Engine = Pick<typeof published, "Language" | "Parser">;

const ENGINE = "node_modules/web-tree-sitter/web-tree-sitter.js";
const source = readFileSync(inProject(ENGINE), "utf8");

describe("The engine of the grammars, with its numbers where they stand", () => {
	const folder = useTempFolder();

	async function parserOf({ Parser, Language }: Engine) {
		const wasmBinary = (await readWasm("web-tree-sitter.wasm")).slice().buffer;
		await Parser.init({ wasmBinary });
		const parser = new Parser();
		parser.setLanguage(await Language.load(await readWasm("tree-sitter-typescript.wasm")));
		return (text: string) => {
			const tree = parser.parse(text);
			assert.ok(tree);
			const cursor = tree.walk();
			const nodes: unknown[] = [];
			for (let isOver = false; !isOver; ) {
				const { type, startIndex, endPosition, childCount } = cursor.currentNode;
				const { nodeTypeId, endIndex, startPosition } = cursor;
				nodes.push([
					type,
					nodeTypeId,
					startIndex,
					endIndex,
					startPosition,
					endPosition,
					childCount,
				]);
				if (cursor.gotoFirstChild()) continue;
				while (!isOver && !cursor.gotoNextSibling()) isOver = !cursor.gotoParent();
			}
			cursor.delete();
			tree.delete();
			return nodes;
		};
	}

	it("reads the same trees, also once its memory has grown", async () => {
		const file = folder.file("engine.mjs");
		writeFileSync(file, withDirectMemory(source));
		const bundled: Engine = await import(pathToFileURL(file).href);
		const [usual, direct] = [await parserOf(published), await parserOf(bundled)];
		const parts = fc.constantFrom("const a = ", "{", "}", "(b, c) => ", "`d`", "\n", "é→", "1;");
		const texts = fc.array(parts, { maxLength: 60 }).map((all) => all.join(""));
		fc.assert(fc.property(texts, (text) => assert.deepEqual(direct(text), usual(text))));
		const long = "function f(a: number) { return [a, a]; }\n".repeat(20_000);
		assert.equal(direct(long).length, usual(long).length);
		fc.assert(fc.property(texts, (text) => assert.deepEqual(direct(text), usual(text))));
	});

	it("is taken for another one when it is not built as it was", () => {
		for (const changed of ['"i32"', 'Module["HEAP32"] =']) {
			const other = source.replaceAll(changed, '"other"');
			assert.throws(() => withDirectMemory(other), /no longer keeps its numbers/);
		}
	});
});
