// Serves the panel's page with an invented feed, for work on how it looks: `node scripts/devPage.ts`.

import { join } from "node:path";
import { build } from "esbuild";
import { PageServer } from "../test/support/page/pageServer.ts";
import { THEMES } from "../test/support/page/themes.ts";

const PORT = 8211;
const ROOT = join(import.meta.dirname, "..");

/** The feed as one browser script: it runs in the page, as its policy lets nothing be fetched. */
async function bundleFeed(): Promise<string> {
	const result = await build({
		entryPoints: [join(ROOT, "test/support/page/devFeed.ts")],
		bundle: true,
		format: "iife",
		write: false,
	});
	return result.outputFiles[0]?.text ?? "";
}

const server = await PageServer.start([{ path: "/feed.js", content: await bundleFeed() }], PORT);
for (const theme of Object.keys(THEMES)) {
	for (const agents of [0, 1, 8, 200]) {
		console.log(`${server.origin}/?theme=${theme}&agents=${agents}`);
	}
}
console.log("Build with `node esbuild.mjs --watch`; Ctrl-C stops.");
