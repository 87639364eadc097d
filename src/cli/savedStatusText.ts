import type { ReceivedFigures } from "../ingest/otlp/receivedFigures.ts";
import {
	formatCount,
	formatDateTime,
	formatDuration,
	formatTokens,
} from "../model/views/format.ts";
import type { FunctionStats, TelemetryFacts } from "../telemetry/figures.ts";
import { type ClientRow, notUnderstoodText } from "../telemetry/queries/clientCounts.ts";
import { costText } from "../telemetry/queries/costText.ts";
import { problemSentences, problemWords } from "../telemetry/queries/problemTexts.ts";
import { printable, textTable } from "./textTable.ts";
import { usageText } from "./usageText.ts";

const DAY_MS = 86_400_000;
/** Transcripts that are named with what was not understood of them. */
const FILES_SHOWN = 20;

/** What `--json` prints. Times are ms since the epoch. */
export interface StatusReport
	extends Pick<
		TelemetryFacts,
		| "rows"
		| "topFunctions"
		| "sessions"
		| "usage"
		| "waits"
		| "badLines"
		| "setAside"
		| "transcriptProblems"
	> {
	readonly databaseFile: string;
	/** What was read of each. */
	readonly clients: readonly ClientRow[];
	/** 0 when there is no file yet. */
	readonly databaseBytes: number;
	readonly calls: number;
	readonly logs: readonly {
		readonly source: string;
		readonly ingestedBytes: number;
		/** null when the log is not there to be measured. */
		readonly lagBytes: number | null;
	}[];
	/** Folders with transcripts that no command reads without being told to. */
	readonly foldersNotRead: readonly string[];
	/** Of those that were begun, and those in the folders; null when there is none. */
	readonly transcripts: {
		readonly files: number;
		readonly ingestedBytes: number;
		readonly lagBytes: number;
	} | null;
	/** What clients sent over OTLP; null where none ever did. */
	readonly received: ReceivedFigures | null;
}

/** For people. @param now ms since the epoch */
export function statusText(report: StatusReport, now: number): string {
	const size = `${report.databaseBytes.toLocaleString("en-US")} bytes`;
	const head = `database  ${printable(report.databaseFile)} (${size})`;
	const { calls, usage, transcriptProblems } = report;
	if (calls === 0 && usage.all.messages === 0 && transcriptProblems.length === 0)
		return [
			head,
			"no calls recorded yet",
			...receivedText(report, now),
			...unread(report),
			...otherFolders(report),
		].join("\n\n");
	return [
		head,
		textTable(
			["log", "read", "behind"],
			[
				...report.logs.map((log) => [log.source, log.ingestedBytes, log.lagBytes ?? "–"]),
				...transcriptRows(report),
			],
		),
		...otherFolders(report),
		...clientTable(report),
		...problemTexts(report),
		textTable(
			["table", "rows"],
			report.rows.filter(({ rows }) => rows > 0).map(({ table, rows }) => [table, rows]),
		),
		...badLinesText(report),
		...receivedText(report, now),
		functionTable(report.topFunctions, now),
		...waitText(report),
		...usageText(report.usage),
		textTable(
			["session", "calls", "health", "tokens", "cost", "began", "folder"],
			report.sessions.map((session) => [
				session.sessionId,
				session.calls,
				String(session.healthScore ?? "–"),
				formatTokens(session.tokens),
				costText(session),
				ago(session.startedAt, now),
				session.cwd ?? "",
			]),
		),
	].join("\n\n");
}

function otherFolders({ foldersNotRead: folders }: StatusReport): string[] {
	if (folders.length === 0) return [];
	const lines = folders.map((folder) => printable(`not read: ${folder}`));
	return [[...lines, "--transcripts reads one of them"].join("\n")];
}

/** What there is to be recorded; nothing where nothing is. */
function unread({ transcripts }: StatusReport): string[] {
	if (transcripts === null || transcripts.lagBytes === 0) return [];
	const { files, lagBytes } = transcripts;
	const what = `${formatCount(files, "transcript")} with ${formatCount(lagBytes, "byte")}`;
	return [`${what} to read: agent-live-graph ingest`];
}

/** One for all of them: there may be hundreds. */
function transcriptRows({ transcripts }: StatusReport): (string | number)[][] {
	if (transcripts === null) return [];
	const { files, ingestedBytes, lagBytes } = transcripts;
	const name = `${files.toLocaleString("en-US")} ${files === 1 ? "transcript" : "transcripts"}`;
	return [[name, ingestedBytes, lagBytes]];
}

function clientTable({ clients }: StatusReport): string[] {
	if (clients.length === 0) return [];
	const rows = clients.map((row) => [
		row.title,
		row.files,
		row.sessions,
		row.calls,
		printable(row.versions.join(", ")),
		notUnderstoodText(row),
	]);
	return [textTable(["client", "files", "sessions", "calls", "version", "not understood"], rows)];
}

function problemTexts({ transcriptProblems: all }: StatusReport): string[] {
	if (all.length === 0) return [];
	const shown = all.slice(0, FILES_SHOWN);
	const left = all.length - shown.length;
	return [
		problemSentences(all).join("\n"),
		textTable(
			["transcript", "why", "lines"],
			shown.map(({ path, kind, lines }) => [printable(path), problemWords(kind), lines]),
		) + (left > 0 ? `\nand ${left} more` : ""),
	];
}

function waitText({ waits }: StatusReport): string[] {
	return waits === 0 ? [] : [`with wait  ${formatCount(waits, "call")}, in no percentile`];
}

function badLinesText({ badLines, setAside }: StatusReport): string[] {
	if (badLines.length === 0) return [];
	return [
		textTable(
			["lines not as they should be", "count"],
			badLines.map(({ kind, count }) => [kind, count]),
		),
		...setAside.map(({ event, id, session, reason }) =>
			printable(`not written: ${event} ${id} of session ${session}: ${reason}`),
		),
	];
}

function receivedText({ received }: StatusReport, now: number): string[] {
	if (received === null || received.lastAt === 0) return [];
	const { requests, records, lines, lastAt, refused, unknown } = received;
	const counts = [
		formatCount(requests, "request"),
		formatCount(records, "record"),
		formatCount(lines, "line"),
	];
	const rows = [
		...Object.entries(unknown).map(([name, count]) => [name, count]),
		...Object.entries(refused).map(([status, count]) => [`refused with ${status}`, count]),
	];
	return [
		`received over OTLP  ${counts.join(", ")}, last ${ago(lastAt, now)}`,
		...(rows.length === 0 ? [] : [textTable(["received and not understood", "count"], rows)]),
	];
}

function functionTable(functions: readonly FunctionStats[], now: number): string {
	return textTable(
		["function", "calls", "errors", "error rate", "p95", "last used"],
		functions.map((row) => [
			row.function_id,
			row.calls_total,
			row.errors_total,
			row.error_rate === null ? "–" : `${(row.error_rate * 100).toFixed(1)} %`,
			row.p95_duration_ms === null ? "–" : formatDuration(row.p95_duration_ms),
			row.last_used_at === null ? "–" : ago(row.last_used_at, now),
		]),
	);
}

/** The time itself where it lies further back than anyone counts. */
function ago(ts: number, now: number): string {
	if (now - ts < DAY_MS) return `${formatDuration(now - ts)} ago`;
	return formatDateTime(ts).slice(0, 16);
}
