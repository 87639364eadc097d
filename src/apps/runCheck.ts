import { type ChildProcess, spawn } from "node:child_process";
import type { AppCheck } from "./app.ts";
import { ExpectedTexts } from "./expectedTexts.ts";

/** Time to end well after SIGTERM, in ms; then it is killed. */
const GRACE_MS = 2000;
/** What the editor's own processes are told by; a program started from it must not see them. */
const EDITORS_OWN = /^(?:VSCODE_|ELECTRON_)/;

interface CheckOptions {
	/** Folder of the app's file. */
	readonly cwd: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Ends it with everything that it started. */
	readonly signal: AbortSignal;
	/** Told what it writes on both of its outputs, as it comes. */
	onOutput(text: string): void;
}

export interface CheckEnd {
	readonly outcome: "passed" | "failed" | "cancelled";
	/** Why it did not pass; empty when it did. */
	readonly reason: string;
	readonly durationMs: number;
}

/**
 * Runs the command of a check in the system's shell. It passes with exit status 0, within its time
 * and with all that its standard output has to hold. Never rejects.
 */
export function runCheck(check: AppCheck, options: CheckOptions): Promise<CheckEnd> {
	const { cwd, env, signal, onOutput } = options;
	const startedAt = performance.now();
	const expected = new ExpectedTexts(check.expects);
	return new Promise((resolve) => {
		let stopped: "cancelled" | "late" | null = null;
		const ended = (outcome: CheckEnd["outcome"], reason: string): void => {
			clearTimeout(timer);
			signal.removeEventListener("abort", cancel);
			resolve({ outcome, reason, durationMs: performance.now() - startedAt });
		};
		if (signal.aborted) {
			resolve({ outcome: "cancelled", reason: "Cancelled.", durationMs: 0 });
			return;
		}
		// A group of its own, so that it can be ended with all that it starts.
		const child = spawn(check.cmd, {
			cwd,
			shell: true,
			detached: process.platform !== "win32",
			windowsHide: true,
			env: outside(env),
			stdio: ["ignore", "pipe", "pipe"],
		});
		const stop = (why: "cancelled" | "late"): void => {
			stopped ??= why;
			killTree(child);
		};
		const cancel = (): void => stop("cancelled");
		const timer = setTimeout(() => stop("late"), check.timeoutS * 1000);
		signal.addEventListener("abort", cancel, { once: true });
		child.stdout?.setEncoding("utf8").on("data", (text: string) => {
			expected.add(text);
			onOutput(text);
		});
		child.stderr?.setEncoding("utf8").on("data", onOutput);
		child.on("error", (error) => ended("failed", error.message));
		child.on("close", (code, by) => {
			if (stopped === "cancelled") return ended("cancelled", "Cancelled.");
			if (stopped === "late") return ended("failed", `Not done after ${check.timeoutS} s.`);
			const reason = reasonOf(code, by, expected.missing);
			ended(reason === "" ? "passed" : "failed", reason);
		});
	});
}

function reasonOf(code: number | null, by: string | null, missing: readonly string[]): string {
	if (by !== null) return `Ended by ${by}.`;
	if (code !== 0) return `Exit status ${code}.`;
	if (missing.length === 0) return "";
	return `Its output lacks ${missing.map((text) => JSON.stringify(text)).join(", ")}.`;
}

function outside(env: CheckOptions["env"]): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(env).filter(([name]) => !EDITORS_OWN.test(name)));
}

function killTree(child: ChildProcess): void {
	const { pid } = child;
	if (pid === undefined) return;
	if (process.platform === "win32") {
		spawn("taskkill", ["/pid", String(pid), "/t", "/f"], { windowsHide: true }).on(
			"error",
			() => {},
		);
		return;
	}
	signalGroup(pid, "SIGTERM");
	const timer = setTimeout(() => signalGroup(pid, "SIGKILL"), GRACE_MS);
	child.once("close", () => clearTimeout(timer));
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(-pid, signal);
	} catch {
		// It has ended in the meantime.
	}
}
