import { globSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { transcriptClients } from "../../src/ingest/clients.ts";
import { ownerByFirstLine, ownerOf } from "../../src/ingest/transcripts/ownership.ts";
import type { TranscriptClient, TranscriptFile } from "../../src/ingest/transcripts/port.ts";
import { CASES } from "./cases.ts";

const CLIENTS = path.join(import.meta.dirname, "../fixtures/clients");

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

/** The transcripts of a run, or of a case. */
export function recordedFiles(run: string): RecordedFile[] {
	const folder = path.join(CASES, run, "projects");
	return globSync("**/*.jsonl", { cwd: folder })
		.sort()
		.map((place) => recordedFile(folder, place));
}

function recordedFile(folder: string, place: string): RecordedFile {
	const lines = readFileSync(path.join(folder, place), "utf8").split("\n").filter(Boolean);
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
