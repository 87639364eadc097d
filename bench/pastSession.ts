// Opening a session that is over: from its transcripts, and from the database alone.

import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { inProject } from "../scripts/paths.ts";
import { pagesOf } from "../src/extension/sessions/sessionPages.ts";
import { PastFeed } from "../src/live/pastFeed.ts";
import { type PastArchive, pastOriginOf } from "../src/live/pastOrigin.ts";
import { TranscriptThread } from "../src/live/reading/transcriptThread.ts";
import { describeGraph } from "../src/model/graph/told/graphDescription.ts";
import { DEFAULT_PANEL_SETTINGS } from "../src/protocol/messages.ts";
import { openTelemetry } from "../src/telemetry/worker/telemetryClient.ts";
import { findTranscript } from "../src/transcripts/findTranscript.ts";
import { pastSession } from "./host/pastSession.ts";
import { writeDatabase } from "./host/writeDatabase.ts";

/** Calls; each is asked, answered, and paid for: three events. */
const CALLS = 17_000;
const AGENTS = 40;
const OTHER_SESSIONS = 800;
const OTHER_CALLS = 300_000;
const ROUNDS = 7;
const SESSION = "0a0a0a0a-0000-4000-8000-00000000abcd";

interface Opened {
	readonly firstMs: number;
	readonly wholeMs: number;
	readonly nodes: number;
	readonly calls: number;
}

/** Gives back a Markdown table of medians. */
export async function run(): Promise<string> {
	const folder = mkdtempSync(path.join(tmpdir(), "agent-live-graph-bench-"));
	try {
		const projects = path.join(folder, "projects");
		const bytes = writeTranscripts(projects);
		const databaseFile = path.join(folder, "telemetry.db");
		await writeDatabase(databaseFile, OTHER_CALLS);
		const telemetry = openTelemetry({
			databaseFile,
			eventsFile: path.join(folder, "events.jsonl"),
			retentionDays: 36_500,
			workerFile: inProject("dist", "telemetryWorker.cjs"),
			transcriptFolders: [projects],
		});
		await telemetry.catchUp();
		let events = 0;
		for await (const page of pagesOf(telemetry, SESSION)) events += page.length;
		const archive = (folders: readonly string[]): PastArchive => ({
			hasTranscript: async (session) =>
				(await findTranscript(folders, { session, agent: "" })) !== null,
			startReading: (input, listener) =>
				new TranscriptThread(inProject("dist", "transcriptWorker.cjs"), input, listener),
			eventsInDatabase: (session) => pagesOf(telemetry, session),
			eventsFile: "",
		});
		const [files, rows]: [Opened[], Opened[]] = [[], []];
		for (let round = 0; round < ROUNDS; round++) {
			files.push(await open(archive([projects]), projects));
			rows.push(await open(archive([]), databaseFile));
			// The listing of a folder is good for a second, which nobody who opens one session gains by.
			await new Promise((resolve) => setTimeout(resolve, 1100));
		}
		await telemetry.dispose();
		const row = (what: string, all: Opened[]) => {
			const [{ nodes, calls } = { nodes: 0, calls: 0 }] = all;
			const ms = (of: (opened: Opened) => number) => median(all.map(of)).toFixed(0);
			return `| ${what} | **${ms((each) => each.firstMs)}** | ${ms((each) => each.wholeMs)} | ${nodes} | ${calls.toLocaleString("en-US")} |`;
		};
		return [
			`A session of ${events.toLocaleString("en-US")} events in ${(bytes / 1e6).toFixed(0)} MB of transcripts, among ${OTHER_SESSIONS} other files and ${OTHER_CALLS.toLocaleString("en-US")} other calls; median of ${ROUNDS}`,
			"",
			"| from | first picture, ms (under 500) | all of it, ms | agents | calls |",
			"| --- | ---: | ---: | ---: | ---: |",
			row("its transcripts", files),
			row("the database alone", rows),
		].join("\n");
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** As the command does it, up to the snapshot that the page is sent. */
async function open(archive: PastArchive, place: string): Promise<Opened> {
	const startedAt = performance.now();
	const origin = await pastOriginOf(archive, SESSION);
	const feed = new PastFeed({
		session: SESSION,
		origin,
		eventsFile: "",
		transcriptFolders: [place],
		settings: DEFAULT_PANEL_SETTINGS,
		keyPrefix: "g0n",
	});
	let firstMs = 0;
	await new Promise<void>((resolve) => {
		feed.listen({
			reset: () => {
				feed.shown.snapshot();
				if (feed.mirror.nodes.size > 0) firstMs ||= performance.now() - startedAt;
				if (feed.status.phase === "live") resolve();
			},
		});
	});
	const wholeMs = performance.now() - startedAt;
	const { nodes } = describeGraph(feed.shown);
	await feed.dispose();
	const calls = nodes.reduce((sum, node) => sum + node.calls, 0);
	return { firstMs, wholeMs, nodes: nodes.length - 1, calls };
}

/** @returns bytes of the session's own */
function writeTranscripts(projects: string): number {
	const files = pastSession({ session: SESSION, agents: AGENTS, calls: CALLS });
	for (const [name, text] of files) write(path.join(projects, "-home-dev-app", name), text);
	for (let index = 0; index < OTHER_SESSIONS; index++) {
		const session = `0b0b0b0b-0000-4000-8000-${String(index).padStart(12, "0")}`;
		const [[name, text] = ["", ""]] = pastSession({ session, agents: 0, calls: 20 });
		write(path.join(projects, `-home-dev-${index % 20}`, name), text);
	}
	return files.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
}

function write(file: string, text: string): void {
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, text);
	const weekAgo = Date.now() / 1000 - 7 * 86_400;
	utimesSync(file, weekAgo, weekAgo);
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

if (process.argv[1] === import.meta.filename) console.log(await run());
