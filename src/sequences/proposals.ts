import type { SequenceMeasures } from "./detector.ts";

/** Kinds of proposals, in the order in which they are listed. */
export const PROPOSAL_KINDS = [
	"new_pipeline",
	"extract_function",
	"fix_function",
	"re_extract_skill",
	"archive_skill",
	"validated_skill",
] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

export const PROPOSAL_STATES = ["open", "accepted", "dismissed"] as const;
export type ProposalStatus = (typeof PROPOSAL_STATES)[number];

/** Calls, at most, that stand behind a proposal. */
export const MAX_EVIDENCE = 20;

const DAY_MS = 86_400_000;
const WINDOW_DAYS = 30;
const MIN_USES = 3;
const MIN_CALLS = 20;
const HIGH_FAILURE = 0.2;
const LOW_SUCCESS = 0.6;
const HIGH_SUCCESS = 0.9;

/** What can be proposed about. Times are ms since the epoch, rates 0 to 1 or null. */
export interface LearnedFacts {
	readonly sequences: readonly SequenceFigures[];
	readonly patterns: readonly PatternFigures[];
	readonly functions: readonly FunctionFigures[];
	readonly skills: readonly SkillFigures[];
}

export interface SequenceFigures extends SequenceMeasures {
	readonly functionIds: readonly string[];
}

export interface PatternFigures {
	readonly patternHash: string;
	readonly kind: string;
	readonly occurrences: number;
	readonly sessions: number;
	readonly firstTs: number;
	readonly lastTs: number;
}

export interface FunctionFigures {
	readonly functionId: string;
	readonly calls: number;
	readonly errors: number;
	readonly errorRate: number | null;
	readonly tests: number;
	readonly testsFailed: number;
	readonly testFailRate: number | null;
}

/** Uses whose end is known; those of the window began at {@link windowStart} or later. */
export interface SkillFigures {
	readonly skill: string;
	readonly uses: number;
	readonly succeeded: number;
	readonly recentUses: number;
	readonly recentSucceeded: number;
	/** Of any use, also of one that is open. */
	readonly lastUsedAt: number;
}

/** A proposal before the calls behind it are looked up. */
export interface ProposalDraft {
	readonly kind: ProposalKind;
	/** What it is about, in one line. */
	readonly target: string;
	/** What makes it this proposal and no other of its kind. */
	readonly key: readonly string[];
	readonly figures: Readonly<Record<string, number | string | null>>;
}

/** Start of the UTC day 30 days ago, so that two runs of one day see the same. */
export function windowStart(now: number): number {
	return Math.floor(now / DAY_MS - WINDOW_DAYS) * DAY_MS;
}

/** How the steps of a sequence are written in a line. */
export function arrows(functionIds: readonly string[]): string {
	return functionIds.join(" → ");
}

/** All that the facts give reason for. */
export function draftProposals(facts: LearnedFacts, now: number): ProposalDraft[] {
	return [
		...facts.sequences.map(newPipeline),
		...facts.patterns.filter(({ occurrences }) => occurrences >= MIN_USES).map(extractFunction),
		...facts.functions.filter(needsFix).map(fixFunction),
		...facts.skills.flatMap((skill) => skillProposals(skill, windowStart(now))),
	];
}

function newPipeline({ functionIds, ...figures }: SequenceFigures): ProposalDraft {
	return { kind: "new_pipeline", target: arrows(functionIds), key: functionIds, figures };
}

function extractFunction({ patternHash, kind, ...figures }: PatternFigures): ProposalDraft {
	return {
		kind: "extract_function",
		target: patternHash,
		key: [patternHash],
		figures: { scriptKind: kind, ...figures },
	};
}

function needsFix({ calls, errorRate, testFailRate }: FunctionFigures): boolean {
	const fails = calls >= MIN_CALLS && (errorRate ?? 0) > HIGH_FAILURE;
	return fails || (testFailRate ?? 0) > HIGH_FAILURE;
}

function fixFunction({ functionId, ...figures }: FunctionFigures): ProposalDraft {
	return { kind: "fix_function", target: functionId, key: [functionId], figures };
}

function skillProposals(figures: SkillFigures, since: number): ProposalDraft[] {
	const { skill, uses, succeeded, recentUses, recentSucceeded, lastUsedAt } = figures;
	const about = (kind: ProposalKind, rest: ProposalDraft["figures"]): ProposalDraft => ({
		kind,
		target: skill,
		key: [skill],
		figures: rest,
	});
	const all = { uses, succeeded, successRate: rate(succeeded, uses), lastUsedAt };
	const recent = { recentUses, recentSucceeded, recentRate: rate(recentSucceeded, recentUses) };
	const found: ProposalDraft[] = [];
	if (lastUsedAt < since) found.push(about("archive_skill", all));
	if ((recent.recentRate ?? 1) < LOW_SUCCESS) {
		found.push(about("re_extract_skill", { ...recent, lastUsedAt }));
	}
	if (uses > MIN_CALLS && (all.successRate ?? 0) > HIGH_SUCCESS) {
		found.push(about("validated_skill", all));
	}
	return found;
}

function rate(part: number, whole: number): number | null {
	return whole === 0 ? null : part / whole;
}
