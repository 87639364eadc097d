import { formatCount, formatDateTime, formatDuration, UNKNOWN } from "../../model/views/format.ts";
import type { EvidenceCall, Sequence, SequenceDetail } from "../learned.ts";
import type { SequenceFigures } from "../proposals/drafts.ts";
import { code, codeArrows, oftenerThanChance, percent, table, times } from "./markdown.ts";

/** Sequences with the calls behind some of them, as Markdown. */
export function sequencesReport(
	sequences: readonly Sequence[],
	details: readonly SequenceDetail[],
): string {
	if (sequences.length === 0) return "# Sequences\n\nNo sequence was found.\n";
	const rows = sequences.map((one) => [
		`${codeArrows(one.functionIds)}${one.isLoop ? " (loop)" : ""}`,
		one.occurrences,
		one.sessions,
		percent(one.successRate),
		duration(one),
		takenInAll(one),
		times(one.lift),
	]);
	const head = [
		"Sequence",
		"Occurrences",
		"Sessions",
		"Success",
		"Mean duration",
		"Time in all",
		"Beyond chance",
	];
	return `${[
		"# Sequences",
		`${formatCount(sequences.length, "sequence")} of functions that agents call one after the other, those first that would save most time as one step. ${CHANCE}`,
		table(head, rows),
		...details.flatMap((detail) => sections(detail, "##")),
	].join("\n\n")}\n`;
}

/** One sequence with the calls behind it, as Markdown. */
export function sequenceReport(detail: SequenceDetail): string {
	return `${[...sections(detail, "#"), CHANCE].join("\n\n")}\n`;
}

const CHANCE =
	"Beyond chance is how many times more often its parts meet than if each step were drawn by chance, where that is least.";

function sections({ sequence, occurrences, agents }: SequenceDetail, mark: string): string[] {
	const { firstTs, lastTs, occurrences: count, sessions } = sequence;
	const shown =
		occurrences.length < count ? `The latest ${occurrences.length} of ${count}` : "All of them";
	return [
		`${mark} ${codeArrows(sequence.functionIds)}`,
		[
			`- ${formatCount(count, "occurrence")} in ${formatCount(sessions, "session")}, by ${formatCount(agents.length, "agent")}`,
			`- ${percent(sequence.successRate)} succeed, ${duration(sequence)} on average`,
			`- ${oftenerThanChance(sequence.lift)}, where that is least`,
			...(sequence.isLoop ? ["- a loop: it begins anew where it ends"] : []),
			...(sequence.merged === 0
				? []
				: [
						`- stands for ${sequence.merged.toLocaleString("en-US")} more: rotations, parts and longer ones`,
					]),
			`- from ${formatDateTime(firstTs)} to ${formatDateTime(lastTs)}`,
		].join("\n"),
		`${mark}# Calls`,
		`${shown}, newest first.`,
		callTable(occurrences),
	];
}

/** @param occurrences calls of each occurrence */
function callTable(occurrences: readonly (readonly EvidenceCall[])[]): string {
	const rows = occurrences.flatMap((calls, at) => calls.map((call) => [at + 1, ...cells(call)]));
	return table(["#", ...CALL_HEAD], rows);
}

export const CALL_HEAD = ["Time", "Session", "Agent", "Call", "Function", "Result"];

export function cells(call: EvidenceCall): string[] {
	const result = call.success === null ? "open" : call.success ? "succeeded" : "failed";
	return [
		formatDateTime(call.ts),
		code(call.sessionId),
		call.agentId === null ? "orchestrator" : code(call.agentId),
		code(call.toolUseId),
		code(call.functionId),
		result,
	];
}

/** What its calls took together in all that succeeded: as much as one step in their place could save. */
function takenInAll({ occurrences, meanDurationMs, successRate }: SequenceFigures): string {
	if (meanDurationMs === null || successRate === null) return UNKNOWN;
	return formatDuration(occurrences * meanDurationMs * successRate);
}

function duration({ meanDurationMs }: SequenceFigures): string {
	return meanDurationMs === null ? UNKNOWN : formatDuration(meanDurationMs);
}
