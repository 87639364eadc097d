import {
	chmodSync,
	globSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { toolsFolder } from "../paths.ts";
import { runNpm } from "./npm.mjs";
import type { Progress } from "./progress.mjs";
import type { SetupStep } from "./steps.ts";

/** A program that is installed from the npm registry, but not as a dependency: it is large. */
export interface NpmTool {
	/** Its folder in .tools. */
	readonly name: string;
	readonly title: string;
	/** Package and version, such as `code-server@4.139.1`. */
	readonly spec: string;
	readonly flags: readonly string[];
	/** Roughly how many packages npm fetches, for the progress line. */
	readonly packages: number;
	/** What remains to be done in the folder once the package is there. */
	finish?(folder: string, onFetch: (count: number) => void): Promise<void>;
}

/** Where the tool is, or will be. */
export function toolFolder(tool: NpmTool): string {
	return join(toolsFolder, tool.name);
}

/**
 * The stamp names what the folder holds. Everything happens in a temporary folder that is renamed
 * at the end, so what stands under the tool's name is whole.
 */
export function isToolInstalled(tool: NpmTool): boolean {
	try {
		return readFileSync(stampFile(toolFolder(tool)), "utf8") === tool.spec;
	} catch {
		return false;
	}
}

export function npmToolStep(tool: NpmTool): SetupStep {
	return {
		name: tool.name,
		title: tool.title,
		isDone: () => isToolInstalled(tool),
		run: (progress) => install(tool, progress),
	};
}

async function install(tool: NpmTool, progress: Progress): Promise<void> {
	mkdirSync(toolsFolder, { recursive: true });
	// Left behind by a set-up that was killed; the lock says that nobody is in there.
	for (const left of globSync(`${tool.name}.tmp-*`, { cwd: toolsFolder })) {
		rmSync(join(toolsFolder, left), { recursive: true, force: true });
	}
	const folder = mkdtempSync(join(toolsFolder, `${tool.name}.tmp-`));
	const clear = () => rmSync(folder, { recursive: true, force: true });
	process.once("exit", clear);
	let fetched = 0;
	const onFetch = (count: number) => {
		progress.update(`fetched ${fetched + count} of about ${tool.packages} packages`);
	};
	try {
		writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
		await runNpm(["install", tool.spec, ...tool.flags], {
			cwd: folder,
			onFetch: (count) => {
				onFetch(count);
				fetched = count;
			},
		});
		await tool.finish?.(folder, onFetch);
		writeFileSync(stampFile(folder), tool.spec);
		// A temporary folder is private; what one user set up, another may use.
		chmodSync(folder, 0o755);
		rmSync(toolFolder(tool), { recursive: true, force: true });
		renameSync(folder, toolFolder(tool));
	} finally {
		process.off("exit", clear);
		clear();
	}
}

function stampFile(folder: string): string {
	return join(folder, ".installed");
}
