import { globSync, rmSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { inProject, outFolder } from "../../../scripts/paths.ts";

/** Where the suite of the extension host is put. */
export const bundleFolder = join(outFolder, "integration");

/**
 * Bundles test/integration, since an extension host loads no TypeScript. Returns the path of the
 * module whose `run` the host calls.
 */
export async function bundleTests(): Promise<string> {
	rmSync(bundleFolder, { recursive: true, force: true });
	await esbuild.build({
		entryPoints: globSync(inProject("test", "integration", "*.ts")),
		outdir: bundleFolder,
		outExtension: { ".js": ".cjs" },
		bundle: true,
		platform: "node",
		format: "cjs",
		target: "node22.15",
		sourcemap: "inline",
		external: ["vscode", "mocha"],
		logLevel: "warning",
	});
	return join(bundleFolder, "index.cjs");
}
