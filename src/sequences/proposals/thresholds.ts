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
}

/** Default, least and most of each. */
const RANGES: { readonly [Name in keyof Thresholds]: readonly [number, number, number] } = {
	fixAbove: [0.2, 0.01, 1],
	fixMinCalls: [20, 5, 10_000],
	archiveAfterDays: [30, 1, 365],
	reExtractBelow: [0.6, 0, 1],
	validatedAbove: [0.9, 0, 1],
	validatedMinUses: [20, 1, 10_000],
};

const THRESHOLD_NAMES = Object.keys(RANGES) as (keyof Thresholds)[];

/**
 * Thresholds as someone typed them: what is no number is the default, what is out of range the end of it.
 *
 * @param given what stands for a name; undefined for the default
 */
export function thresholdsOf(given: (name: keyof Thresholds) => unknown): Thresholds {
	const checked = THRESHOLD_NAMES.map((name) => {
		const [usual, least, most] = RANGES[name];
		const value = given(name);
		const isNumber = typeof value === "number" && Number.isFinite(value);
		return [name, isNumber ? Math.min(most, Math.max(least, value)) : usual];
	});
	return Object.fromEntries(checked) as unknown as Thresholds;
}

export const DEFAULT_THRESHOLDS = thresholdsOf(() => undefined);
