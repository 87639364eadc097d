import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { SetupError } from "./npm.mjs";
import type { Progress } from "./progress.mjs";
import { findProgram } from "./which.ts";

/** Seconds to wait for another apt on this machine. */
const LOCK_TIMEOUT = 600;
const flags = ["-y", "-q", "--no-install-recommends", "-o", `DPkg::Lock::Timeout=${LOCK_TIMEOUT}`];

/** Installing from Debian's packages needs root. */
export function canUseApt(): boolean {
	return process.getuid?.() === 0 && findProgram("apt-get") !== undefined;
}

/** True on Debian itself; Ubuntu's package of Chromium is an empty shell around a snap. */
export function isDebian(): boolean {
	try {
		return /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
	} catch {
		return false;
	}
}

/** Installs Debian packages. Rejects with a SetupError. */
export async function apt(packages: readonly string[], progress: Progress): Promise<void> {
	progress.update("apt-get update");
	await run(["update", "-q"], progress);
	progress.update(`apt-get install ${packages.join(" ")}`);
	await run(["install", ...flags, ...packages], progress);
}

function run(args: readonly string[], progress: Progress): Promise<void> {
	return new Promise((resolve, reject) => {
		const child = spawn("apt-get", args, {
			env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" },
			stdio: ["ignore", "pipe", "pipe"],
		});
		let tail = "";
		const read = (chunk: Buffer) => {
			tail = (tail + chunk).slice(-2_000);
			const steps = tail.match(/^(Get:\d+|Unpacking|Setting up) .*$/gm);
			progress.update(`apt-get ${args[0]}: ${steps?.at(-1)?.slice(0, 60) ?? ""}`);
		};
		child.stdout.on("data", read);
		child.stderr.on("data", read);
		child.on("error", (error) => reject(new SetupError(`apt-get: ${error.message}`)));
		child.on("close", (code) => {
			if (code === 0) {
				resolve();
			} else {
				reject(new SetupError(`${tail.trim()}\napt-get ${args[0]} ended with ${code}`));
			}
		});
	});
}
