// What the bundles change in web-tree-sitter.
import { readFile } from "node:fs/promises";

/** @type {import("esbuild").Plugin} */
export const treeSitter = {
	name: "web-tree-sitter",
	setup: (build) => {
		build.onLoad({ filter: /web-tree-sitter[/\\]web-tree-sitter\.c?js$/ }, async ({ path }) => ({
			contents: withDirectMemory(await readFile(path, "utf8")),
			loader: "js",
		}));
	},
};

/** A number that is put into the memory of WebAssembly or taken from there, as the package does both. */
const PUT = /\bC\.setValue\(([^;]+), ([^;,()]+(?:\(\))?), "i32"\);/g;
const TAKEN = /\bC\.getValue\(([^;()]+), "i32"\)/g;

/**
 * The package puts where a cursor or a node stands into its memory and takes it from there again with
 * each step, number by number, by functions which ask each time of what type the number is. That is a
 * fourth of what it takes to walk through a tree.
 *
 * @param {string} source of web-tree-sitter
 * @returns {string} the same, with each of those numbers read and written where it stands
 * @throws Error when the package is not built as it was
 */
export function withDirectMemory(source) {
	const direct = source
		.replace(PUT, (_, place, value) => `C.HEAP32[(${place}) >> 2] = ${value};`)
		.replace(TAKEN, (_, place) => `C.HEAP32[(${place}) >> 2]`);
	const isWhole = !/\bC\.[gs]etValue\([^;]*"i32"\)/.test(direct);
	if (direct === source || !isWhole || !source.includes('Module["HEAP32"] ='))
		throw new Error("web-tree-sitter no longer keeps its numbers as it did: see this script.");
	return direct;
}
