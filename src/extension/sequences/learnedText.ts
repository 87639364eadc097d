import { formatCount, formatDuration } from "../../model/views/format.ts";
import type { Proposal, Sequence } from "../../sequences/learned.ts";
import { arrows } from "../../sequences/proposals/drafts.ts";
import type { ProposalKind, ProposalStatus } from "../../sequences/proposals/kinds.ts";
import { followUpText, savingText } from "../../sequences/texts/effectText.ts";
import { oftenerThanChance, percent } from "../../sequences/texts/markdown.ts";
import { proposalReason, proposalTitle } from "../../sequences/texts/proposalText.ts";

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

/** Names of groups of open proposals. */
export const KIND_LABELS: Readonly<Record<ProposalKind, string>> = {
	fix_function: "Fix",
	new_pipeline: "Pipelines",
	extract_function: "Functions of Scripts",
	re_extract_skill: "Skills to Write Anew",
	archive_skill: "Skills to Archive",
	validated_skill: "Validated Skills",
};

/** Plain text: the names come from outside. */
export function proposalTooltip(proposal: Proposal): string {
	return [
		proposalTitle(proposal),
		proposalReason(proposal),
		`It ${savingText(proposal)}.`,
		...(proposal.followUp === null ? [] : [`Accepted, ${followUpText(proposal.followUp)}.`]),
	].join("\n");
}

export const STATUS_LABELS: Readonly<Record<ProposalStatus, string>> = {
	open: "Open",
	accepted: "Accepted",
	dismissed: "Dismissed",
};
