import type { SequenceMeasures } from "./measures.ts";

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
export const MIN_CALLS = 20;
const MIN_RUNS = 10;
/** How many of the last calls and runs have to be free of failures for nothing to be wrong. */
export const RECENT = 5;
export const HIGH_FAILURE = 0.2;
const LOW_SUCCESS = 0.6;
const HIGH_SUCCESS = 0.9;

/** What can be proposed about. Times are ms since the epoch, rates 0 to 1 or null. */
export interface LearnedFacts {
	readonly pipelines: readonly PipelineFigures[];
	readonly patterns: readonly PatternFigures[];
	readonly functions: readonly FunctionFigures[];
	readonly skills: readonly SkillFigures[];
}

export interface SequenceFigures extends SequenceMeasures {
	readonly functionIds: readonly string[];
}

/** Of a sequence of calls that could be one. */
export interface PipelineFigures extends SequenceFigures {
	/** Occurrences whose end is known, and those of them in which no call failed. */
	readonly finished: number;
	readonly succeeded: number;
}

export interface PatternFigures {
	readonly patternHash: string;
	readonly kind: string;
	readonly occurrences: number;
	readonly sessions: number;
	readonly firstTs: number;
	readonly lastTs: number;
}

/** A run is a call that ran tests of the function; it failed where one of them did. */
export interface FunctionFigures {
	readonly functionId: string;
	readonly calls: number;
	readonly errors: number;
	/** Of the last {@link RECENT} whose end is known. */
	readonly recentErrors: number;
	readonly runs: number;
	readonly runsFailed: number;
	/** Of the last {@link RECENT}. */
	readonly recentRunsFailed: number;
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
		...facts.pipelines.map(newPipeline),
		...facts.patterns.filter(({ occurrences }) => occurrences >= MIN_USES).map(extractFunction),
		...facts.functions.filter(needsFix).map(fixFunction),
		...facts.skills.flatMap((skill) => skillProposals(skill, windowStart(now))),
	];
}

function newPipeline({ functionIds, ...figures }: PipelineFigures): ProposalDraft {
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

/** What has gone well ever since needs no fix any more, whatever it was like before. */
function needsFix(figures: FunctionFigures): boolean {
	const { calls, errors, recentErrors, runs, runsFailed, recentRunsFailed } = figures;
	return (
		(calls >= MIN_CALLS && errors > calls * HIGH_FAILURE && recentErrors > 0) ||
		(runs >= MIN_RUNS && runsFailed > runs * HIGH_FAILURE && recentRunsFailed > 0)
	);
}

function fixFunction({ functionId, ...figures }: FunctionFigures): ProposalDraft {
	const { calls, errors, runs, runsFailed } = figures;
	return {
		kind: "fix_function",
		target: functionId,
		key: [functionId],
		figures: {
			...figures,
			errorRate: rate(errors, calls),
			runFailRate: rate(runsFailed, runs),
		},
	};
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
