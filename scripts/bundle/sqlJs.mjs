// What the bundles change in sql.js.
import { readFile } from "node:fs/promises";
import { withSqlMemory } from "./sqlMemory.mjs";
import { withSqlRows } from "./sqlRows.mjs";

/** @type {import("esbuild").Plugin} */
export const sqlJs = {
	name: "sql.js",
	setup: (build) => {
		build.onLoad({ filter: /sql\.js[/\\]dist[/\\]sql-wasm\.js$/ }, async ({ path }) => ({
			contents: bundledSqlJs(await readFile(path, "utf8")),
			loader: "js",
		}));
	},
};

/** @param {string} source of sql-wasm.js */
export function bundledSqlJs(source) {
	return withSqlRows(withSqlMemory(source));
}
