import type { Proposal, Sequence } from "../../sequences/learned.ts";
import type { ProposalKind } from "../../sequences/proposals/kinds.ts";
import { byKind, shortList } from "../../sequences/proposals/shortList.ts";
import { savingText } from "../../sequences/texts/effectText.ts";
import { oftenerThanChance } from "../../sequences/texts/markdown.ts";
import { proposalReason } from "../../sequences/texts/proposalText.ts";
import { proposalDescription, proposalLabel } from "./learnedLabels.ts";

const MAX_SEQUENCES = 12;

/** What the page of figures says of proposals and sequences. */
export function learnedLines(
	proposals: readonly Proposal[],
	sequences: readonly Sequence[],
	showsAll: boolean,
) {
	const all = byKind(proposals).flatMap((group) => group.proposals);
	const accepted = proposals.filter(({ status }) => status === "accepted");
	return {
		proposals: [...(showsAll ? all : shortList(proposals)), ...accepted].map(lineOf),
		open: all.length,
		sequences: sequences.slice(0, MAX_SEQUENCES).map((one) => {
			const {
				hash,
				functionIds,
				occurrences,
				sessions,
				successRate,
				meanDurationMs,
				isLoop,
				lift,
			} = one;
			const chance = oftenerThanChance(lift);
			return {
				hash,
				functionIds,
				occurrences,
				sessions,
				successRate,
				meanDurationMs,
				isLoop,
				chance,
			};
		}),
	};
}

function lineOf(proposal: Proposal) {
	const { hash, kind, status } = proposal;
	const isOpen = status === "open";
	return {
		hash,
		title: proposalLabel(proposal),
		saving: isOpen ? savingText(proposal) : "accepted",
		reason: isOpen ? proposalReason(proposal) : proposalDescription(proposal),
		status: isOpen ? ("open" as const) : ("accepted" as const),
		next: NEXT[kind],
	};
}

const NEXT = {
	fix_function: { text: "Open Task", action: "openProposalTask" },
	new_pipeline: { text: "Write Command…", action: "writeProposalCommand" },
	extract_function: { text: "Write Skill…", action: "writeProposalSkill" },
	re_extract_skill: { text: "Copy as Prompt", action: "copyProposalPrompt" },
	archive_skill: { text: "Copy as Prompt", action: "copyProposalPrompt" },
	validated_skill: { text: "Copy as Prompt", action: "copyProposalPrompt" },
} as const satisfies Readonly<Record<ProposalKind, { text: string; action: string }>>;
