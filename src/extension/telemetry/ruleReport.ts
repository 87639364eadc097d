import type * as vscode from "vscode";
import { ruleProblems } from "../../facts/rules/checkRules.ts";
import type { RuleProblem } from "../../facts/rules/userRules.ts";
import { SETTINGS_SECTION, settings } from "../ids.ts";

const REASONS: Readonly<Record<RuleProblem["reason"], string>> = {
	not_an_object: "is not an object",
	bad_id: "needs a rule_id of letters, digits, dots and dashes",
	bad_severity: "has another severity than info, warning or error",
	bad_tool: "needs a tool's name or *",
	bad_pattern: "has no pattern that is a regular expression of at most 1,000 characters",
	double: "has the rule_id of another rule",
};

/** Writes to the log which of the user's rules cannot be used, and why. */
export function reportRules(rules: unknown, log: vscode.LogOutputChannel): void {
	for (const { index, reason } of ruleProblems(rules)) {
		log.warn(`${SETTINGS_SECTION}.${settings.telemetryRules}[${index}] ${REASONS[reason]}`);
	}
}
