import { cpSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { transcriptClients } from "../../../src/ingest/clients/clients.ts";
import { EventRows } from "../../../src/ingest/opencode/eventRows.ts";
import { ownerByFirstLine, ownerOf } from "../../../src/ingest/transcripts/ownership.ts";
import type { TranscriptClient, TranscriptFile } from "../../../src/ingest/transcripts/port.ts";
import type { AgentEvent } from "../../../src/model/events/events.ts";
import { CASES } from "../cases.ts";

/** Recorded runs, by client and name. */
export const CLIENTS = path.join(import.meta.dirname, "../../fixtures/clients");

/** Runs of other clients than Claude Code, as cases: their names, from the folder of those. */
export const clientRuns: readonly string[] = globSync("*/*/expected.json", { cwd: CLIENTS })
	.sort()
	.map((file) => path.relative(CASES, path.join(CLIENTS, path.dirname(file))));

/** A recorded transcript. */
export interface RecordedFile {
	/** Below the folder that its client keeps transcripts in. */
	readonly place: string;
	readonly client: TranscriptClient;
	readonly file: TranscriptFile;
	readonly lines: readonly string[];
	/** What stands beside it, by its place. */
	readonly companions: ReadonlyMap<string, string>;
}

/** Lines that are made of rows of databases, by path. */
const ROWS = new Map(
	await Promise.all(
		globSync("*/*/projects/*.db", { cwd: CLIENTS }).map(async (file) => {
			const database = path.join(CLIENTS, file);
			return [database, await rowsOf(database)] as const;
		}),
	),
);

/** Read of a copy: whoever opens a database makes files beside it. */
async function rowsOf(database: string): Promise<string[]> {
	const folder = mkdtempSync(path.join(tmpdir(), "rows-"));
	const copy = path.join(folder, path.basename(database));
	cpSync(database, copy);
	const rows = new EventRows(copy);
	await rows.look();
	const bytes = await rows.read(Buffer.alloc(16 * 1024 * 1024));
	await rows.close();
	rmSync(folder, { recursive: true });
	return (bytes?.toString("utf8") ?? "").split("\n").filter(Boolean);
}

/** The transcripts of a run, or of a case. */
export function recordedFiles(run: string): RecordedFile[] {
	return filesBelow(path.join(CASES, run, "projects"));
}

/** The transcripts that lie below a folder as their client left them. */
export function filesBelow(folder: string): RecordedFile[] {
	return globSync("**/*.{jsonl,db}", { cwd: folder })
		.sort()
		.map((place) => recordedFile(folder, place));
}

function recordedFile(folder: string, place: string): RecordedFile {
	const file = path.join(folder, place);
	const lines = ROWS.get(file) ?? readFileSync(file, "utf8").split("\n").filter(Boolean);
	const clients = transcriptClients();
	const owned = ownerOf(clients, place);
	const known = owned === "first_line" ? ownerByFirstLine(clients, place, lines[0] ?? "") : owned;
	if (known === null) throw new Error(`${place} is nobody's`);
	const beside = known.file.companions.filter((name) => globSync(name, { cwd: folder }).length > 0);
	const companions = new Map(
		beside.map((name) => [name, readFileSync(path.join(folder, name), "utf8")]),
	);
	return { place, ...known, lines, companions };
}

/** What a recorded transcript tells, what stands beside it first. */
export function eventsOfFile({ client, file, lines, companions }: RecordedFile): AgentEvent[] {
	const reader = client.newReader(file);
	const beside = [...companions].flatMap(([name, text]) => reader.companion(name, text).records);
	const own = lines.flatMap((line) => reader.line(line).records);
	return [...beside, ...own].map(({ event }) => event);
}
