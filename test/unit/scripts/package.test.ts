import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { inProject, root, vsixFile } from "../../../scripts/paths.ts";

const allowed = [
	/^package\.json$/,
	/^(README|CHANGELOG)\.md$/i,
	/^LICENSE(\.txt)?$/,
	/^dist\/(extension|telemetryWorker|transcriptWorker|functionWorker|readerWorker|stream|appChecks|liveAgents|eventLog|onDemand|chokidar|hookInstaller|exporter|receiver)\.cjs$/,
	/^dist\/sql-wasm\.wasm$/,
	/^dist\/(web-)?tree-sitter(-[a-z-]+)?\.wasm$/,
	/^dist\/webview\/(main\.js|browserHost\.js|sessionFile\.js|style\.css|insights\.js|insightsHost\.js|insightsStyle\.css)$/,
	/^hooks\/([\w-]+\.sh|hooks\.json|lib\/(?:[\w-]+\/)?[\w.-]+)$/,
	/^\.claude-plugin\/plugin\.json$/,
	/^media\/(icon\.png|activity\.svg)$/,
	/^media\/walkthrough\/\w+\.(md|svg)$/,
];

describe("the package", () => {
	const vsce = inProject("node_modules", "@vscode", "vsce", "vsce");
	const files = execFileSync(process.execPath, [vsce, "ls", "--no-dependencies"], {
		cwd: root,
		encoding: "utf8",
	})
		.trim()
		.split("\n");

	it("holds nothing but what it needs", () => {
		const others = files.filter((file) => !allowed.some((pattern) => pattern.test(file)));
		assert.deepEqual(others, []);
	});

	it("holds the bundles, the hooks and the plugin's manifest", () => {
		for (const file of [
			"dist/extension.cjs",
			"dist/webview/main.js",
			"dist/webview/style.css",
			"dist/webview/sessionFile.js",
			"dist/webview/insights.js",
			"dist/webview/insightsStyle.css",
			"hooks/hooks.json",
			"hooks/lib/codex/client.jq",
			"hooks/lib/codex/hooks.json",
			"hooks/tool-use-event.sh",
			".claude-plugin/plugin.json",
			"media/icon.png",
			"README.md",
		]) {
			assert.ok(files.includes(file), `${file} is missing`);
		}
	});

	it("holds every picture and page that package.json names", () => {
		const manifest = readFileSync(inProject("package.json"), "utf8");
		for (const [, file] of manifest.matchAll(/"(media\/[^"]+)"/g)) {
			assert.ok(files.includes(file ?? ""), `${file} is missing`);
		}
	});

	it("is under 6 MB with its grammars, and its main bundle under 100 KB", () => {
		assert.ok(statSync(vsixFile).size < 6_000_000);
		assert.ok(statSync(inProject("dist", "extension.cjs")).size < 100_000);
	});

	it("evaluates no code from text, which the panel's policy would forbid", () => {
		for (const file of ["dist/webview/main.js", "dist/extension.cjs"]) {
			assert.doesNotMatch(readFileSync(inProject(file), "utf8"), /\beval\(|new Function\(/);
		}
	});

	it("can be loaded with nothing but Node and VS Code beside it", () => {
		const script = `const load = require("module");
			const original = load._load;
			const anything = () => new Proxy(function () {}, {
				get: (_, key) => (key === "then" ? undefined : anything()),
				apply: anything,
				construct: anything,
			});
			load._load = (name, ...rest) => (name === "vscode" ? anything() : original(name, ...rest));
			console.log(Object.keys(require(process.argv[1])).join());`;
		const bundle = inProject("dist", "extension.cjs");
		const args = ["-e", script, bundle];
		const said = execFileSync(process.execPath, args, { encoding: "utf8", cwd: "/" });
		assert.equal(said.trim(), "activate,deactivate");
	});
});
