import { type ChildProcess, spawn } from "node:child_process";
import { inProject } from "../../../scripts/paths.ts";

export interface CliRun {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

export const cliFile = inProject("dist", "cli.js");

/** Starts the built program with a home folder of its own. */
export function startCli(
	home: string,
	args: readonly string[],
	env: Readonly<Record<string, string>> = {},
): ChildProcess {
	return spawn(process.execPath, [cliFile, ...args], {
		cwd: home,
		env: { PATH: process.env.PATH, HOME: home, ...env },
		stdio: ["ignore", "pipe", "pipe"],
	});
}

/** Runs the built program to its end. */
export function runCli(
	home: string,
	args: readonly string[],
	env: Readonly<Record<string, string>> = {},
): Promise<CliRun> {
	return resultOf(startCli(home, args, env));
}

export function resultOf(child: ChildProcess): Promise<CliRun> {
	const output = { stdout: "", stderr: "" };
	for (const name of ["stdout", "stderr"] as const) {
		child[name]?.setEncoding("utf8").on("data", (text: string) => {
			output[name] += text;
		});
	}
	return new Promise((resolve, reject) => {
		child.on("error", reject);
		child.on("close", (code) => resolve({ code, ...output }));
	});
}
