import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { EventTail } from "../src/ingest/files/eventTail.ts";
import { LiveGraph } from "../src/model/graph/liveGraph.ts";
import { applyLine } from "../test/support/log/applyLine.ts";
import { writeSyntheticLog } from "../test/support/log/syntheticLog.ts";
import { threadTimes } from "./host/threadTimes.ts";

const LINES = 300_000;
const ROUNDS = 7;

/** How fast is a log read into the live graph, beside bare splitting and JSON.parse of the file? */
export async function run(): Promise<string> {
	const folder = mkdtempSync(path.join(tmpdir(), "agent-live-graph-bench-"));
	try {
		const file = path.join(folder, "events.jsonl");
		await writeSyntheticLog(file, { lines: LINES });
		const ours: Took[] = [];
		const bare: Took[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			bare.push(bareParse(file));
			ours.push(await intoGraph(file));
		}
		return report(medians(ours), medians(bare), statSync(file).size);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** ms by the clock, and of the processor that the thread took, which others at work do not lengthen. */
interface Took {
	readonly clock: number;
	readonly thread: number;
}

function report(ours: Took, bare: Took, bytes: number): string {
	const row = (what: string, { clock, thread }: Took) => {
		const perSecond = Math.round(LINES / (clock / 1000)).toLocaleString("en-US");
		return `| ${what} | ${clock.toFixed(0)} | ${thread.toFixed(0)} | ${perSecond} |`;
	};
	const [byClock, byThread] = [bare.clock / ours.clock, bare.thread / ours.thread];
	return [
		`Log to live graph, ${LINES.toLocaleString("en-US")} v2 lines, ${(bytes / 2 ** 20).toFixed(0)} MiB, median of ${ROUNDS}`,
		"",
		"| | ms | of the thread | lines a second |",
		"| --- | ---: | ---: | ---: |",
		row("bare split + JSON.parse", bare),
		row("tail + parser + live graph", ours),
		`| speed against bare (at least 0.45) | ${byClock.toFixed(2)} | **${byThread.toFixed(2)}** | |`,
	].join("\n");
}

function bareParse(file: string): Took {
	const took = stopwatch();
	let lines = 0;
	for (const line of readFileSync(file, "utf8").split("\n")) {
		if (line === "") continue;
		JSON.parse(line);
		lines++;
	}
	if (lines !== LINES) throw new Error(`read ${lines} lines`);
	return took();
}

async function intoGraph(file: string): Promise<Took> {
	const took = stopwatch();
	const graph = new LiveGraph();
	const tail = new EventTail(file, {
		line: (text) => applyLine(graph, text),
		problem: (problem) => graph.countProblem(problem),
		status: () => {},
	});
	await tail.look();
	const result = took();
	await tail.dispose();
	if (graph.stats.lines !== LINES) throw new Error(`read ${graph.stats.lines} lines`);
	return result;
}

function stopwatch(): () => Took {
	const startedAt = performance.now();
	const before = threadTimes.threadCpuUsage();
	return () => {
		const { user, system } = threadTimes.threadCpuUsage(before);
		return { clock: performance.now() - startedAt, thread: (user + system) / 1000 };
	};
}

function medians(all: readonly Took[]): Took {
	return {
		clock: median(all.map(({ clock }) => clock)),
		thread: median(all.map(({ thread }) => thread)),
	};
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

if (process.argv[1] === import.meta.filename) console.log(await run());
