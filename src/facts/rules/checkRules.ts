import { BUILT_IN_RULES, HEREDOC_REINVENTION } from "./builtInRules.ts";
import { parseUserRules, type RuleProblem } from "./userRules.ts";

/** Ids that a rule of the user's cannot have. */
export const TAKEN_RULE_IDS: readonly string[] = [
	...BUILT_IN_RULES.map(({ ruleId }) => ruleId),
	HEREDOC_REINVENTION,
];

/** What is wrong with the user's own rules, without using any of them. */
export function ruleProblems(setting: unknown): readonly RuleProblem[] {
	return parseUserRules(setting, TAKEN_RULE_IDS, () => undefined).problems;
}
