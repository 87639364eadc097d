import {
	THRESHOLD_NAMES,
	THRESHOLD_RANGES,
	type Thresholds,
	thresholdsOf,
} from "../sequences/proposals/thresholds.ts";
import { type OptionValues, UsageError } from "./command.ts";

const HELP: Readonly<Record<keyof Thresholds, string>> = {
	fixAbove: "propose a fix above this share of failed calls or test runs",
	fixMinCalls: "and from so many calls on",
	archiveAfterDays: "propose to archive a skill after so many days without a use",
	reExtractBelow: "propose to write a skill anew below this share of uses that succeed",
	validatedAbove: "propose to mark a skill as validated above this share",
	validatedMinUses: "and more uses than this",
	pipelineMinSteps: "propose a pipeline from so many steps on",
	pipelineMinMinutes: "and of fewer where it would save so many minutes a week",
	pipelineMinSuccess: "and at least this share of it succeeds",
};

/** Of every command that renews proposals: the editor's settings `learning.*`. */
export const thresholdOptions = Object.fromEntries(
	THRESHOLD_NAMES.map((name) => {
		const { usual } = THRESHOLD_RANGES[name];
		return [
			optionOf(name),
			{ type: "string" as const, value: "N", help: `${HELP[name]}; ${usual}` },
		];
	}),
);

/** @throws UsageError for what is no number in the range of its option */
export function thresholdsFrom(values: OptionValues): Thresholds {
	return thresholdsOf((name) => numberOf(name, values[optionOf(name)]));
}

function numberOf(name: keyof Thresholds, text: string | boolean | undefined): number | undefined {
	if (text === undefined) return undefined;
	const { least, most } = THRESHOLD_RANGES[name];
	const value =
		typeof text === "string" && /^\d{1,9}(?:\.\d{1,6})?$/.test(text) ? Number(text) : -1;
	if (value >= least && value <= most) return value;
	throw new UsageError(
		`--${optionOf(name)} needs a number from ${least} to ${most}, not ${JSON.stringify(text)}`,
	);
}

/** "fix-min-calls" of fixMinCalls. */
function optionOf(name: keyof Thresholds): string {
	return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
