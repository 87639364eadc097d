// What the extension host needs for telemetry and live graph, and whether it grows with the log.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { inProject } from "../scripts/paths.ts";

/** Two lines a call, and a few of its agent. */
const LINES_OF_100_000_CALLS = 208_000;
const SOAK = { lines: 2_000_000, step: 100_000, comparedAt: 500_000 };

/** Gives back a Markdown table; MiB of resident memory of the whole process. */
export async function run(): Promise<string> {
	const [empty = Number.NaN] = await ask("log", 0);
	const [full = Number.NaN] = await ask("log", LINES_OF_100_000_CALLS);
	const soak = await ask("soak", SOAK.lines);
	const early = soak[SOAK.comparedAt / SOAK.step - 1] ?? Number.NaN;
	const late = soak.at(-1) ?? Number.NaN;
	const mib = (value: number) => value.toFixed(0);
	return [
		"Resident memory of a process with live graph and telemetry, worker and wasm included",
		"",
		"| | MiB |",
		"| --- | ---: |",
		`| empty log | ${mib(empty)} |`,
		`| 100,000 calls | ${mib(full)} |`,
		`| more than empty (under 80 MB) | **${mib(full - empty)}** |`,
		`| soak with a retention of one day, after 500,000 events | ${mib(early)} |`,
		`| after 2,000,000 events | ${mib(late)} |`,
		`| against 500,000 (at most 1) | **${(late / early).toFixed(2)}** |`,
		`| most in between | ${mib(Math.max(...soak))} |`,
	].join("\n");
}

async function ask(question: "log" | "soak", lines: number): Promise<number[]> {
	const options = ["--expose-gc", "--import", inProject("test", "support", "sqlText.ts")];
	const probe = inProject("bench", "host", "memoryProbe.ts");
	const args = [...options, probe, question, String(lines)];
	const { stdout } = await promisify(execFile)(process.execPath, args);
	return JSON.parse(stdout) as number[];
}

if (process.argv[1] === import.meta.filename) console.log(await run());
