import { accessSync, constants } from "node:fs";

/**
 * glibc keeps what a thread has freed for that thread: for each up to twice the size of the largest block that
 * was ever freed, which are megabytes that V8's compiler needed for a moment. It reads how much it may be, in
 * bytes, when a program starts, and only then.
 */
const SETTING = "MALLOC_TRIM_THRESHOLD_";
const KEPT = String(512 * 1024);

/** As of Node 22.15; the types are those of the oldest editor, which has it not. */
interface Restarting {
	execve?(file: string, args: readonly string[], env: NodeJS.ProcessEnv): never;
}

/**
 * Starts the program anew in the place of this one, as the same process with the same arguments, so that what is
 * freed goes back to the system: 30 MiB where a long history is read. It comes back where that is so already, and
 * where it can not be had: then the program takes more.
 */
export function keepFreedMemoryLow(): void {
	const { env, platform, versions, execPath, execArgv, argv } = process;
	const isSet = SETTING in env;
	// Up to Node 23 it prints that it is an experiment.
	const isQuiet = Number.parseInt(versions.node, 10) >= 24 && !("electron" in versions);
	if (platform !== "linux" || isSet || !isQuiet) return;
	try {
		// Where it can not be started it would end without a chance to go on.
		accessSync(execPath, constants.X_OK);
		const args = [execPath, ...execArgv, ...argv.slice(1)];
		(process as Restarting).execve?.(execPath, args, { ...env, [SETTING]: KEPT });
	} catch {
		// As it was started.
	}
}
