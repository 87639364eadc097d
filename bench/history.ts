// What a window costs that meets 2 GB of transcripts: first picture, thread, memory, rest.
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { inProject } from "../scripts/paths.ts";
import type { HistoryReport } from "./host/historyProbe.ts";
import { type HistoryShape, writeHistory } from "./host/transcriptHistory.ts";

const SHAPE: HistoryShape = { files: 800, bytes: 2 * 2 ** 30, running: 8, hugeShare: 0.15 };

/** Gives back a Markdown table. */
export async function run(): Promise<string> {
	const folder = mkdtempSync(path.join(tmpdir(), "agent-live-graph-bench-"));
	try {
		const projects = path.join(folder, "projects");
		const running = writeHistory(projects, SHAPE, Date.now());
		const report = await probe(folder, running.length, [projects]);
		const row = (what: string, value: string, limit: string) => `| ${what} | ${value} | ${limit} |`;
		const { idleCpu } = report;
		return [
			`A window over ${SHAPE.files} transcripts of ${(SHAPE.bytes / 2 ** 30).toFixed(1)} GiB, one of them ${((SHAPE.bytes * SHAPE.hugeShare) / 2 ** 20).toFixed(0)} MiB, ${SHAPE.running} written to just now; nothing of it known before`,
			"",
			"| | measured | must hold |",
			"| --- | ---: | ---: |",
			row(
				"first picture of the running sessions",
				`${report.firstPaintMs.toFixed(0)} ms`,
				"< 2,000 ms",
			),
			row("nodes in it at the end", String(report.sessionsShown), "–"),
			row("host's thread blocked at most", `${report.blockedMaxMs.toFixed(1)} ms`, "< 50 ms"),
			row("longest that it computed itself", `${report.computedMaxMs.toFixed(1)} ms`, "–"),
			row("host's thread blocked, p99", `${report.blockedP99Ms.toFixed(1)} ms`, "–"),
			row(
				"memory over an empty host, highest",
				`${(report.peakMiB - report.emptyMiB).toFixed(0)} MiB`,
				"< 143 MiB (150 MB)",
			),
			row(
				"memory over an empty host, afterwards",
				`${(report.afterMiB - report.emptyMiB).toFixed(0)} MiB`,
				"–",
			),
			row("whole history read in", `${report.historySeconds.toFixed(1)} s`, "–"),
			row("calls in the database", report.calls.toLocaleString("en-US"), "–"),
			row("idle CPU afterwards", `${(idleCpu * 100).toFixed(2)} %`, "< 1 %"),
		].join("\n");
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/**
 * A window over these folders, with a database of its own.
 *
 * @param sessions that are to be in its first picture
 * @param env of the window
 */
export async function probe(
	folder: string,
	sessions: number,
	folders: readonly string[],
	env = process.env,
): Promise<HistoryReport> {
	const args = [
		path.join(folder, "telemetry.db"),
		path.join(folder, "events.jsonl"),
		String(sessions),
		...folders,
	];
	const child = fork(inProject("bench", "host", "historyProbe.ts"), args, { env });
	const [report] = (await once(child, "message")) as [HistoryReport];
	await once(child, "exit");
	return report;
}

if (process.argv[1] === import.meta.filename) console.log(await run());
