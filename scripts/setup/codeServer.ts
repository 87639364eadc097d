import { join } from "node:path";
import { runNpm } from "./npm.mjs";
import { type NpmTool, npmToolStep, toolFolder } from "./npmTool.ts";

/** The workbench and extension host of VS Code 1.139.1, complete in an npm package. */
const tool: NpmTool = {
	name: "code-server",
	title: "VS Code server",
	spec: "code-server@4.139.1",
	// Its native modules want a compiler and are not needed to run extensions.
	flags: ["--ignore-scripts"],
	packages: 250,
	finish: (folder, onFetch) =>
		runNpm(["install", "--omit=dev", "--ignore-scripts"], { cwd: libFolder(folder), onFetch }),
};

export const codeServerStep = npmToolStep(tool);

/** Folder that holds out/server-main.js. */
export function codeServerFolder(): string {
	return libFolder(toolFolder(tool));
}

function libFolder(folder: string): string {
	return join(folder, "node_modules", "code-server", "lib", "vscode");
}
