// A home in which all clients have been used for long: hundreds of files each.
import { globSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { inProject } from "../../scripts/paths.ts";
import { CLIENT_IDENTITIES } from "../../src/ingest/clients/clientIdentities.ts";
import { writeOpencode } from "./clientFiles.ts";
import { writeHistory } from "./transcriptHistory.ts";

const MB = 1e6;
const DAY_MS = 86_400_000;
/** Of each client so many files were written to just now. */
const RUNNING = 8;
/** A recorded run of each client that keeps files of text. */
const RUNS: Readonly<Record<string, string>> = {
	codex: "nested-parallel",
	"copilot-cli": "shell-and-subagent",
	"gemini-cli": "shell-and-subagent",
	pi: "edits",
	"qwen-code": "shell-and-subagent",
};

/**
 * Fills the folders that the clients have in a home; of opencode there is one database.
 *
 * @param files of each client
 * @returns all folders
 */
export function writeClientFolders(home: string, files: number, now: number): string[] {
	return CLIENT_IDENTITIES.map(({ name, folders }) => {
		const [folder = ""] = folders({}, home);
		const run = RUNS[name];
		if (run !== undefined) repeatRun(name, run, folder, files, now);
		else if (name === "opencode") writeOpencode(folder, 100 * MB, now).close();
		else writeHistory(folder, { files, bytes: 100 * MB, running: RUNNING, hugeShare: 0.1 }, now);
		return folder;
	});
}

/** The run again and again, each time as another session. */
function repeatRun(client: string, run: string, folder: string, files: number, now: number): void {
	const from = inProject("test", "fixtures", "clients", client, run, "projects");
	const found = globSync("**/*", { cwd: from }).filter((file) =>
		statSync(path.join(from, file)).isFile(),
	);
	const transcripts = found.filter((file) => file.endsWith(".jsonl"));
	const texts = found.map((file) => readFileSync(path.join(from, file), "utf8"));
	const ids = new Set(
		transcripts.flatMap((file) => file.match(/[0-9a-f]{8}(?=-[0-9a-f]{4}-)/g) ?? []),
	);
	for (let copy = 0; copy * transcripts.length < files; copy++) {
		const renamed = (text: string) =>
			[...ids].reduce((all, id) => all.replaceAll(id, earlier(id, copy)), text);
		const isRunning = copy * transcripts.length < RUNNING;
		const at = isRunning ? now : now - DAY_MS * (1.1 + copy / 3);
		found.forEach((file, index) => {
			const target = path.join(folder, renamed(file));
			mkdirSync(path.dirname(target), { recursive: true });
			writeFileSync(target, renamed(texts[index] ?? ""));
			utimesSync(target, at / 1000, at / 1000);
		});
	}
}

/** The beginning of an id, which may be its time. */
function earlier(id: string, by: number): string {
	return (Number.parseInt(id, 16) - by).toString(16).padStart(8, "0");
}
