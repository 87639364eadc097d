import { matchWithin } from "../rules/boundedMatch.ts";
import type { ShellCommand } from "../shell/commandLine.ts";
import { programOf, unwrap } from "../shell/wrappers.ts";
import type { TestRunner } from "./testRun.ts";

/** Programs that hand on every line that they are given, and those that show nothing of a run. */
const WHOLE =
	/^(?:tee|cat|ts|less|more|sed|sort|uniq|cut|tr|nl|fold|column|out-host|out-string|tee-object)$/i;
const APART = /^(?:cd|echo|printf|export|set|source|mkdir|sleep|rm|true|:|)$/;
const MATCHERS = /^(?:[ef]?grep|rg|ag|select-string|sls|findstr)$/i;
/** Options of theirs that take the next word as their value. */
const VALUED = /^-(?:[ABCmef]|-(?:after|before)-context|-context|-max-count|-regexp)$/;
/** ms that a pattern may take for a line: far more than any that ends, on a machine that is busy too. */
const MATCH_MS = 250;

/**
 * Whether what a filter leaves over still says of failures, where a runner has seen some.
 *
 * @param lines of what is left over
 */
export function showsFailures(
	filter: ShellCommand,
	{ summary, failure }: TestRunner,
	lines: number,
): boolean {
	if (summary === "whole") return true;
	const { program, args } = plain(filter);
	if (program === "sed") return !args.includes("-n");
	if (WHOLE.test(program) || APART.test(program)) return true;
	// With fewer lines than it lets through it has left out none.
	if (/^(?:tail|head)$/.test(program) && lines < limitOf(args)) return true;
	if (program === "tail") return summary === "end";
	return MATCHERS.test(program) && lets(program, args, failure);
}

/** `Select-Object -Last 5` of PowerShell is `tail -5`. */
function plain(filter: ShellCommand): { program: string; args: readonly string[] } {
	const program = programOf(filter);
	const [, ...args] = unwrap(filter.words).map(({ text }) => text);
	if (!/^select(?:-object)?$/i.test(program)) return { program, args };
	const at = args.findIndex((arg) => /^-(?:last|first)$/i.test(arg));
	if (at < 0) return { program, args };
	return { program: /l/i.test(args[at] ?? "") ? "tail" : "head", args: [`-${args[at + 1]}`] };
}

/** Of `tail` and `head`; 0 for what counts otherwise. */
function limitOf(args: readonly string[]): number {
	const [, own] =
		/^(?:-n?|--lines=)(\d+)$/.exec(args.find((arg) => arg.startsWith("-")) ?? "") ?? [];
	if (own !== undefined) return Number(own);
	const at = args.findIndex((arg) => /^(?:-n|--lines)$/.test(arg));
	if (at >= 0) return Number(/^\d+$/.exec(args[at + 1] ?? "")?.[0] ?? 0);
	return args.some((arg) => arg.startsWith("-")) ? 0 : 10;
}

/** Whether `grep` with these arguments hands on a line. */
function lets(program: string, args: readonly string[], line: string): boolean {
	const patterns: string[] = [];
	let letters = "";
	for (let index = 0; index < args.length; index++) {
		const arg = args[index] ?? "";
		const isPattern = arg === "-e" || arg === "--regexp";
		if (isPattern) patterns.push(args[index + 1] ?? "");
		if (VALUED.test(arg)) index++;
		else if (/^-[A-Za-z]+\d*$/.test(arg)) letters += arg;
		else if (!arg.startsWith("-") && patterns.length === 0) patterns.push(arg);
	}
	// Numbers, names of files and the first so many lines say less than the lines.
	if (/[cqlLm]/.test(letters) || args.some((arg) => /^(?:-m|--max-count)/.test(arg))) return false;
	const isBasic = program === "grep" && !/[EP]/.test(letters);
	const isIgnoringCase = letters.includes("i");
	const text = isIgnoringCase ? line.toLowerCase() : line;
	const found = patterns.map((pattern) => {
		const own = isIgnoringCase ? pattern.toLowerCase() : pattern;
		return matchWithin(isBasic ? extended(own) : own, text, MATCH_MS) ?? false;
	});
	return found.includes(true) !== letters.includes("v");
}

/** In basic expressions it is the other way round: `\|` means something and `|` is a letter. */
function extended(pattern: string): string {
	return pattern.replace(/\\?[|+?(){}]/g, (found) =>
		found.length > 1 ? found.slice(1) : `\\${found}`,
	);
}
