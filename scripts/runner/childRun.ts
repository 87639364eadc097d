import { spawn } from "node:child_process";
import { root } from "../paths.ts";

export interface ChildEnd {
	/** Null when it was ended by a signal. */
	readonly code: number | null;
	readonly isTimedOut: boolean;
}

export interface ChildOptions {
	readonly env: NodeJS.ProcessEnv;
	/** Milliseconds after which it is ended. */
	readonly limit: number;
	/** Its output is shown unless this is set. */
	readonly isQuiet?: boolean | undefined;
}

/** Runs Node on a script. */
export function runNode(
	args: readonly string[],
	{ env, limit, isQuiet = false }: ChildOptions,
): Promise<ChildEnd> {
	const output = isQuiet ? "ignore" : "inherit";
	const child = spawn(process.execPath, args, {
		cwd: root,
		env,
		stdio: ["ignore", output, output],
	});
	let isTimedOut = false;
	const timer = setTimeout(() => {
		isTimedOut = true;
		child.kill("SIGKILL");
	}, limit);
	return new Promise((resolve, reject) => {
		child.on("error", reject);
		child.on("close", (code) => {
			clearTimeout(timer);
			resolve({ code, isTimedOut });
		});
	});
}
