// A history in the proportions of real ones read by the command line, beside a peer that adds up the
// tokens of the same files. `BENCH_MB=200 npm run bench -- realHistory` reads less than 1 GB.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { inProject } from "../scripts/paths.ts";
import { setUpOrExit } from "../scripts/setup/everything.ts";
import { npmToolStep } from "../scripts/setup/npmTool.ts";
import { ccusage, ccusageProgram } from "./host/ccusage.ts";
import { type Written, writeRealHistory } from "./host/realTranscripts.ts";

const MEGABYTES = Number(process.env.BENCH_MB ?? 1000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
/** What the command line says once sessions, calls and tokens are in the database. */
const FIRST_PASS = /are in the database/;

/** Rounds in turns; gives back a Markdown table of medians. */
export async function run(): Promise<string> {
	await setUpOrExit([npmToolStep(ccusage)]);
	const folder = mkdtempSync(path.join(tmpdir(), "agent-live-graph-bench-"));
	try {
		const projects = path.join(folder, "projects");
		const written = writeRealHistory(projects, MEGABYTES * 1e6, Date.now());
		const rounds: Round[] = [];
		for (let round = 0; round < ROUNDS; round++) rounds.push(await readAll(folder, projects));
		return table(written, rounds);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

interface Round {
	readonly all: Ran;
	readonly again: Ran;
	readonly peer: Ran;
}

async function readAll(folder: string, projects: string): Promise<Round> {
	const home = path.join(folder, "home");
	const database = path.join(folder, "telemetry.db");
	rmSync(home, { recursive: true, force: true });
	rmSync(database, { force: true });
	mkdirSync(path.join(home, ".claude"), { recursive: true });
	symlinkSync(projects, path.join(home, ".claude", "projects"));
	const ingest = [inProject("dist/cli.js"), "ingest", "--transcripts", projects, "--db", database];
	return {
		peer: await runProgram([ccusageProgram, "session", "--offline", "--json"], home),
		all: await runProgram(ingest, home),
		again: await runProgram(ingest, home),
	};
}

interface Ran {
	readonly seconds: number;
	/** Of all threads. */
	readonly cpuSeconds: number;
	/** Until the first pass was told to be over; NaN where it was not told. */
	readonly firstSeconds: number;
	readonly peakMiB: number;
}

/** Runs a program on Node with a home of its own. */
function runProgram(args: readonly string[], home: string): Promise<Ran> {
	const started = performance.now();
	const since = () => (performance.now() - started) / 1000;
	let [firstSeconds, peakMiB, cpuSeconds] = [Number.NaN, 0, 0];
	const child = spawn(process.execPath, args, {
		env: { HOME: home, PATH: process.env.PATH ?? "" },
		stdio: ["ignore", "ignore", "pipe"],
	});
	const look = setInterval(() => {
		peakMiB = Math.max(peakMiB, peakOf(child.pid));
		cpuSeconds = Math.max(cpuSeconds, cpuOf(child.pid));
	}, 10);
	let said = "";
	child.stderr.on("data", (text: Buffer) => {
		said += text;
		if (Number.isNaN(firstSeconds) && FIRST_PASS.test(said)) firstSeconds = since();
	});
	return new Promise((resolve, reject) => {
		child.on("error", reject);
		child.on("close", (code) => {
			clearInterval(look);
			const seconds = since();
			if (code === 0) resolve({ seconds, cpuSeconds, firstSeconds, peakMiB });
			else reject(new Error(`${args.join(" ")} ended with ${code}: ${said}`));
		});
	});
}

function peakOf(pid: number | undefined): number {
	return Number(/^VmHWM:\s*(\d+) kB/m.exec(procFile(pid, "status"))?.[1] ?? 0) / 1024;
}

/** The system counts in hundredths of a second; programs that it ran count once they have ended. */
function cpuOf(pid: number | undefined): number {
	const fields = procFile(pid, "stat")
		.replace(/^.*\) /, "")
		.split(" ");
	return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
}

function procFile(pid: number | undefined, name: string): string {
	try {
		return readFileSync(`/proc/${pid}/${name}`, "utf8");
	} catch {
		return "";
	}
}

function table(written: Written, rounds: readonly Round[]): string {
	const megabytes = written.bytes / 1e6;
	const mid = (value: (round: Round) => number) => median(rounds.map(value));
	const first = mid(({ all }) => all.firstSeconds);
	const whole = mid(({ all }) => all.seconds);
	const other = mid(({ peer }) => peer.seconds);
	const row = (what: string, seconds: number, rest = "") =>
		`| ${what} | ${seconds.toFixed(2)} | ${(megabytes / seconds).toFixed(0)} | ${(seconds / other).toFixed(1)} | ${rest} |`;
	const percent = (part: number, of: number) => `${((100 * part) / of).toFixed(0)} %`;
	return [
		`${written.files} transcripts, ${megabytes.toFixed(0)} MB, ${written.lines} lines; of the bytes ${percent(written.resultBytes, written.bytes)} are results and ${percent(written.editBytes, written.bytes)} edits with a file's text, of ${written.calls} calls ${percent(written.bashCalls, written.calls)} Bash. Medians of ${rounds.length} rounds in turns.`,
		"",
		"| | seconds | MB/s | times the peer's | |",
		"| --- | ---: | ---: | ---: | --- |",
		row("`ccusage session --offline`", other),
		row("first pass: sessions, calls, tokens, cost", first, "at least 100 MB/s, at most 10 times"),
		row(
			"everything",
			whole,
			`at least 40 MB/s; CPU ${mid(({ all }) => all.cpuSeconds).toFixed(1)} s, peak ${mid(({ all }) => all.peakMiB).toFixed(0)} MiB (under 286 MiB, 300 MB)`,
		),
		row(
			"again, with nothing new",
			mid(({ again }) => again.seconds),
			"under 1 s",
		),
	].join("\n");
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

if (process.argv[1] === import.meta.filename) console.log(await run());
