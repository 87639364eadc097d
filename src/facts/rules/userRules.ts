import type { Severity } from "../callFacts.ts";
import { matchWithin } from "./boundedMatch.ts";
import { MAX_RULE_TEXT, type Rule } from "./rule.ts";

/** A rule of the user's that cannot be used, and why; for a message. */
export interface RuleProblem {
	/** Position in the setting, from 0. */
	readonly index: number;
	readonly ruleId: string;
	readonly reason:
		| "not_an_object"
		| "bad_id"
		| "bad_severity"
		| "bad_tool"
		| "bad_pattern"
		| "double";
}

const SEVERITIES: readonly string[] = ["info", "warning", "error"];
const MAX_RULES = 100;
const MAX_PATTERN_LENGTH = 1000;
/** ms that a pattern may take for one text. */
const MATCH_MS = 50;
/** On a busy machine that may be over without a turn; taken thrice in a row it is the pattern's fault. */
const TRIES = 3;

/**
 * The rules of a setting: a list of `{rule_id, severity?, tool?, pattern}`, with a JavaScript
 * regular expression (flag `m`) and a tool's name or `*`; without either it is about shells, whatever
 * the client calls them. What is wrong with one leaves the others.
 *
 * @param taken ids that are not free
 * @param onSlow told once of a rule that took too long, which is not tried again
 */
export function parseUserRules(
	setting: unknown,
	taken: readonly string[],
	onSlow: (ruleId: string) => void,
): { rules: Rule[]; problems: RuleProblem[] } {
	const rules: Rule[] = [];
	const problems: RuleProblem[] = [];
	const ids = new Set(taken);
	const list: readonly unknown[] = Array.isArray(setting) ? setting.slice(0, MAX_RULES) : [];
	for (const [index, item] of list.entries()) {
		const fields = (typeof item === "object" && item !== null ? item : {}) as Fields;
		const { rule_id: id, severity = "warning", tool, pattern } = fields;
		const ruleId = typeof id === "string" ? id.slice(0, 64) : "";
		const reason = problemOf(item, ruleId, severity, tool, pattern, ids);
		if (reason !== null) {
			problems.push({ index, ruleId, reason });
			continue;
		}
		ids.add(ruleId);
		rules.push(
			userRule(ruleId, severity as Severity, tool as string | undefined, String(pattern), onSlow),
		);
	}
	return { rules, problems };
}

type Fields = Readonly<Record<string, unknown>>;

function problemOf(
	item: unknown,
	ruleId: string,
	severity: unknown,
	tool: unknown,
	pattern: unknown,
	ids: ReadonlySet<string>,
): RuleProblem["reason"] | null {
	if (typeof item !== "object" || item === null) return "not_an_object";
	if (!/^[a-z0-9][a-z0-9_.-]*$/i.test(ruleId)) return "bad_id";
	if (ids.has(ruleId)) return "double";
	if (!SEVERITIES.includes(String(severity))) return "bad_severity";
	if (tool !== undefined && (typeof tool !== "string" || tool === "")) return "bad_tool";
	if (typeof pattern !== "string" || pattern === "" || pattern.length > MAX_PATTERN_LENGTH) {
		return "bad_pattern";
	}
	try {
		new RegExp(pattern, "m");
		return null;
	} catch {
		return "bad_pattern";
	}
}

function userRule(
	ruleId: string,
	severity: Severity,
	tool: string | undefined,
	pattern: string,
	onSlow: (ruleId: string) => void,
): Rule {
	let isSlow = false;
	return {
		ruleId,
		severity,
		isBrokenBy: (subject) => {
			const isOfTool = tool === undefined ? subject.kind === "shell" : tool === subject.tool;
			if (isSlow || (tool !== "*" && !isOfTool)) return false;
			const text = subject.text.slice(0, MAX_RULE_TEXT);
			for (let tries = 0; tries < TRIES; tries++) {
				const matches = matchWithin(pattern, text, MATCH_MS);
				if (matches !== null) return matches;
			}
			isSlow = true;
			onSlow(ruleId);
			return false;
		},
	};
}
