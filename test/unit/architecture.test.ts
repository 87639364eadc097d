import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { inProject } from "../../scripts/paths.ts";

interface Metafile {
	readonly inputs: Record<
		string,
		{ readonly imports: readonly { readonly path: string; readonly external?: boolean }[] }
	>;
}

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
	live: { rings: ["model", "ingest", "pricing"], packages: /^$/, usesNode: true },
	stream: { rings: ["model", "ingest", "protocol"], packages: /^ws$/, usesNode: true },
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
			"pricing",
			"stream",
		],
		packages: /^package\.json$/,
		usesNode: true,
	},
	webview: { rings: ["model", "protocol"], packages: /^d3-[a-z]+$/, usesNode: false },
};

const edges = [
	"extension",
	"telemetryWorker",
	"functionWorker",
	"transcriptWorker",
	"stream",
	"appChecks",
	"hookInstaller",
	"cli",
	"webview",
].flatMap((bundle) => {
	const file = inProject("dist", "meta", `${bundle}.json`);
	const { inputs } = JSON.parse(readFileSync(file, "utf8")) as Metafile;
	return Object.entries(inputs).flatMap(([from, { imports }]) =>
		imports.map(({ path, external = false }) => ({ from, to: path, external })),
	);
});

describe("the import rules", () => {
	it("see every ring", () => {
		const seen = new Set(edges.map(({ from }) => ringOf(from)).filter(Boolean));
		assert.deepEqual([...seen].sort(), Object.keys(rules).sort());
	});

	for (const [ring, { rings, packages, usesNode }] of Object.entries(rules)) {
		const own = edges.filter(({ from }) => ringOf(from) === ring);
		const outside = own.filter(({ to }) => ringOf(to) === undefined);

		it(`${ring} imports ${rings.join(", ") || "none"} of the other rings`, () => {
			const wrong = own.filter(({ to }) => {
				const other = ringOf(to);
				return other !== undefined && other !== ring && !rings.includes(other);
			});
			assert.deepEqual(wrong, []);
		});

		it(`${ring} imports ${usesNode ? "Node's" : "no"} modules and no package but its own`, () => {
			const wrong = outside.filter(({ to }) =>
				isBuiltin(to) ? !usesNode : !isStyle(to) && !packages.test(packageOf(to)),
			);
			assert.deepEqual(wrong, []);
		});
	}

	it("names Node's modules by their scheme in our own files", () => {
		const bare = edges.filter(
			({ from, to }) => ringOf(from) !== undefined && isBuiltin(to) && !to.startsWith("node:"),
		);
		assert.deepEqual(bare, []);
	});
});

function ringOf(path: string): string | undefined {
	return /^src\/([a-z]+)\//.exec(path)?.[1];
}

/** `node_modules/@scope/name/...` as well as a bare `name`. */
function packageOf(path: string): string {
	const folder = "node_modules/";
	const at = path.lastIndexOf(folder);
	const inside = at < 0 ? path : path.slice(at + folder.length);
	const [first = "", second = ""] = inside.split("/");
	return first.startsWith("@") ? `${first}/${second}` : first;
}

function isStyle(path: string): boolean {
	return path.endsWith(".css");
}
