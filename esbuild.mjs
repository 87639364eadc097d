// Builds every bundle with one loop. `--watch` rebuilds on change, `--dev` keeps names and maps.
import { copyFile, mkdir } from "node:fs/promises";
import * as esbuild from "esbuild";
import { priceLists } from "./scripts/bundle/priceLists.mjs";
import { sqlJs } from "./scripts/bundle/sqlJs.mjs";
import { treeSitter } from "./scripts/bundle/treeSitter.mjs";

const isWatching = process.argv.includes("--watch");
const isDevelopment = isWatching || process.argv.includes("--dev");

/** @type {esbuild.BuildOptions} */
const common = {
	bundle: true,
	minify: !isDevelopment,
	sourcemap: isDevelopment ? "inline" : false,
	legalComments: "none",
	logLevel: "warning",
	plugins: [priceLists, sqlJs, treeSitter],
};

/** Grammars that go with the program: those of `LanguageName` in src/facts/grammars.ts. */
const grammars = [
	...["bash", "python", "javascript", "typescript", "tsx", "ruby", "php"],
	...["go", "rust", "java", "c-sharp", "cpp"],
];

/** Its other form asks for its parts in a way that no bundler sees. */
const jsoncParser = { "jsonc-parser": "./node_modules/jsonc-parser/lib/esm/main.js" };

/** ws would look for native packages beside the bundle, in folders that are not ours. */
const withoutNativeHelpers = {
	"process.env.WS_NO_BUFFER_UTIL": '"1"',
	"process.env.WS_NO_UTF_8_VALIDATE": '"1"',
};

/**
 * A package that the extension loads when it is first used: a bundle of its own beside it.
 *
 * @type {esbuild.Plugin}
 */
const chokidarBeside = {
	name: "chokidar in a bundle of its own",
	setup: (build) => {
		build.onResolve({ filter: /^chokidar$/ }, () => ({ path: "./chokidar.cjs", external: true }));
	},
};

/** One entry per bundle. */
const targets = {
	extension: {
		...common,
		entryPoints: ["src/extension/main.ts"],
		outfile: "dist/extension.cjs",
		platform: "node",
		format: "cjs",
		// The oldest VS Code in package.json runs this Node.
		target: "node22.15",
		external: ["vscode"],
		plugins: [...common.plugins, chokidarBeside],
		// `require` for what is loaded later: the extension host has a loader of its own for `import`.
		supported: { "dynamic-import": false },
	},
	chokidar: {
		...common,
		entryPoints: ["node_modules/chokidar/index.js"],
		outfile: "dist/chokidar.cjs",
		platform: "node",
		format: "cjs",
		target: "node22.15",
	},
	telemetryWorker: {
		...common,
		entryPoints: ["src/telemetry/worker/worker.ts"],
		outfile: "dist/telemetryWorker.cjs",
		platform: "node",
		format: "cjs",
		target: "node22.15",
		loader: { ".sql": "text" },
	},
	// Loaded by the telemetry's thread, where somebody has turned it on.
	exporter: {
		...common,
		entryPoints: ["src/export/exporter.ts"],
		outfile: "dist/exporter.cjs",
		platform: "node",
		format: "cjs",
		target: "node20",
	},
	readerWorker: {
		...common,
		entryPoints: ["src/telemetry/reading/readerThread.ts"],
		outfile: "dist/readerWorker.cjs",
		platform: "node",
		format: "cjs",
		// The command line starts it as well, on the oldest Node in package.json.
		target: "node20",
		// What is written for `import` asks where its own file lies, which a bundle cannot say.
		alias: { "web-tree-sitter": "./node_modules/web-tree-sitter/web-tree-sitter.cjs" },
	},
	functionWorker: {
		...common,
		entryPoints: ["src/functions/parsing/parserThread.ts"],
		outfile: "dist/functionWorker.cjs",
		platform: "node",
		format: "cjs",
		// The command line starts it as well, on the oldest Node in package.json.
		target: "node20",
		alias: { "web-tree-sitter": "./node_modules/web-tree-sitter/web-tree-sitter.cjs" },
	},
	transcriptWorker: {
		...common,
		entryPoints: ["src/live/reading/transcriptWorker.ts"],
		outfile: "dist/transcriptWorker.cjs",
		platform: "node",
		format: "cjs",
		target: "node22.15",
	},
	// Loaded when it is asked for, which it seldom is.
	stream: {
		...common,
		entryPoints: ["src/stream/openStream.ts"],
		outfile: "dist/stream.cjs",
		platform: "node",
		format: "cjs",
		// The command line loads it as well, on the oldest Node in package.json.
		target: "node20",
		define: withoutNativeHelpers,
	},
	// A thread that is started where somebody has turned it on.
	receiver: {
		...common,
		entryPoints: ["src/receive/receiverThread.ts"],
		outfile: "dist/receiver.cjs",
		platform: "node",
		format: "cjs",
		// The command line starts it as well, on the oldest Node in package.json.
		target: "node20",
	},
	hookInstaller: {
		...common,
		entryPoints: ["src/extension/hooks/engine.ts"],
		outfile: "dist/hookInstaller.cjs",
		platform: "node",
		format: "cjs",
		target: "node22.15",
		external: ["vscode"],
		alias: jsoncParser,
	},
	onDemand: {
		...common,
		entryPoints: ["src/extension/onDemand/engine.ts"],
		outfile: "dist/onDemand.cjs",
		platform: "node",
		format: "cjs",
		target: "node22.15",
		external: ["vscode"],
	},
	eventLog: {
		...common,
		entryPoints: ["src/extension/eventLog/engine.ts"],
		outfile: "dist/eventLog.cjs",
		platform: "node",
		format: "cjs",
		target: "node22.15",
	},
	liveAgents: {
		...common,
		entryPoints: ["src/extension/tree/engine.ts"],
		outfile: "dist/liveAgents.cjs",
		platform: "node",
		format: "cjs",
		target: "node22.15",
		external: ["vscode"],
	},
	appChecks: {
		...common,
		entryPoints: ["src/extension/apps/engine.ts"],
		outfile: "dist/appChecks.cjs",
		platform: "node",
		format: "cjs",
		target: "node22.15",
		external: ["vscode"],
	},
	cli: {
		...common,
		entryPoints: ["src/cli/main.ts"],
		outfile: "dist/cli.js",
		platform: "node",
		format: "esm",
		// The oldest Node in package.json.
		target: "node20",
		loader: { ".sql": "text" },
		alias: jsoncParser,
		// The packages within are CommonJS, and ask for what its modules have.
		banner: {
			js: [
				// Under a name that none of the modules has: where nothing is minified theirs stay.
				'import { createRequire as requireOfBundle } from "node:module";',
				"const [require, __dirname] = [requireOfBundle(import.meta.url), import.meta.dirname];",
			].join("\n"),
		},
	},
	insights: {
		...common,
		entryPoints: {
			insights: "src/webview/insights/main.ts",
			insightsHost: "src/webview/insightsHost.ts",
			insightsStyle: "src/webview/insights.css",
		},
		outdir: "dist/webview",
		platform: "browser",
		format: "iife",
		target: "chrome134",
	},
	webview: {
		...common,
		entryPoints: [
			"src/webview/main.ts",
			"src/webview/browserHost.ts",
			"src/webview/sessionFile.ts",
			"src/webview/style.css",
		],
		outdir: "dist/webview",
		platform: "browser",
		format: "iife",
		target: "chrome134",
		// d3-zoom needs one function of each, for animations that the page does not use: 40 KB less.
		alias: {
			"d3-transition": "./src/webview/input/noTransition.ts",
			"d3-interpolate": "./src/webview/input/noTransition.ts",
		},
	},
};

await mkdir("dist", { recursive: true });
await copyFile("node_modules/sql.js/dist/sql-wasm.wasm", "dist/sql-wasm.wasm");
await copyFile("node_modules/web-tree-sitter/web-tree-sitter.wasm", "dist/web-tree-sitter.wasm");
for (const language of grammars) {
	const name = `tree-sitter-${language}.wasm`;
	await copyFile(`node_modules/@vscode/tree-sitter-wasm/wasm/${name}`, `dist/${name}`);
}
for (const options of Object.values(targets)) {
	if (isWatching) {
		const context = await esbuild.context({ ...options, logLevel: "info" });
		await context.watch();
	} else {
		await esbuild.build(options);
	}
}
