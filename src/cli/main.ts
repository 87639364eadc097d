#!/usr/bin/env node
// The program `agent-live-graph`. Bundled to dist/cli.js, beside its worker and its wasm.
import { homedir } from "node:os";
import { createInterface } from "node:readline/promises";
import type { CliContext } from "./context.ts";
import { runProgram } from "./program.ts";

// Whoever reads the output may have seen enough, as `head` has.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
	process.exit(error.code === "EPIPE" ? 0 : 1);
});

const context: CliContext = {
	env: process.env,
	home: homedir(),
	cwd: process.cwd(),
	programFolder: import.meta.dirname,
	now: Date.now,
	print: (text) => process.stdout.write(`${text}\n`),
	note: (text) => process.stderr.write(`${text}\n`),
	isInteractive: process.stdin.isTTY === true && process.stderr.isTTY === true,
	ask,
	interrupted: () =>
		new Promise((resolve) => {
			process.once("SIGINT", () => resolve());
			process.once("SIGTERM", () => resolve());
		}),
};

process.exitCode = await runProgram(process.argv.slice(2), context);

/** On stderr, as stdout may be read by a program. */
async function ask(question: string): Promise<string> {
	const terminal = createInterface({ input: process.stdin, output: process.stderr });
	const closed = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
	const answer = await Promise.race([terminal.question(question), closed]);
	terminal.close();
	return answer;
}
