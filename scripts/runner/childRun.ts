import { spawn } from "node:child_process";
import { root } from "../paths.ts";

export interface ChildEnd {
	/** Null when it was ended by a signal. */
	readonly code: number | null;
	readonly isTimedOut: boolean;
}

/** Runs Node on a script with its output shown. Past `limit` milliseconds it is ended. */
export function runNode(
	args: readonly string[],
	env: NodeJS.ProcessEnv,
	limit: number,
): Promise<ChildEnd> {
	const child = spawn(process.execPath, args, {
		cwd: root,
		env,
		stdio: ["ignore", "inherit", "inherit"],
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
