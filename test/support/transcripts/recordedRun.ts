import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { claudeCode } from "../../../src/ingest/claude-code/client.ts";
import { parseLine } from "../../../src/ingest/eventLog/parseLine.ts";
import type { Findings, TranscriptFile } from "../../../src/ingest/transcripts/port.ts";
import type { AgentEvent } from "../../../src/model/events/events.ts";
import type { TranscriptRecord } from "../../../src/model/events/record.ts";

/** Runs of the real client with the events of our hooks and its transcripts, with true times. */
export const runNames = ["everything", "resumed"] as const;
export type RunName = (typeof runNames)[number];

export const runFolder = (name: RunName): string =>
	join(import.meta.dirname, "../../fixtures/runs", name);

/** Nothing has a price here: what is counted is tested apart from what it costs. */
export const unpriced = claudeCode(() => null);

type ClaudeCode = ReturnType<typeof claudeCode>;

/** What a path below the client's folder is, with the first line of its file where that says more. */
export function fileOf(path: string, firstLine = "", client = unpriced): TranscriptFile | null {
	const file = client.classify(path);
	return file === "first_line" ? client.identify(path, firstLine) : file;
}

/** What our hooks wrote, in its order. */
export function hookEvents(name: RunName): AgentEvent[] {
	return eventsOfLog(lines(join(runFolder(name), "events.jsonl")));
}

export function eventsOfLog(log: readonly string[]): AgentEvent[] {
	return log.map((line) => {
		const event = parseLine(line);
		if (typeof event === "string") throw new Error(`${event}: ${line}`);
		return event;
	});
}

/** The records of each file, in its order; what stands beside an agent's file comes first. */
export function transcriptRecords(folder: string, client = unpriced): TranscriptRecord[][] {
	return globSync("**/*.jsonl", { cwd: folder })
		.sort()
		.map((path) => ({ path, file: fileOf(path, lines(join(folder, path))[0], client) }))
		.flatMap(({ path, file }) => {
			if (file === null) return [];
			const reader = client.newReader(file);
			const beside = file.companions.flatMap((path) =>
				understood(reader.companion(path, readFileSync(join(folder, path), "utf8"))),
			);
			return [
				[...beside, ...lines(join(folder, path)).flatMap((line) => understood(reader.line(line)))],
			];
		});
}

export function transcriptEvents(name: RunName): AgentEvent[][] {
	return eventsOfTranscripts(join(runFolder(name), "projects"), unpriced);
}

export function eventsOfTranscripts(folder: string, client: ClaudeCode): AgentEvent[][] {
	return transcriptRecords(folder, client).map((records) => records.map(({ event }) => event));
}

/** What was told by a line of which everything is understood. */
export function understood({ records, problems }: Findings): readonly TranscriptRecord[] {
	if (problems.length > 0) throw new Error(problems.join(", "));
	return records;
}

function lines(file: string): string[] {
	return readFileSync(file, "utf8")
		.split("\n")
		.filter((line) => line !== "");
}
