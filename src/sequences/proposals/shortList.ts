import type { Proposal } from "../learned.ts";
import { PROPOSAL_KINDS, type ProposalKind } from "./kinds.ts";

/** How many proposals are shown unasked. */
export const SHOWN_UNASKED = 7;

/** Open proposals of one kind. */
interface KindGroup {
	readonly kind: ProposalKind;
	readonly proposals: readonly Proposal[];
}

/** Open proposals by kind, those first that would save most; no kind without any. */
export function byKind(proposals: readonly Proposal[]): KindGroup[] {
	const open = proposals.filter(({ status }) => status === "open");
	return PROPOSAL_KINDS.map((kind) => ({
		kind,
		proposals: open.filter((one) => one.kind === kind).sort(bySaving),
	})).filter((group) => group.proposals.length > 0);
}

/**
 * The few that are shown unasked: the best of each kind that saves time, then the second best, and so
 * on; what only tidies up takes the room that is left.
 */
export function shortList(proposals: readonly Proposal[], limit = SHOWN_UNASKED): Proposal[] {
	const groups = byKind(proposals);
	const saving = inTurns(groups.filter(({ kind }) => !TIDIES.has(kind)));
	const tidying = inTurns(groups.filter(({ kind }) => TIDIES.has(kind)));
	return [...saving, ...tidying].slice(0, limit);
}

/** Kinds that save no time by themselves. */
const TIDIES: ReadonlySet<ProposalKind> = new Set<ProposalKind>([
	"archive_skill",
	"validated_skill",
]);

function inTurns(groups: readonly KindGroup[]): Proposal[] {
	const longest = Math.max(0, ...groups.map((group) => group.proposals.length));
	return Array.from({ length: longest }, (_, place) =>
		groups.flatMap((group) => group.proposals[place] ?? []),
	).flat();
}

function bySaving(a: Proposal, b: Proposal): number {
	return (
		b.savesPerWeekMs - a.savesPerWeekMs || b.createdAt - a.createdAt || (a.hash < b.hash ? -1 : 1)
	);
}
