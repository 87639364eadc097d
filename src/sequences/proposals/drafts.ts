import type { SequenceMeasures } from "../measures.ts";
import { areRelated, type Cycle } from "../merge/relation.ts";
import type { ProposalKind } from "./kinds.ts";
import type { Thresholds } from "./thresholds.ts";

/** Calls, at most, that stand behind a proposal. */
export const MAX_EVIDENCE = 20;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const WINDOW_DAYS = 30;
const MIN_USES = 3;
export const MIN_RUNS = 10;
/** How many of the last calls and runs have to be free of failures for nothing to be wrong. */
export const RECENT = 5;
/** What can be proposed about. Times are ms since the epoch, rates 0 to 1 or null. */
export interface LearnedFacts {
	/** From the first to the last call that is recorded, ms. */
	readonly spanMs: number;
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
	readonly isLoop: boolean;
	/** Others that it stands for. */
	readonly merged: number;
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
	/** What the calls that ran it took together. */
	readonly totalMs: number;
}

/** Calls that the end of their session cut off count for nothing. A run is a call that ran tests of the function; it failed where one of them did. */
export interface FunctionFigures {
	readonly functionId: string;
	readonly calls: number;
	readonly errors: number;
	/** What those that are recorded took together. */
	readonly failedMs: number;
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
	/** What those of the window that failed took together. */
	readonly recentFailedMs: number;
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

/** Start of the UTC day so many days ago, so that two runs of one day see the same. */
export function windowStart(now: number, days = WINDOW_DAYS): number {
	return Math.floor(now / DAY_MS - days) * DAY_MS;
}

/** How the steps of a sequence are written in a line. */
export function arrows(functionIds: readonly string[]): string {
	return functionIds.join(" → ");
}

/** Whether a pipeline is one that was decided on before, or a rotation or a part of it, or contains it. */
export function isDecided(
	{ functionIds, isLoop }: PipelineFigures,
	decided: readonly Cycle<string>[],
): boolean {
	return decided.some((one) => areRelated(one, { functions: functionIds, isLoop }));
}

/** All that the facts give reason for. `savesPerWeekMs` of the figures is what each would save. */
export function draftProposals(
	facts: LearnedFacts,
	thresholds: Thresholds,
	now: number,
): ProposalDraft[] {
	const weeks = Math.max(1, facts.spanMs / WEEK_MS);
	const ofSkills = facts.skills.flatMap((skill) => skillProposals(skill, thresholds, now));
	// Of one thing one thing is proposed.
	const anew = new Set(
		ofSkills.flatMap(({ kind, target }) => (kind === "re_extract_skill" ? `skill:${target}` : [])),
	);
	return [
		...facts.functions
			.filter((one) => !anew.has(one.functionId) && needsFix(one, thresholds))
			.map((one) => fixFunction(one, weeks)),
		...facts.pipelines
			.map((one) => newPipeline(one, weeks))
			.filter((one) => isWorthIt(one, thresholds)),
		...facts.patterns
			.filter(({ occurrences }) => occurrences >= MIN_USES)
			.map((one) => extractFunction(one, weeks)),
		...ofSkills,
	];
}

function newPipeline({ functionIds, isLoop, ...figures }: PipelineFigures, weeks: number) {
	const { occurrences, meanDurationMs, successRate } = figures;
	const savesPerWeekMs = (occurrences * (meanDurationMs ?? 0) * (successRate ?? 0)) / weeks;
	return {
		kind: "new_pipeline" as const,
		target: arrows(functionIds),
		key: functionIds,
		figures: { ...figures, isLoop: Number(isLoop), savesPerWeekMs },
	};
}

function isWorthIt(
	{ key, figures }: ReturnType<typeof newPipeline>,
	{ pipelineMinSteps, pipelineMinMinutes, pipelineMinSuccess }: Thresholds,
): boolean {
	if (key.length >= pipelineMinSteps) return true;
	const { savesPerWeekMs, successRate } = figures;
	return (
		savesPerWeekMs >= pipelineMinMinutes * MINUTE_MS && (successRate ?? 0) >= pipelineMinSuccess
	);
}

function extractFunction(
	{ patternHash, kind, totalMs, ...figures }: PatternFigures,
	weeks: number,
): ProposalDraft {
	return {
		kind: "extract_function",
		target: patternHash,
		key: [patternHash],
		figures: { scriptKind: kind, ...figures, savesPerWeekMs: totalMs / weeks },
	};
}

/** What has gone well ever since needs no fix any more, whatever it was like before. */
function needsFix(figures: FunctionFigures, { fixAbove, fixMinCalls }: Thresholds): boolean {
	const { calls, errors, recentErrors, runs, runsFailed, recentRunsFailed } = figures;
	return (
		(calls >= fixMinCalls && errors > calls * fixAbove && recentErrors > 0) ||
		(runs >= MIN_RUNS && runsFailed > runs * fixAbove && recentRunsFailed > 0)
	);
}

function fixFunction(
	{ functionId, failedMs, ...figures }: FunctionFigures,
	weeks: number,
): ProposalDraft {
	const { calls, errors, runs, runsFailed } = figures;
	return {
		kind: "fix_function",
		target: functionId,
		key: [functionId],
		figures: {
			...figures,
			errorRate: rate(errors, calls),
			runFailRate: rate(runsFailed, runs),
			savesPerWeekMs: failedMs / weeks,
		},
	};
}

function skillProposals(
	figures: SkillFigures,
	thresholds: Thresholds,
	now: number,
): ProposalDraft[] {
	const { skill, uses, succeeded, recentUses, recentSucceeded, recentFailedMs, lastUsedAt } =
		figures;
	const about = (kind: ProposalKind, rest: ProposalDraft["figures"]): ProposalDraft => ({
		kind,
		target: skill,
		key: [skill],
		figures: { savesPerWeekMs: 0, ...rest },
	});
	const all = { uses, succeeded, successRate: rate(succeeded, uses), lastUsedAt };
	const recent = { recentUses, recentSucceeded, recentRate: rate(recentSucceeded, recentUses) };
	const found: ProposalDraft[] = [];
	if ((recent.recentRate ?? 1) < thresholds.reExtractBelow) {
		const savesPerWeekMs = (recentFailedMs * WEEK_MS) / (WINDOW_DAYS * DAY_MS);
		found.push(about("re_extract_skill", { ...recent, lastUsedAt, savesPerWeekMs }));
	}
	if (lastUsedAt < windowStart(now, thresholds.archiveAfterDays)) {
		found.push(about("archive_skill", all));
	} else if (
		uses > thresholds.validatedMinUses &&
		(all.successRate ?? 0) > thresholds.validatedAbove
	) {
		found.push(about("validated_skill", all));
	}
	return found;
}

function rate(part: number, whole: number): number | null {
	return whole === 0 ? null : part / whole;
}
