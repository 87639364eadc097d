import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "../../../scripts/setup/which.ts";
import type { Payload } from "./payloads.ts";

/** A shell that hooks must run under: its program and the arguments before the script. */
export interface Shell {
	readonly name: string;
	readonly program: string;
	readonly args: readonly string[];
}

export const shells: readonly Shell[] = [
	{ name: "dash", program: "dash", args: [] },
	{ name: "bash", program: "bash", args: [] },
	{ name: "bash as sh", program: "bash", args: ["--posix"] },
	{ name: "busybox sh", program: "busybox", args: ["sh"] },
];

/** What became of one run of a hook. */
export interface HookEnd {
	readonly status: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

export const hooksFolder = join(import.meta.dirname, "../../../hooks");

/** An empty home with an event log of its own, in which hooks are run. */
export class HookLab {
	readonly home = mkdtempSync(join(tmpdir(), "agent live graph "));
	readonly log = join(this.home, "log", "events.jsonl");
	readonly shell: Shell;

	constructor(shell: Shell) {
		this.shell = shell;
	}

	/**
	 * Runs a script of hooks/ with the payload (text as it is) on stdin and a bare environment.
	 *
	 * @param client whose payload it is; Claude Code's unless told otherwise
	 */
	run(
		script: string,
		input: Payload | string,
		env: NodeJS.ProcessEnv = {},
		client = "",
	): Promise<HookEnd> {
		const file = script.includes("/") ? script : join(hooksFolder, script);
		const bare = { PATH: process.env.PATH, HOME: this.home, KEI_EVENTS_FILE: this.log };
		const args = [...this.shell.args, file, ...(client === "" ? [] : [client])];
		return run(findProgram(this.shell.program) ?? this.shell.program, args, {
			input: typeof input === "string" ? input : JSON.stringify(input),
			env: { ...bare, ...env },
			cwd: this.home,
		});
	}

	/** The events that a hook made of a payload, without their time. */
	async events(script: string, input: Payload, env: NodeJS.ProcessEnv = {}): Promise<Payload[]> {
		rmSync(this.log, { force: true });
		await this.run(script, input, env);
		return this.lines().map((line) => {
			const { ts, ...event } = JSON.parse(line);
			return event;
		});
	}

	/** Whole lines of the log, without their newline; the log's end must be one. */
	lines(log = this.log): string[] {
		if (!existsSync(log)) return [];
		const lines = readFileSync(log, "utf8").split("\n");
		if (lines.pop() !== "") throw new Error("the log does not end with a newline");
		return lines;
	}

	dispose(): void {
		rmSync(this.home, { recursive: true, force: true });
	}
}

interface RunOptions {
	readonly input: string;
	readonly env: NodeJS.ProcessEnv;
	readonly cwd: string;
}

/** Runs a program to its end. One that ends without reading its input is no error. */
export function run(
	program: string,
	args: readonly string[],
	{ input, env, cwd }: RunOptions,
): Promise<HookEnd> {
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, { env, cwd });
		let stdout = "";
		let stderr = "";
		child.stdout.on("data", (chunk) => {
			stdout += chunk;
		});
		child.stderr.on("data", (chunk) => {
			stderr += chunk;
		});
		child.on("error", reject);
		child.on("close", (status) => resolve({ status, stdout, stderr }));
		child.stdin.on("error", () => {});
		child.stdin.end(input);
	});
}
