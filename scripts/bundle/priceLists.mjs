// Puts the price lists into a bundle as JSON instead of as code.
import { deepStrictEqual } from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { runInNewContext } from "node:vm";

/** The lists stand at the top of the module, one literal of half a megabyte over 30,000 lines. */
const LISTS = /^const (\w+) = (\[\n[\s\S]+?^\])/m;
/** What no price is told from: texts for people, and how to read a provider's own answers. */
const UNUSED = new Set(["description", "price_comments", "pricing_urls", "extractors"]);

/**
 * V8 keeps a literal as code, as constants and as objects: in each thread that has one the lists
 * took 15 MiB, and parsed as JSON, without what prices do not need, they take 2.
 *
 * @type {import("esbuild").Plugin}
 */
export const priceLists = {
	name: "price lists as JSON",
	setup: (build) => {
		build.onLoad({ filter: /genai-prices[/\\]dist[/\\]index\.js$/ }, async ({ path }) => ({
			contents: withJsonLists(await readFile(path, "utf8")),
			loader: "js",
		}));
	},
};

/**
 * @param {string} source of the package's module
 * @returns {string} the same, its lists parsed from a string
 * @throws Error when the module is not built as it was
 */
export function withJsonLists(source) {
	const [found, name, literal] = LISTS.exec(source) ?? [];
	if (found === undefined || literal === undefined) {
		throw new Error("@pydantic/genai-prices no longer begins with its lists: see this script.");
	}
	const lists = runInNewContext(literal);
	// A date or a pattern would be lost on the way.
	deepStrictEqual(JSON.parse(JSON.stringify(lists)), structuredClone(lists));
	const needed = JSON.stringify(lists, (key, value) => (UNUSED.has(key) ? undefined : value));
	return source.replace(found, () => `const ${name} = JSON.parse(${JSON.stringify(needed)})`);
}
