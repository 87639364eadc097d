import assert from "node:assert/strict";
import { readModule } from "../support/architecture/sourceModule.ts";
import { circlesOf } from "../support/architecture/sourceTree.ts";

const importsOf = (text: string): [string, ...string[]][] =>
	readModule(text).imports.map(({ from, names }) => [from, ...names]);

describe("What a source file imports", () => {
	it("is read in every form, types included", () => {
		const text = `
			import "./run.ts";
			import alone from './alone.ts';
			import type Alone from "./aloneType.ts";
			import * as all from "./all.ts";
			import type { One } from "./one.ts";
			import first, { type Two, three as other } from "./two.ts";
			import {
				four,
				from,
				type,
			} from "./four.ts"
			export { five } from "./five.ts";
			export type { Six as Seven } from "./six.ts";
			export * from "./seven.ts";
			const later = await import("./later.ts");
			type Later = typeof import("./laterType.ts");
		`;
		assert.deepEqual(importsOf(text), [
			["./run.ts"],
			["./alone.ts", "default"],
			["./aloneType.ts", "default"],
			["./all.ts", "*"],
			["./one.ts", "One"],
			["./two.ts", "default", "Two", "three"],
			["./four.ts", "four", "from", "type"],
			["./five.ts", "five"],
			["./six.ts", "Six"],
			["./seven.ts", "*"],
			["./later.ts", "*"],
			["./laterType.ts", "*"],
		]);
	});

	it("is not taken from comments, strings, templates and regular expressions", () => {
		const text = `#!/usr/bin/env node
			// import "./comment.ts";
			/* import "./block.ts"; */
			const text = "import './string.ts'; \\" import 'x'";
			const one = 'import "./other.ts"';
			const template = \`import "./template.ts"; \${\`} import "./inner.ts"; \${a}\`} \\\` \`;
			const regex = /import "[/"]\\/"/.test(text) ? 4 / 2 : /"/;
			const half = (1 + 2) / 2; import "./real.ts"; const third = 1 / 3;
			store.import("./method.ts"); import.meta.url; ({ import: 1, export: 2 });
		`;
		assert.deepEqual(importsOf(text), [["./real.ts"]]);
	});

	it("is found in what stands within a template", () => {
		const text = `\`a\${await import("./in.ts")}\${{ a: {} }}\`; import "./b.ts";`;
		assert.deepEqual(importsOf(text), [["./in.ts", "*"], ["./b.ts"]]);
	});

	it("is read of a style sheet", () => {
		assert.deepEqual(importsOf('/* import "x" */ @import "./base.css"; .a { color: red }'), [
			["./base.css"],
		]);
	});
});

describe("What a source file exports", () => {
	it("is read in every form", () => {
		const text = `
			export const one = 1;
			export let two;
			export async function three() {}
			export function* four() {}
			export abstract class Five { export(): void {} }
			export interface Six<T> { export: string }
			export type Seven = typeof import("./seven.ts");
			export declare namespace Eight {}
			export { nine, ten as eleven, type Twelve };
			export type { Thirteen } from "./thirteen.ts";
			export default 14;
		`;
		assert.deepEqual(readModule(text).exports, [
			...["one", "two", "three", "four", "Five", "Six", "Seven", "Eight"],
			...["nine", "eleven", "Twelve", "Thirteen", "default"],
		]);
	});

	it("is refused in a form that the reader does not know", () => {
		assert.throws(() => readModule("export enum Kind { one }"), /export of an unknown form/);
		assert.throws(() => readModule("export const { a, b } = c;"), /export of an unknown form/);
	});
});

describe("Circles of imports", () => {
	it("are found through any number of files, each once", () => {
		const crossings = ["a b", "b c", "c a", "c d", "d d", "e a", "f g", "g f"].map((text) => {
			const [from = "", to = ""] = text.split(" ");
			return { from, to, names: [] };
		});
		assert.deepEqual(circlesOf(crossings), [["a", "b", "c"], ["d"], ["f", "g"]]);
	});
});
