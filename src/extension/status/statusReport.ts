import type { TailStatus } from "../../ingest/files/eventTail.ts";
import type { EventStats, Tally } from "../../model/events/eventStats.ts";
import { formatCount, formatDuration } from "../../model/views/format.ts";
import type { Counters } from "../../model/views/view.ts";
import type { SourceStatus } from "../../protocol/messages.ts";
import { code, table } from "../reportMarkdown.ts";
import { type TranscriptFacts, transcriptReport } from "./transcriptReport.ts";

/** Everything that Show Status reports. */
interface StatusFacts {
	readonly version: string;
	/** ms since the epoch */
	readonly now: number;
	readonly eventsFile: string;
	readonly tail: TailStatus;
	/** null where transcripts are not read. */
	readonly transcripts: TranscriptFacts | null;
	/** Folders with transcripts that are not read. */
	readonly foldersNotRead: readonly string[];
	readonly source: SourceStatus;
	readonly stats: EventStats;
	readonly counters: Counters;
	readonly activationMs: number;
	/** The section about hooks, as Markdown. */
	readonly hooks: string;
	/** The section about clients, as Markdown; empty where there is none. */
	readonly clients: string;
	/** The section about the database, as Markdown. */
	readonly telemetry: string;
	/** The sections about the stream and what is received, as Markdown. */
	readonly stream: string;
}

/** What each kind of bad line means to the person who reads the report. */
const PROBLEM_MEANINGS: Readonly<Record<string, string>> = {
	not_json: "not JSON",
	not_an_object: "JSON, but no object",
	unknown_version: "written by a newer version",
	unknown_event: "an event this version does not know",
	missing_field: "a needed field is missing",
	wrong_type: "a needed field has the wrong type",
	no_time: "no readable time, and no line before that has one",
	line_too_long: "longer than 1 MiB",
	cut_line: "cut off when the file was replaced",
};

const NOTE_MEANINGS: Readonly<Record<string, string>> = {
	id_shortened: "an id over 256 characters was shortened",
	bad_timestamp: "no readable time; taken as that of the line before",
	bad_field: "an optional field had the wrong type, or a number that cannot be, and was left out",
	phantom_stop: "a stop of an agent that never started and has no type was dropped",
	late_event: "a call was reported after its agent had ended",
};

/** The status as Markdown. Whatever comes from outside stands in code spans. */
export function statusReport(facts: StatusFacts): string {
	const { stats, counters, tail } = facts;
	return [
		"# Agent Live Graph",
		facts.source.source === "demo"
			? "> The demo is playing; the figures are of the event log.\n"
			: "",
		...eventLog(facts),
		transcriptReport(facts.transcripts, stats, facts.now, facts.foldersNotRead),
		facts.clients,
		"## Live\n",
		table(
			["", "now"],
			[
				["agents at work", counters.alive],
				["waiting for permission", counters.waiting],
				["launched", counters.spawned],
				["done", counters.done],
				["failed", counters.failed],
				["lost", counters.lost],
				["tool calls", counters.toolCalls],
				["failed calls", counters.failedCalls],
			],
		),
		facts.hooks,
		facts.telemetry,
		facts.stream,
		"## Hooks seen\n",
		tallies(stats.events, facts.now, "No event has been read yet. Run **Install Hooks**."),
		...(stats.hookErrors.size === 0 ? [] : hookErrors(stats, facts.now)),
		"## Bad lines\n",
		tallies(stats.problems, facts.now, "None.", PROBLEM_MEANINGS),
		"## Noted\n",
		tallies(stats.notes, facts.now, "Nothing.", NOTE_MEANINGS),
		`Version ${facts.version}, activated in ${facts.activationMs.toFixed(1)} ms.`,
		tail.error === "" ? "" : `\nLast error: ${code(tail.error)}`,
	].join("\n");
}

function eventLog({ eventsFile, tail, source, stats, counters, now }: StatusFacts): string[] {
	const age = counters.lastEventAt === null ? "–" : formatDuration(now - counters.lastEventAt);
	return [
		"## Event log\n",
		table(
			["", ""],
			[
				["path", code(eventsFile)],
				["state", tail.state],
				["read", `${bytes(tail.offset)} of ${bytes(tail.size)}`],
				["lag", bytes(Math.max(0, tail.size - tail.offset))],
				["lines", stats.lines.toLocaleString("en-US")],
				["bad lines", stats.problemCount.toLocaleString("en-US")],
				["age of the last event", age],
			],
		),
		source.connection === "connected" ? "" : `${code(source.message)}\n`,
	];
}

function hookErrors(stats: EventStats, now: number): string[] {
	const hint = stats.hookErrors.has("jq missing")
		? "\nThe hooks need `jq`: install it with your system's package manager.\n"
		: "";
	return ["## Hook errors\n", tallies(stats.hookErrors, now, ""), hint];
}

function tallies(
	entries: ReadonlyMap<string, Tally>,
	now: number,
	none: string,
	meanings?: Readonly<Record<string, string>>,
): string {
	if (entries.size === 0) return `${none}\n`;
	const rows = [...entries]
		.sort(([, a], [, b]) => b.count - a.count)
		.map(([kind, { count, lastAt }]) => [
			code(kind),
			...(meanings === undefined ? [] : [meanings[kind] ?? ""]),
			count.toLocaleString("en-US"),
			lastAt === 0 ? "–" : `${formatDuration(now - lastAt)} ago`,
		]);
	const head = ["kind", ...(meanings === undefined ? [] : ["meaning"]), "count", "last"];
	return table(head, rows);
}

function bytes(count: number): string {
	return formatCount(count, "byte");
}
