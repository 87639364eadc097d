import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { applyLine } from "../src/ingest/eventLog/applyLine.ts";
import { EventTail } from "../src/ingest/eventTail.ts";
import { LiveGraph } from "../src/model/graph/liveGraph.ts";
import { writeSyntheticLog } from "../test/support/syntheticLog.ts";

const LINES = 300_000;
const ROUNDS = 7;

/** How fast is a log read into the live graph, beside bare splitting and JSON.parse of the file? */
export async function run(): Promise<string> {
	const folder = mkdtempSync(path.join(tmpdir(), "agent-live-graph-bench-"));
	try {
		const file = path.join(folder, "events.jsonl");
		await writeSyntheticLog(file, { lines: LINES });
		const ours: number[] = [];
		const bare: number[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			bare.push(bareParse(file));
			ours.push(await intoGraph(file));
		}
		return report(median(ours), median(bare), statSync(file).size);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

function report(ours: number, bare: number, bytes: number): string {
	const perSecond = (ms: number) => Math.round(LINES / (ms / 1000)).toLocaleString("en-US");
	return [
		`Log to live graph, ${LINES.toLocaleString("en-US")} v2 lines, ${(bytes / 2 ** 20).toFixed(0)} MiB, median of ${ROUNDS}`,
		"",
		"| | ms | lines a second |",
		"| --- | ---: | ---: |",
		`| bare split + JSON.parse | ${bare.toFixed(0)} | ${perSecond(bare)} |`,
		`| tail + parser + live graph | ${ours.toFixed(0)} | ${perSecond(ours)} |`,
		`| speed against bare (at least 0.45) | | **${(bare / ours).toFixed(2)}** |`,
	].join("\n");
}

function bareParse(file: string): number {
	const startedAt = performance.now();
	let lines = 0;
	for (const line of readFileSync(file, "utf8").split("\n")) {
		if (line === "") continue;
		JSON.parse(line);
		lines++;
	}
	if (lines !== LINES) throw new Error(`read ${lines} lines`);
	return performance.now() - startedAt;
}

async function intoGraph(file: string): Promise<number> {
	const startedAt = performance.now();
	const graph = new LiveGraph();
	const tail = new EventTail(file, {
		line: (text) => applyLine(graph, text),
		problem: (problem) => graph.countProblem(problem),
		status: () => {},
	});
	await tail.look();
	const took = performance.now() - startedAt;
	await tail.dispose();
	if (graph.stats.lines !== LINES) throw new Error(`read ${graph.stats.lines} lines`);
	return took;
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

if (process.argv[1] === import.meta.filename) console.log(await run());
