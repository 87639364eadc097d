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

/** A terminal's Ctrl-C reaches the child by itself. */
const PASSED_ON = ["SIGTERM", "SIGHUP"] as const;
/** Milliseconds between SIGTERM and SIGKILL. */
const GRACE = 5_000;

/** Runs Node on a script, which ends with this process: what it has started it can end itself. */
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
	const end = () => {
		child.kill("SIGTERM");
		timer = setTimeout(() => child.kill("SIGKILL"), GRACE);
	};
	let timer = setTimeout(() => {
		isTimedOut = true;
		end();
	}, limit);
	const endBoth = () => {
		end();
		// Whoever waits for it has tidied up by then.
		child.once("close", () => setImmediate(() => process.exit(1)));
	};
	for (const signal of PASSED_ON) process.once(signal, endBoth);
	return new Promise((resolve, reject) => {
		child.on("error", reject);
		child.on("close", (code) => {
			clearTimeout(timer);
			for (const signal of PASSED_ON) process.off(signal, endBoth);
			resolve({ code, isTimedOut });
		});
	});
}
