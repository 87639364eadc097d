import { formatCount, formatDuration, formatTokens } from "../../model/views/format.ts";
import type { FunctionStats, TelemetryFacts, TelemetryRole } from "../../telemetry/figures.ts";
import { costText } from "../../telemetry/queries/costText.ts";
import { problemSentences, problemWords } from "../../telemetry/queries/problemTexts.ts";
import { code, table } from "../reportMarkdown.ts";
import { formatMs, formatRate, formatTime } from "../stats/statsText.ts";
import { usageReport } from "./usageReport.ts";

/** Transcripts that are named with what was not understood of them. */
const FILES_SHOWN = 20;

/** Silence after which a session is not called open any more, ms. */
const SILENT_MS = 3_600_000;

/** What every role means to the person who reads the report. */
const ROLE_MEANINGS: Readonly<Record<TelemetryRole, string>> = {
	starting: "starting",
	writer: "this window writes the database",
	reader: "another window writes the database, this one reads it",
	closed: "closed",
};

/** The part of Show Status about the database, as Markdown. @param now ms since the epoch */
export function telemetryReport(facts: TelemetryFacts, now: number): string {
	const saved = facts.savedAt === null ? "never" : `${formatDuration(now - facts.savedAt)} ago`;
	return [
		"## Telemetry\n",
		facts.trouble === null
			? ""
			: `> **Trouble** (${code(facts.trouble.reason)}): ${code(facts.trouble.message)}\n`,
		table(
			["", ""],
			[
				["database", code(facts.databaseFile)],
				["size", formatCount(facts.databaseBytes, "byte")],
				["role", ROLE_MEANINGS[facts.role]],
				["saved", saved],
				["event log", code(facts.eventsFile)],
				["ingested", formatCount(facts.ingestedBytes, "byte")],
				["lag", formatCount(facts.lagBytes, "byte")],
				["transcripts", transcripts(facts)],
				...waits(facts),
				...migration(facts),
			],
		),
		"### Top functions\n",
		topFunctions(facts.topFunctions),
		usageReport(facts.usage),
		"### Last sessions\n",
		sessions(facts.sessions, now),
		"### Rows\n",
		table(
			["table", "rows"],
			facts.rows.map((row) => [code(row.table), row.rows.toLocaleString("en-US")]),
		),
		...(facts.badLines.length === 0
			? []
			: ["### Lines that were not recorded, or not as they were\n", bad(facts)]),
		...(facts.setAside.length === 0
			? []
			: ["### The last that were not written\n", notWritten(facts)]),
		...notUnderstood(facts),
	].join("\n");
}

/** Instead of the report while there is no database to report of. */
export function noTelemetry(reason: string): string {
	return `## Telemetry\n\n${reason}\n`;
}

function waits({ waits: count }: TelemetryFacts): string[][] {
	return count === 0 ? [] : [["with wait", `${formatCount(count, "call")}, in no percentile`]];
}

function migration({ migratedFrom }: TelemetryFacts): string[][] {
	if (migratedFrom === 0) return [];
	return [
		["brought over", `from version ${migratedFrom} of the database, with all that was in it`],
	];
}

function transcripts({ transcripts: read }: TelemetryFacts): string {
	if (!read) return "none read";
	const { files, bytesDone, bytesTotal } = read;
	const lag = bytesTotal - bytesDone;
	return [
		`${formatCount(files, "file")}, ${formatCount(bytesDone, "byte")} ingested`,
		...(lag > 0 ? [`lag ${formatCount(lag, "byte")}`] : []),
		...(read.isDeriving ? [`${formatCount(read.bytesDerived ?? 0, "byte")} derived from`] : []),
		...(read.isReadingHistory ? ["reading history"] : []),
		...(read.isHistoryStopped ? ["history stopped"] : []),
		...(read.unreadable > 0 ? [`${formatCount(read.unreadable, "file")} unreadable`] : []),
	].join("; ");
}

/** The words for none are looked for by people and by scripts: they stand on a line alone. */
function topFunctions(functions: readonly FunctionStats[]): string {
	if (functions.length === 0) return "no calls recorded yet\n";
	const rows = functions.map((stats) => [
		code(stats.function_id),
		stats.calls_total.toLocaleString("en-US"),
		formatRate(stats.error_rate),
		formatMs(stats.p95_duration_ms),
	]);
	return table(["function", "calls", "error rate", "p95"], rows);
}

/** Times are local, as in the side bar. */
function sessions(all: TelemetryFacts["sessions"], now: number): string {
	if (all.length === 0) return "None.\n";
	const rows = all.map((session) => [
		code(session.sessionId),
		code(session.cwd ?? ""),
		formatTime(session.startedAt),
		took(session, now),
		session.calls.toLocaleString("en-US"),
		session.healthScore ?? "–",
		formatTokens(session.tokens),
		costText(session),
	]);
	return table(["session", "folder", "started", "took", "calls", "health", "tokens", "cost"], rows);
}

/** Transcripts tell of no end: what nothing was heard of for long is over all the same. */
function took(session: TelemetryFacts["sessions"][number], now: number): string {
	const { startedAt, endedAt, lastHeardAt } = session;
	if (endedAt === null && now - lastHeardAt < SILENT_MS) return "open";
	return formatDuration((endedAt ?? lastHeardAt) - startedAt);
}

function notUnderstood({ transcriptProblems: all }: TelemetryFacts): string[] {
	if (all.length === 0) return [];
	const rows = all
		.slice(0, FILES_SHOWN)
		.map(({ path, kind, lines }) => [
			code(path),
			problemWords(kind),
			lines.toLocaleString("en-US"),
		]);
	const left = all.length - rows.length;
	return [
		"### Lines of transcripts that were not understood\n",
		problemSentences(all)
			.map((sentence) => `${sentence}.\n`)
			.join("\n"),
		table(["transcript", "why", "lines"], rows),
		...(left > 0 ? [`and ${left} more\n`] : []),
	];
}

function notWritten({ setAside }: TelemetryFacts): string {
	return table(
		["time", "event", "id", "session", "reason"],
		setAside.map(({ ts, event, id, session, reason }) => [
			formatTime(ts),
			code(event),
			code(id),
			code(session),
			code(reason),
		]),
	);
}

function bad({ badLines }: TelemetryFacts): string {
	return table(
		["kind", "count"],
		badLines.map(({ kind, count }) => [code(kind), count.toLocaleString("en-US")]),
	);
}
