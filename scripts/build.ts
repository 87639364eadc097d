import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { root, vsixFile } from "./paths.ts";

/** Builds every bundle. Rejects with esbuild's messages. */
export async function build(): Promise<void> {
	await promisify(execFile)(process.execPath, ["esbuild.mjs"], { cwd: root });
}

/** Packages what is built; .vscodeignore is the list of what goes in. */
export async function packageExtension(): Promise<void> {
	// Slow to load, and most commands never need it.
	const { createVSIX } = await import("@vscode/vsce");
	await createVSIX({ cwd: root, packagePath: vsixFile, dependencies: false });
}
