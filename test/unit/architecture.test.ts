import assert from "node:assert/strict";
import { isBuiltin } from "node:module";
import { type Crossing, circlesOf, readTree } from "../support/architecture/sourceTree.ts";

/** What each ring may import of the others, of packages and of Node. */
const rules: Record<string, { rings: string[]; packages: RegExp; usesNode: boolean }> = {
	model: { rings: [], packages: /^$/, usesNode: false },
	protocol: { rings: ["model"], packages: /^$/, usesNode: false },
	ingest: { rings: ["model"], packages: /^chokidar$/, usesNode: true },
	installer: { rings: [], packages: /^jsonc-parser$/, usesNode: true },
	telemetry: {
		rings: ["model", "ingest", "pricing", "facts", "functions", "sequences"],
		packages: /^(?:sql\.js|proper-lockfile)$/,
		usesNode: true,
	},
	pricing: { rings: ["model"], packages: /^@pydantic\/genai-prices$/, usesNode: false },
	facts: { rings: ["model"], packages: /^web-tree-sitter$/, usesNode: true },
	functions: { rings: ["model", "facts"], packages: /^web-tree-sitter$/, usesNode: true },
	sequences: { rings: ["model"], packages: /^$/, usesNode: false },
	schedule: { rings: [], packages: /^$/, usesNode: false },
	apps: { rings: [], packages: /^yaml$/, usesNode: true },
	live: { rings: ["model", "protocol", "ingest", "pricing"], packages: /^$/, usesNode: true },
	stream: { rings: ["model", "protocol", "live"], packages: /^ws$/, usesNode: true },
	extension: {
		rings: [
			"apps",
			"schedule",
			"model",
			"protocol",
			"ingest",
			"installer",
			"live",
			"sequences",
			"telemetry",
			"facts",
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
			"telemetry",
			"protocol",
			"live",
			"stream",
		],
		packages: /^package\.json$/,
		usesNode: true,
	},
	webview: { rings: ["model", "protocol"], packages: /^d3-[a-z]+$/, usesNode: false },
};

/** What breaks the rules until the work on it has landed; then it has to go from here. */
const unfinished = {
	/** The agents, calls and sessions of the live graph are being written anew. */
	circles: ["src/model/"],
};

const { crossings } = readTree("src/**/*.{ts,css}");
const circles = circlesOf(crossings);

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
		assert.deepEqual(
			circles.filter((circle) => !unfinished.circles.some((folder) => isWithin(circle, folder))),
			[],
		);
	});

	it("are broken by everything that is named as unfinished", () => {
		const done = unfinished.circles.filter(
			(folder) => !circles.some((circle) => isWithin(circle, folder)),
		);
		assert.deepEqual(done, [], "it is finished: take it out of the list");
	});
});

function isWithin(files: readonly string[], folder: string): boolean {
	return files.every((file) => file.startsWith(folder));
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
