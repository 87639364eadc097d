// What the files of other clients cost a window: a rollout of 300 MB, a database of 1 GB, hundreds of all.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { inProject } from "../scripts/paths.ts";
import { probe as probeHistory } from "./history.ts";
import { writeOpencode, writeRollout } from "./host/clientFiles.ts";
import { writeClientFolders } from "./host/clientFolders.ts";
import type { ClientsReport } from "./host/clientsProbe.ts";

const MB = 1e6;
/** Of each client. */
const FILES = 800;

/** Gives back a Markdown table. */
export async function run(): Promise<string> {
	const folder = mkdtempSync(path.join(tmpdir(), "agent-live-graph-bench-"));
	try {
		const rollouts = path.join(folder, "codex");
		const rollout = writeRollout(rollouts, 300 * MB, Date.now());
		const codex = await probe(rollout.thread, [rollouts], () => rollout.append());
		const data = path.join(folder, "opencode");
		const database = writeOpencode(data, 1000 * MB, Date.now());
		const opencode = await probe(database.session, [data], () => database.append());
		database.close();
		const rows: [string, (report: ClientsReport) => string, string][] = [
			[
				"first picture of the newest session",
				(r) => `${r.firstPaintMs.toFixed(0)} ms`,
				"< 2,000 ms",
			],
			["all that runs is read", (r) => `${r.readMs.toFixed(0)} ms`, "–"],
			["of the processor", (r) => `${r.cpuMs.toFixed(0)} ms`, "–"],
			[
				"memory over an empty process, highest",
				(r) => `${r.moreMiB.toFixed(0)} MiB`,
				"< 57 MiB (60 MB)",
			],
			["calls of the newest session", (r) => String(r.calls), "–"],
			[
				"read after a call was added",
				(r) => `${r.appendedBytes.toLocaleString("en-US")} bytes`,
				"–",
			],
			["calls then", (r) => String(r.callsThen), "–"],
			["idle", (r) => `${(r.idleCpu * 100).toFixed(2)} %`, "< 1 %"],
		];
		return [
			"| | rollout, 300 MB | database, 1 GB | must hold |",
			"| --- | ---: | ---: | ---: |",
			...rows.map(([what, of, limit]) => `| ${what} | ${of(codex)} | ${of(opencode)} | ${limit} |`),
			"",
			...(await atRest(folder)),
		].join("\n");
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** A window, its database included, once it has read what all clients have left. */
async function atRest(folder: string): Promise<string[]> {
	const home = path.join(folder, "home");
	const folders = writeClientFolders(home, FILES, Date.now());
	const env = { PATH: process.env.PATH, HOME: home };
	const { idleCpu, calls, historySeconds } = await probeHistory(folder, 1, folders, env);
	return [
		`| ${folders.length} clients, ${FILES} files each, opencode 100 MB | measured | must hold |`,
		"| --- | ---: | ---: |",
		`| all read into the database | ${historySeconds.toFixed(1)} s | – |`,
		`| calls | ${calls.toLocaleString("en-US")} | – |`,
		`| idle | ${(idleCpu * 100).toFixed(2)} % | < 1 % |`,
	];
}

async function probe(
	session: string,
	folders: readonly string[],
	append: () => void,
): Promise<ClientsReport> {
	const child: ChildProcess = fork(inProject("bench", "host", "clientsProbe.ts"), [
		session,
		...folders,
	]);
	await once(child, "message");
	append();
	child.send("appended");
	const [report] = (await once(child, "message")) as [ClientsReport];
	await once(child, "exit");
	return report;
}

if (process.argv[1] === import.meta.filename) console.log(await run());
