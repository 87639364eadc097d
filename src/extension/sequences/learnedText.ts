import { formatCount, formatDuration } from "../../model/views/format.ts";
import type { Proposal, Sequence } from "../../sequences/learned.ts";
import { arrows, type ProposalStatus } from "../../sequences/proposals.ts";
import { oftenerThanChance, percent } from "../../sequences/texts/markdown.ts";
import { proposalTitle } from "../../sequences/texts/proposalText.ts";
import { functionLabel } from "../stats/statsText.ts";

/** "Read → Edit → git commit" */
export function sequenceLabel({ functionIds }: Pick<Sequence, "functionIds">): string {
	return arrows(functionIds.map(functionLabel));
}

/** "Pipeline: Read → Edit", "Fix git commit": short, for a row whose tooltip has the whole title. */
export function proposalLabel(proposal: Proposal): string {
	const { kind, target, evidence } = proposal;
	if (kind === "new_pipeline") return `Pipeline: ${sequenceLabel(evidence)}`;
	if (kind === "extract_function") return proposalTitle(proposal);
	return proposalTitle({ ...proposal, target: functionLabel(target) });
}

/** "12× in 4 sessions · 93 % · 4 times more often than by chance" */
export function sequenceDescription(sequence: Sequence): string {
	const { occurrences, sessions, successRate, lift } = sequence;
	return [
		`${occurrences.toLocaleString("en-US")}× in ${formatCount(sessions, "session")}`,
		percent(successRate),
		oftenerThanChance(lift),
	].join(" · ");
}

/** Plain text: the names come from outside. */
export function sequenceTooltip(sequence: Sequence): string {
	const { functionIds, meanDurationMs, successRate, isLoop, merged } = sequence;
	return [
		arrows(functionIds),
		...(isLoop ? ["a loop: it begins anew where it ends"] : []),
		`occurrences: ${sequence.occurrences.toLocaleString("en-US")}`,
		`sessions: ${sequence.sessions.toLocaleString("en-US")}`,
		`success: ${percent(successRate)}`,
		`mean duration: ${meanDurationMs === null ? "–" : formatDuration(meanDurationMs)}`,
		oftenerThanChance(sequence.lift),
		...(merged === 0 ? [] : [`stands for ${merged} more: rotations, parts and longer ones`]),
	].join("\n");
}

export const STATUS_LABELS: Readonly<Record<ProposalStatus, string>> = {
	open: "Open",
	accepted: "Accepted",
	dismissed: "Dismissed",
};
