// What the extension host needs for telemetry and live graph, and whether it grows with the log.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { inProject } from "../scripts/paths.ts";
import { syntheticLines } from "../test/support/log/syntheticLog.ts";
import { appendLog } from "./host/appendLog.ts";

/** Two lines a call, and a few of its agent. */
const LINES_OF_100_000_CALLS = 216_650;
const DAY_MS = 86_400_000;
/** Lines of a soak over so many days, of which one is kept; a session lasts about an hour. */
const SOAK = { lines: 2_000_000, step: 100_000, comparedAt: 500_000, days: 8, agents: 200 };

/** Gives back a Markdown table; MiB of resident memory of the whole process. */
export async function run(): Promise<string> {
	const alone = await hundredThousandCalls("telemetry");
	const both = await hundredThousandCalls("graph");
	const collected = await soak(true);
	const left = await soak(false);
	const early = (steps: readonly number[]) => steps[SOAK.comparedAt / SOAK.step - 1] ?? Number.NaN;
	const late = (steps: readonly number[]) => steps.at(-1) ?? Number.NaN;
	const mib = (value: number) => value.toFixed(0);
	const ratio = (steps: readonly number[]) => `**${(late(steps) / early(steps)).toFixed(2)}**`;
	const row = (title: string, [empty = Number.NaN, full = Number.NaN]: readonly number[]) =>
		`| ${title} | ${mib(empty)} | ${mib(full)} | **${mib(full - empty)}** |`;
	return [
		"Resident memory of a process, worker and wasm included",
		"",
		"| MiB | empty log | 100,000 calls | more (under 76 MiB, which is 80 MB) |",
		"| --- | ---: | ---: | ---: |",
		row("telemetry", alone),
		row("telemetry and live graph", both),
		"",
		"| soak of both, one day kept, MiB | collected before each look | as V8 leaves it |",
		"| --- | ---: | ---: |",
		`| after 500,000 events | ${mib(early(collected))} | ${mib(early(left))} |`,
		`| after 2,000,000 events | ${mib(late(collected))} | ${mib(late(left))} |`,
		`| against 500,000 (at most 1) | ${ratio(collected)} | ${ratio(left)} |`,
		`| each 100,000 events | ${collected.map(mib).join(", ")} | ${left.map(mib).join(", ")} |`,
	].join("\n");
}

/** What a host holds besides the worker. */
type Parts = "telemetry" | "graph";

interface HostOptions {
	readonly parts: Parts;
	readonly retentionDays: number;
	/** Whether garbage is collected before each look; no extension host does that. */
	readonly isCollected: boolean;
}

function hundredThousandCalls(parts: Parts): Promise<number[]> {
	return withHost({ parts, retentionDays: 36_500, isCollected: false }, async (ask, log) => {
		const empty = await ask();
		const lines = LINES_OF_100_000_CALLS;
		appendLog(log, syntheticLines({ lines }), lines);
		return [empty, await ask()];
	});
}

/** @param isCollected what is kept, rather than what V8 has not yet given back */
function soak(isCollected: boolean): Promise<number[]> {
	return withHost({ parts: "graph", retentionDays: 1, isCollected }, async (ask, log) => {
		const { lines, step, agents: agentsPerSession } = SOAK;
		const span = SOAK.days * DAY_MS;
		const clock = { startAt: Date.now() - span, stepMs: span / lines };
		const all = syntheticLines({ lines, agentsPerSession, ...clock });
		const steps: number[] = [];
		for (let done = 0; done < lines; done += step) {
			appendLog(log, all, step);
			steps.push(await ask());
		}
		return steps;
	});
}

/** The lines are made in this process, so that their garbage is not counted. */
async function withHost(
	{ parts, retentionDays, isCollected }: HostOptions,
	work: (ask: () => Promise<number>, log: string) => Promise<number[]>,
): Promise<number[]> {
	const folder = mkdtempSync(path.join(tmpdir(), "agent-live-graph-bench-"));
	const log = path.join(folder, "events.jsonl");
	const child = fork(
		inProject("bench", "host", "memoryProbe.ts"),
		[path.join(folder, "telemetry.db"), log, parts, String(retentionDays)],
		{
			execArgv: [
				...(isCollected ? ["--expose-gc"] : []),
				"--import",
				inProject("test", "support", "sqlText.ts"),
			],
		},
	);
	try {
		return await work(() => answerOf(child), log);
	} finally {
		child.disconnect();
		await once(child, "exit");
		rmSync(folder, { recursive: true });
	}
}

async function answerOf(child: ChildProcess): Promise<number> {
	child.send("how much?");
	const [mebibytes] = await once(child, "message");
	return Number(mebibytes);
}

if (process.argv[1] === import.meta.filename) console.log(await run());
