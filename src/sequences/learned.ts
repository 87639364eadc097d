import type { SequenceFigures } from "./proposals/drafts.ts";
import type { ProposalKind, ProposalStatus } from "./proposals/kinds.ts";

/** A sequence as it is shown: a row of the table merged_sequences. */
export interface Sequence extends SequenceFigures {
	readonly hash: string;
	/** Whether it begins anew where it ends. */
	readonly isLoop: boolean;
	/** Other sequences that it stands for: its rotations and parts, and longer ones. */
	readonly merged: number;
}

/** A call that can be looked up in the database; what it was called with is kept nowhere. */
export interface EvidenceCall {
	readonly toolUseId: string;
	readonly sessionId: string;
	/** null for the orchestrator */
	readonly agentId: string | null;
	readonly functionId: string;
	/** ms since the epoch */
	readonly ts: number;
	/** null while open */
	readonly success: boolean | null;
}

/** Why something is proposed: the figures, and some of the rows behind them, newest first. */
export interface Evidence {
	readonly figures: Readonly<Record<string, number | string | null>>;
	readonly functionIds: readonly string[];
	readonly calls: readonly EvidenceCall[];
	readonly failedTests: readonly {
		readonly testId: string;
		readonly sessionId: string | null;
		readonly toolUseId: string | null;
		readonly ts: number;
	}[];
}

/** A row of the table proposals. */
export interface Proposal {
	readonly hash: string;
	readonly kind: ProposalKind;
	readonly target: string;
	readonly evidence: Evidence;
	readonly status: ProposalStatus;
	/** ms since the epoch */
	readonly createdAt: number;
	/** null while open */
	readonly decidedAt: number | null;
	/** About how much time a week it would save; 0 for what only tidies up. */
	readonly savesPerWeekMs: number;
	/** What came of it since it was accepted; null where it was not. */
	readonly followUp: FollowUp | null;
}

/** The calls that a proposal is about, before and after it was accepted, for the same length of time. */
export interface FollowUp {
	/** ms before, and as many after; at most 30 days */
	readonly spanMs: number;
	readonly before: CallSums;
	readonly after: CallSums;
}

interface CallSums {
	readonly calls: number;
	/** Without those that the end of their session cut off. */
	readonly errors: number;
	/** null where none is known */
	readonly meanDurationMs: number | null;
}

/** The calls of a sequence, as they are when asked for. */
export interface SequenceDetail {
	readonly sequence: Sequence;
	/** Newest first, at most 20; the calls of each in order. */
	readonly occurrences: readonly (readonly EvidenceCall[])[];
	/** Who made them, the latest first, at most 500. */
	readonly agents: readonly {
		readonly sessionId: string;
		readonly agentId: string | null;
	}[];
}

/** What a search for sequences has found and written. */
export interface Detection {
	/** Calls looked at. */
	readonly calls: number;
	/** As they are shown. */
	readonly sequences: number;
	/** Rows of sequences and proposals that were added, changed or removed. */
	readonly changedRows: number;
	/** Proposals that were not there before. */
	readonly newProposals: number;
}
