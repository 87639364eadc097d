import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { SetupError } from "./npm.mjs";
import { type NpmTool, npmToolStep, toolFolder } from "./npmTool.ts";

export const claudeVersion = "2.1.329";

const tool: NpmTool = {
	name: "claude-code",
	title: "Claude Code client",
	spec: `@anthropic-ai/claude-code@${claudeVersion}`,
	flags: ["--ignore-scripts"],
	packages: 4,
	finish: placeProgram,
};

export const claudeClientStep = npmToolStep(tool);

/**
 * The real client that the client tests run: `$CLAUDE_BIN`, else the one set-up installed.
 * Undefined when there is none. It never uses a developer's own installation by itself.
 */
export function claudeBinary(): string | undefined {
	const installed = join(toolFolder(tool), "node_modules", ".bin", "claude");
	return process.env.CLAUDE_BIN ?? (existsSync(installed) ? installed : undefined);
}

/** Its install script puts the program for this machine into place; npm may refuse to run it. */
async function placeProgram(folder: string): Promise<void> {
	const cwd = join(folder, "node_modules", "@anthropic-ai", "claude-code");
	const { status, stderr } = spawnSync(process.execPath, ["install.cjs"], {
		cwd,
		encoding: "utf8",
	});
	if (status !== 0) {
		throw new SetupError(`The Claude Code client could not be installed:\n${stderr}`);
	}
}
