import { LINE_NOTES } from "../../model/events/lineProblem.ts";
import { formatCount } from "../../model/views/format.ts";
import type { Telemetry } from "../../telemetry/api.ts";
import type {
	TelemetryChange,
	TelemetryFacts,
	TelemetryRole,
	TelemetryTrouble,
} from "../../telemetry/figures.ts";
import { problemSentences } from "../../telemetry/queries/problemTexts.ts";
import { openTelemetry } from "../../telemetry/worker/telemetryClient.ts";
import {
	CliFailure,
	type Command,
	databaseOption,
	eventsFileOption,
	transcriptsOptions,
} from "../command.ts";
import type { CliContext } from "../context.ts";
import { workerFileOf } from "../database.ts";
import {
	databaseFileOf,
	eventsFileOf,
	readableEventsFileOf,
	transcriptFoldersOf,
} from "../paths.ts";

export const ingestCommand: Command = {
	name: "ingest",
	summary: "Reads the event log, and transcripts, into the database",
	options: {
		"events-file": eventsFileOption,
		...transcriptsOptions,
		db: databaseOption,
		follow: { type: "boolean", value: "", help: "go on reading until interrupted" },
	},

	async run(values, context) {
		const databaseFile = databaseFileOf(values, context);
		const isFollowing = values.follow === true;
		const transcriptFolders = transcriptFoldersOf(values, context, isFollowing);
		const eventsFile = isFollowing
			? eventsFileOf(values, context)
			: readableEventsFileOf(values, context, transcriptFolders);
		const telemetry = openTelemetry({
			databaseFile,
			eventsFile,
			workerFile: workerFileOf(context),
			transcriptFolders,
			// Only the editor knows how long the user wants rows kept.
			retentionDays: Number.POSITIVE_INFINITY,
			isAwaited: values.follow !== true,
		});
		try {
			await knownRole(telemetry);
			// It will never be written from here, however long one waits.
			if (telemetry.trouble?.reason === "newer_schema") {
				throw new CliFailure(telemetry.trouble.message);
			}
			if (values.follow) await follow(telemetry, context);
			else await readOnce(telemetry, context);
		} finally {
			await telemetry.dispose();
		}
	},
};

async function readOnce(telemetry: Telemetry, context: CliContext): Promise<void> {
	if ((await knownRole(telemetry)) === "reader" && telemetry.trouble === null) {
		context.note("another process writes this database; waiting until it has read the log");
	}
	// What was in the database's place was kept; with the first save there is no trouble any more.
	if (telemetry.trouble?.reason === "corrupt") context.note(telemetry.trouble.message);
	const endNotes = telemetry.onDidChange(tellDeriving(context));
	await telemetry.catchUp();
	endNotes();
	if (telemetry.trouble !== null) throw new CliFailure(telemetry.trouble.message);
	context.print(await summary(telemetry));
}

/** Tells once that what most people look at is there. */
function tellDeriving(context: CliContext): (change: TelemetryChange) => void {
	let isTold = false;
	return ({ transcripts }) => {
		if (isTold || transcripts?.isDeriving !== true) return;
		isTold = true;
		context.note(
			"sessions, agents, calls, tokens and cost are in the database; names, tests and patterns follow",
		);
	};
}

async function follow(telemetry: Telemetry, context: CliContext): Promise<void> {
	let role: TelemetryRole | null = null;
	let trouble: TelemetryTrouble["reason"] | null = null;
	const tell = (): void => {
		if (telemetry.role !== role && telemetry.role !== "starting") {
			context.note(ROLES[telemetry.role]);
		}
		if (telemetry.trouble !== null && telemetry.trouble.reason !== trouble) {
			context.note(telemetry.trouble.message);
		}
		role = telemetry.role;
		trouble = telemetry.trouble?.reason ?? null;
	};
	tell();
	telemetry.onDidChange(tell);
	await context.interrupted();
	if (telemetry.role === "writer") await telemetry.catchUp();
	context.print(await summary(telemetry));
}

const ROLES: Readonly<Record<Exclude<TelemetryRole, "starting">, string>> = {
	writer: "following the event log; Ctrl+C saves and ends",
	reader: "another process writes this database; waiting to take over",
	closed: "closed",
};

/** Waits until it is known whether this process writes the database. */
export function knownRole(telemetry: Telemetry): Promise<TelemetryRole> {
	if (telemetry.role !== "starting") return Promise.resolve(telemetry.role);
	return new Promise((resolve) => {
		const end = telemetry.onDidChange(({ role }) => {
			if (role === "starting") return;
			end();
			resolve(role);
		});
	});
}

async function summary(telemetry: Telemetry): Promise<string> {
	const facts = await telemetry.facts(0);
	const { rows, ingestedBytes, eventsFile, databaseFile, transcripts } = facts;
	const problems = problemSentences(facts.transcriptProblems).map((sentence) => `\n${sentence}`);
	const calls = rows.find(({ table }) => table === "calls")?.rows ?? 0;
	const fromTranscripts = transcripts
		? `, ${formatCount(transcripts.bytesDone, "byte")} of ${formatCount(transcripts.files, "transcript")}`
		: "";
	const bad = badLinesText(facts);
	const read = `read ${formatCount(ingestedBytes, "byte")} of ${eventsFile}${fromTranscripts}${bad}`;
	return `${read}; ${formatCount(calls, "call")} in ${databaseFile}${problems.join("")}`;
}

/** Lines that could not be used, or not as they were. */
function badLinesText({ badLines }: TelemetryFacts): string {
	const isNote = ({ kind }: { readonly kind: string }) => NOTES.has(kind);
	const sum = (lines: TelemetryFacts["badLines"]) =>
		lines.reduce((total, { count }) => total + count, 0);
	const leftOut = sum(badLines.filter((line) => !isNote(line)));
	const repaired = sum(badLines.filter(isNote));
	return [
		leftOut === 0 ? "" : `, ${formatCount(leftOut, "line")} left out`,
		repaired === 0 ? "" : `, ${repaired.toLocaleString("en-US")} with a field left out`,
	].join("");
}

const NOTES: ReadonlySet<string> = new Set(LINE_NOTES);
