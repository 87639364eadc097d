/** From where on something is proposed. */
export interface Thresholds {
	/** A function is to be fixed where more than this share of its calls or test runs failed. */
	readonly fixAbove: number;
	/** And it had at least this many calls. */
	readonly fixMinCalls: number;
	/** A skill is to be archived when it was not used for so many days. */
	readonly archiveAfterDays: number;
	/** A skill is to be written anew where less than this share of its uses succeeded. */
	readonly reExtractBelow: number;
	/** A skill is validated where more than this share of its uses succeeded. */
	readonly validatedAbove: number;
	/** And there were more uses than this. */
	readonly validatedMinUses: number;
	/** From as many steps on a pipeline is worth it in any case. */
	readonly pipelineMinSteps: number;
	/** One of fewer, where it would save so many minutes a week. */
	readonly pipelineMinMinutes: number;
	/** And at least this share of its occurrences succeeded. */
	readonly pipelineMinSuccess: number;
}

/** What a threshold may be. */
interface Range {
	readonly usual: number;
	readonly least: number;
	readonly most: number;
}

export const THRESHOLD_RANGES: { readonly [Name in keyof Thresholds]: Range } = {
	fixAbove: { usual: 0.2, least: 0.01, most: 1 },
	fixMinCalls: { usual: 20, least: 5, most: 10_000 },
	archiveAfterDays: { usual: 30, least: 1, most: 365 },
	reExtractBelow: { usual: 0.6, least: 0, most: 1 },
	validatedAbove: { usual: 0.9, least: 0, most: 1 },
	validatedMinUses: { usual: 20, least: 1, most: 10_000 },
	pipelineMinSteps: { usual: 3, least: 2, most: 12 },
	pipelineMinMinutes: { usual: 5, least: 0, most: 10_080 },
	pipelineMinSuccess: { usual: 0.9, least: 0, most: 1 },
};

export const THRESHOLD_NAMES = Object.keys(THRESHOLD_RANGES) as (keyof Thresholds)[];

/**
 * Thresholds as someone typed them: what is no number is the default, what is out of range the end of it.
 *
 * @param given what stands for a name; undefined for the default
 */
export function thresholdsOf(given: (name: keyof Thresholds) => unknown): Thresholds {
	const checked = THRESHOLD_NAMES.map((name) => {
		const { usual, least, most } = THRESHOLD_RANGES[name];
		const value = given(name);
		const isNumber = typeof value === "number" && Number.isFinite(value);
		return [name, isNumber ? Math.min(most, Math.max(least, value)) : usual];
	});
	return Object.fromEntries(checked) as unknown as Thresholds;
}

export const DEFAULT_THRESHOLDS = thresholdsOf(() => undefined);
