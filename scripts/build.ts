import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { root, vsixFile } from "./paths.ts";

/** Builds every bundle. Rejects with esbuild's messages. */
export async function build(): Promise<void> {
	await promisify(execFile)(process.execPath, ["esbuild.mjs"], { cwd: root });
}

/** Packages what is built; .vscodeignore is the list of what goes in. Returns vsce's account. */
export async function packageExtension(): Promise<string> {
	const args = ["node_modules/@vscode/vsce/vsce", "package", "--no-dependencies", "-o", vsixFile];
	const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: root });
	return stdout + stderr;
}
