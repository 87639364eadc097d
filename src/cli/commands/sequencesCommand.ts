import { existsSync } from "node:fs";
import { formatCount, formatDuration, UNKNOWN } from "../../model/views/format.ts";
import type { Detection, Proposal, Sequence, SequenceDetail } from "../../sequences/learned.ts";
import { arrows } from "../../sequences/proposals/drafts.ts";
import { shortList } from "../../sequences/proposals/shortList.ts";
import type { Thresholds } from "../../sequences/proposals/thresholds.ts";
import { followUpText, savingText } from "../../sequences/texts/effectText.ts";
import { code, percent, times } from "../../sequences/texts/markdown.ts";
import { proposalReason, proposalTask, proposalTitle } from "../../sequences/texts/proposalText.ts";
import { sequencesReport } from "../../sequences/texts/sequenceReport.ts";
import { detect } from "../../telemetry/learning/detection.ts";
import { readProposals } from "../../telemetry/learning/proposalTable.ts";
import { sequenceDetails } from "../../telemetry/learning/sequenceDetail.ts";
import { readSequences } from "../../telemetry/learning/sequenceTable.ts";
import { SnapshotFile } from "../../telemetry/storage/file/snapshotFile.ts";
import type { TelemetryStore } from "../../telemetry/storage/store.ts";
import { CliFailure, type Command, databaseOption, jsonOption } from "../command.ts";
import type { CliContext } from "../context.ts";
import { openToRead, withWriter } from "../database.ts";
import { databaseFileOf } from "../paths.ts";
import { textTable } from "../textTable.ts";
import { thresholdOptions, thresholdsFrom } from "../thresholdOptions.ts";

/** Rows of the table, and sequences whose calls are listed in the report. */
const SHOWN = 50;
const ALL = -1;

/** What `--json` prints. Times are ms since the epoch. */
interface SequencesOutput {
	readonly databaseFile: string;
	/** null where nothing was searched for. */
	readonly detection: Detection | null;
	readonly sequences: readonly Sequence[];
	/** Of the first ones, with `--report`. */
	readonly details?: readonly SequenceDetail[];
	/** With `--propose`. */
	readonly proposals?: readonly Proposal[];
}

export const sequencesCommand: Command = {
	name: "sequences",
	summary: "Prints which functions agents call one after the other again and again",
	options: {
		detect: { type: "boolean", value: "", help: "search the recorded calls first" },
		propose: { type: "boolean", value: "", help: "renew the proposals too; implies --detect" },
		report: { type: "boolean", value: "", help: "print Markdown, with the calls behind them" },
		...thresholdOptions,
		db: databaseOption,
		json: jsonOption,
	},

	async run(values, context) {
		const databaseFile = databaseFileOf(values, context);
		const thresholds = thresholdsFrom(values);
		const proposes = Boolean(values.propose);
		const searches = Boolean(values.detect) || proposes;
		if (!existsSync(databaseFile)) throw new CliFailure(`no database at ${databaseFile}`);
		const read = async (store: TelemetryStore, detection: Detection | null) => {
			const sequences = readSequences(store, ALL);
			const hashes = sequences.slice(0, SHOWN).map(({ hash }) => hash);
			const never = new AbortController().signal;
			const details = values.report ? await sequenceDetails(store, hashes, never) : null;
			return {
				databaseFile,
				detection,
				sequences,
				...(details === null ? {} : { details }),
				...(proposes ? { proposals: readProposals(store, context.now()) } : {}),
			};
		};
		const output = searches
			? await search(databaseFile, context, { proposes, thresholds }, read)
			: await readOnly(databaseFile, context, read);
		if (values.json) context.print(JSON.stringify(output, null, "\t"));
		else context.print(values.report ? reportOf(output) : text(output));
	},
};

type Read = (store: TelemetryStore, detection: Detection | null) => Promise<SequencesOutput>;

/** Interrupted, it ends with nothing written. */
function search(
	databaseFile: string,
	context: CliContext,
	what: { readonly proposes: boolean; readonly thresholds: Thresholds },
	read: Read,
): Promise<SequencesOutput> {
	const cancellation = new AbortController();
	void context.interrupted().then(() => cancellation.abort());
	return withWriter(databaseFile, context, async (store, checkWriter) => {
		const found = await detect({
			...what,
			store,
			checkWriter,
			now: context.now(),
			onProgress: () => {},
			signal: cancellation.signal,
		});
		return { value: await read(store, found), isChanged: found.changedRows > 0 };
	});
}

async function readOnly(
	databaseFile: string,
	context: CliContext,
	read: Read,
): Promise<SequencesOutput> {
	const store = await openToRead(new SnapshotFile(databaseFile).read(), context);
	try {
		return await read(store, null);
	} finally {
		store.close();
	}
}

function reportOf({ sequences, details = [], proposals }: SequencesOutput): string {
	const report = sequencesReport(sequences, details).trimEnd();
	if (proposals === undefined) return report;
	const tasks = shortList(proposals).map(proposalTask).join("").trimEnd() || "There is none.";
	const followed = proposals.flatMap(({ followUp, ...proposal }) =>
		followUp === null
			? []
			: [`- ${code(proposalTitle({ ...proposal, followUp }))}: ${followUpText(followUp)}`],
	);
	return [
		report,
		"## Proposals",
		tasks,
		...(followed.length === 0 ? [] : ["## Accepted", followed.join("\n")]),
	].join("\n\n");
}

function text({ detection, sequences, proposals }: SequencesOutput): string {
	const searched = detection === null ? "" : ` in ${formatCount(detection.calls, "call")}`;
	const more = sequences.length - SHOWN;
	return [
		`${formatCount(sequences.length, "sequence")}${searched}`,
		...(sequences.length === 0 ? [] : [sequenceTable(sequences.slice(0, SHOWN))]),
		...(more > 0 ? [`and ${more.toLocaleString("en-US")} more, see --json`] : []),
		...(proposals === undefined ? [] : [proposalsText(proposals, detection)]),
	].join("\n\n");
}

function sequenceTable(sequences: readonly Sequence[]): string {
	return textTable(
		["sequence", "occurrences", "sessions", "success", "mean", "beyond chance"],
		sequences.map((one) => [
			arrows(one.functionIds),
			one.occurrences,
			one.sessions,
			percent(one.successRate),
			one.meanDurationMs === null ? UNKNOWN : formatDuration(one.meanDurationMs),
			times(one.lift),
		]),
	);
}

function proposalsText(proposals: readonly Proposal[], detection: Detection | null): string {
	const open = proposals.filter(({ status }) => status === "open");
	const fresh = detection?.newProposals ?? 0;
	const head = `${formatCount(open.length, "open proposal")}, ${fresh.toLocaleString("en-US")} new`;
	if (open.length === 0) return head;
	const few = shortList(proposals);
	const rows = few.map((one) => [
		one.kind,
		proposalTitle(one),
		proposalReason(one),
		savingText(one),
	]);
	const more = open.length - few.length;
	return [
		head,
		textTable(["kind", "proposal", "why", "effect"], rows),
		...(more > 0 ? [`and ${more.toLocaleString("en-US")} more, see --json`] : []),
	].join("\n\n");
}
