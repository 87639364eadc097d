import type { Proposal, Sequence } from "../../sequences/learned.ts";
import { arrows } from "../../sequences/proposals/drafts.ts";
import { followUpText, savingText } from "../../sequences/texts/effectText.ts";
import { proposalReason, proposalTitle } from "../../sequences/texts/proposalText.ts";
import { functionLabel } from "../tables/functionId.ts";

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

/** What follows the name of a proposal: what it would save and why, or what came of it. */
export function proposalDescription(proposal: Proposal): string {
	const { followUp, status } = proposal;
	if (followUp !== null) return followUpText(followUp);
	const reason = proposalReason(proposal);
	return status === "open" ? `${savingText(proposal)} · ${reason}` : reason;
}
