import { formatCount, formatDuration } from "../../model/format.ts";
import type { Sequence } from "../../sequences/learned.ts";
import { arrows, type ProposalStatus } from "../../sequences/proposals.ts";
import { percent, times } from "../../sequences/texts/markdown.ts";
import { functionLabel } from "../stats/statsText.ts";

/** "Read → Edit → git commit" */
export function sequenceLabel({ functionIds }: Sequence): string {
	return arrows(functionIds.map(functionLabel));
}

/** "12× in 4 sessions · 93 % · lift 8.3×" */
export function sequenceDescription(sequence: Sequence): string {
	const { occurrences, sessions, successRate, lift } = sequence;
	return [
		`${occurrences.toLocaleString("en-US")}× in ${formatCount(sessions, "session")}`,
		...[percent(successRate), `lift ${times(lift)}`],
	].join(" · ");
}

/** Plain text: the names come from outside. */
export function sequenceTooltip(sequence: Sequence): string {
	const { functionIds, meanDurationMs, successRate } = sequence;
	return [
		arrows(functionIds),
		`occurrences: ${sequence.occurrences.toLocaleString("en-US")}`,
		`sessions: ${sequence.sessions.toLocaleString("en-US")}`,
		`success: ${percent(successRate)}`,
		`mean duration: ${meanDurationMs === null ? "–" : formatDuration(meanDurationMs)}`,
		`lift: ${times(sequence.lift)} (how much more often than by chance)`,
	].join("\n");
}

export const STATUS_LABELS: Readonly<Record<ProposalStatus, string>> = {
	open: "Open",
	accepted: "Accepted",
	dismissed: "Dismissed",
};
