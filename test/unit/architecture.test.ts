import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { basename } from "node:path";
import { inProject } from "../../scripts/paths.ts";
import { type Crossing, circlesOf, readTree } from "../support/architecture/sourceTree.ts";
import { tokensOf } from "../support/architecture/tokens.ts";

/** What each ring may import of the others, of packages and of Node. */
const rules: Record<string, { rings: string[]; packages: RegExp; usesNode: boolean }> = {
	model: { rings: [], packages: /^$/, usesNode: false },
	protocol: { rings: ["model", "insights"], packages: /^$/, usesNode: false },
	ingest: { rings: ["model", "pricing"], packages: /^chokidar$/, usesNode: true },
	installer: { rings: ["ingest"], packages: /^jsonc-parser$/, usesNode: true },
	telemetry: {
		rings: ["model", "ingest", "pricing", "facts", "functions", "sequences", "insights"],
		packages: /^(?:sql\.js|proper-lockfile)$/,
		usesNode: true,
	},
	pricing: { rings: ["model"], packages: /^@pydantic\/genai-prices$/, usesNode: false },
	facts: { rings: ["model"], packages: /^web-tree-sitter$/, usesNode: true },
	functions: { rings: ["model", "facts"], packages: /^web-tree-sitter$/, usesNode: true },
	sequences: { rings: ["model"], packages: /^$/, usesNode: false },
	insights: { rings: ["model"], packages: /^$/, usesNode: false },
	report: { rings: ["model", "insights", "sequences"], packages: /^$/, usesNode: false },
	schedule: { rings: [], packages: /^$/, usesNode: false },
	apps: { rings: [], packages: /^yaml$/, usesNode: true },
	live: { rings: ["model", "protocol", "ingest", "pricing"], packages: /^$/, usesNode: true },
	transcripts: { rings: ["model", "ingest"], packages: /^$/, usesNode: true },
	export: {
		rings: ["model", "telemetry"],
		packages: /^@opentelemetry\/(?:api|otlp-transformer|resources|sdk-metrics)$/,
		usesNode: true,
	},
	stream: { rings: ["model", "ingest", "protocol", "live"], packages: /^ws$/, usesNode: true },
	receive: {
		rings: ["model", "ingest", "pricing", "live", "stream"],
		packages: /^$/,
		usesNode: true,
	},
	extension: {
		rings: [
			"apps",
			"schedule",
			"model",
			"protocol",
			"ingest",
			"installer",
			"live",
			"insights",
			"sequences",
			"telemetry",
			"facts",
			"transcripts",
		],
		packages: /^vscode$/,
		usesNode: true,
	},
	// It tells the version, which stands in package.json alone.
	cli: {
		rings: [
			"schedule",
			"model",
			"functions",
			"ingest",
			"installer",
			"sequences",
			"insights",
			"report",
			"telemetry",
			"protocol",
			"live",
			"stream",
		],
		packages: /^package\.json$/,
		usesNode: true,
	},
	webview: { rings: ["model", "protocol", "insights"], packages: /^d3-[a-z]+$/, usesNode: false },
};

const { modules, crossings } = readTree("src/**/*.{ts,css}");
const circles = circlesOf(crossings);
/** Where bundles begin: what these export is used by no file. */
const entries: readonly string[] =
	readFileSync(inProject("esbuild.mjs"), "utf8").match(/src\/[\w/.]+/g) ?? [];

describe("the import rules", () => {
	it("see every ring", () => {
		const seen = new Set(crossings.map(({ from }) => ringOf(from)));
		assert.deepEqual([...seen].sort(), Object.keys(rules).sort());
	});

	for (const [ring, { rings, packages, usesNode }] of Object.entries(rules)) {
		const own = crossings.filter(({ from }) => ringOf(from) === ring);
		const outside = own.filter(({ to }) => ringOf(to) === undefined);

		it(`${ring} imports ${rings.join(", ") || "none"} of the other rings`, () => {
			const wrong = own.filter(({ to }) => ![undefined, ring, ...rings].includes(ringOf(to)));
			assert.deepEqual(wrong.map(textOf), []);
		});

		it(`${ring} imports ${usesNode ? "Node's" : "no"} modules and no package but its own`, () => {
			const wrong = outside.filter(({ to }) =>
				isBuiltin(to) ? !usesNode : !packages.test(packageOf(to)),
			);
			assert.deepEqual(wrong.map(textOf), []);
		});
	}

	it("name Node's modules by their scheme", () => {
		const bare = crossings.filter(({ to }) => isBuiltin(to) && !to.startsWith("node:"));
		assert.deepEqual(bare.map(textOf), []);
	});

	it("let no files import each other, not even types and not through others", () => {
		assert.deepEqual(circles, []);
	});
});

describe("what a file exports", () => {
	const exported = [...modules]
		.filter(([file]) => !entries.includes(file) && !file.endsWith(".d.ts"))
		.flatMap(([file, { exports }]) => exports.map((name) => ({ file, name })));
	const outside = readTree("{test,bench,scripts}/**/*.{ts,mjs}");
	const usedBySource = usedBy(crossings);
	const usedByOthers = usedBy(outside.crossings);

	it("is imported by another", () => {
		const unused = exported.filter((each) => !usedBySource(each) && !usedByOthers(each));
		assert.deepEqual(unused, []);
	});

	it("is no help that only tests need", () => {
		const idle = exported.filter((each) => !usedBySource(each) && !isUsedAtHome(each));
		assert.deepEqual(idle, []);
	});
});

describe("a name", () => {
	it("is that of one file", () => {
		const files = [...modules.keys()].filter((file) => !entries.includes(file));
		assert.deepEqual(twiceIn(files.map((file) => basename(file))), []);
	});

	it("is that of one type", () => {
		const names = [...modules.values()].flatMap(({ exports }) => exports);
		// As types are written, and neither functions nor constants.
		const types = names.filter((name) => /^[A-Z]/.test(name) && /[a-z]/.test(name));
		assert.deepEqual(twiceIn(types), []);
	});
});

interface Exported {
	readonly file: string;
	readonly name: string;
}

function usedBy(others: readonly Crossing[]): (exported: Exported) => boolean {
	const used = new Set(others.flatMap(({ to, names }) => names.map((name) => `${to} ${name}`)));
	return ({ file, name }) => used.has(`${file} ${name}`) || used.has(`${file} *`);
}

/** Whether the file itself has a use for it: then it may be looked at by a test as well. */
function isUsedAtHome({ file, name }: Exported): boolean {
	const words = tokensOf(readFileSync(inProject(file), "utf8")).filter(({ text }) => text === name);
	return words.length > 1;
}

function twiceIn(names: readonly string[]): string[] {
	return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))].sort();
}

function textOf({ from, to }: Crossing): string {
	return `${from} → ${to}`;
}

function ringOf(path: string): string | undefined {
	return /^src\/([a-z]+)\//.exec(path)?.[1];
}

/** Of `@scope/name/part` and `name/part`. */
function packageOf(path: string): string {
	const [first = "", second = ""] = path.split("/");
	return first.startsWith("@") ? `${first}/${second}` : first;
}
