import type { TestFact } from "../callFacts.ts";
import { maskSecrets } from "../secrets.ts";
import type { ShellCommand } from "../shell/commandLine.ts";
import { scriptOf } from "../shell/shellScripts.ts";
import { programOf } from "../shell/wrappers.ts";
import type { ShellLine } from "../shellLine.ts";
import { showsFailures } from "./outputFilters.ts";
import { isJunitXml, readJunitXml } from "./runners/junit.ts";
import { RUNNERS, type TestCommand } from "./testCommand.ts";
import { testedName } from "./testedName.ts";
import { type RunReport, TestList, type TestRunner } from "./testRun.ts";
import { type CallEnd, verdictOf } from "./verdict.ts";

/** Characters of an output that are read: its beginning and its end. */
const MAX_OUTPUT = 256 * 1024;
/** Of a line: patterns take their time. */
const MAX_LINE = 10_000;
const MAX_SNIPPET = 200;
/** Characters of a failure that are masked before it is cut. */
const MAX_DETAIL = 2000;
/** Colours and other orders to a terminal, and links. */
const ORDERS =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape is what they begin with
	/\u001b(?:\[[0-9;:?<=>]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[()][A-B0-2])/g;

/** Programs beside a run whose failure is not what a line fails with. */
const HARMLESS =
	/^(?:cd|pushd|popd|export|unset|set|source|\.|echo|printf|true|:|mkdir|sleep|date|tail|tee|cat|head|clear|rm|which|pwd|ls|nvm|eval|ulimit|umask|trap)$/;

/** What the client puts before the output of a call that failed. */
const EXIT_CODE = /^\s*(?:Error: )?Exit code \d+(?:\n|$)/i;
/** The same of what was not found or could not be started. */
const NOT_STARTED = /^\s*(?:Error: )?Exit code 12[67]\b/i;
/** Of an output that is too long the client shows the beginning. */
const PREVIEW = /^<persisted-output>|^Output too large/m;
/** No test was begun: there is no such program, module, task or folder. */
const MISSING = [
	/\b[Cc]ommand not found\b|Failed to spawn|could not determine executable|: not found$|is not recognized as/m,
	/\bNo module named '?(?:pytest|unittest|nose2?|tox|nox|django)\b/,
	/\bMissing script:|Command "\S+" not found|Task not found|no test specified|\bENOENT\b.*package\.json|No rule to make target/,
	/(?:^|: )cd: .*No such file/m,
	/\bno tests ran\b|\b\d+ deselected\b.* in [\d.]+s\b|\bNo tests? (?:files? )?found\b|file or directory not found|go\.mod file not found|Test directory .* not found/i,
];

/** A shell call that has ended. */
interface EndedCall {
	readonly line: ShellLine;
	readonly output: string;
	readonly end: CallEnd;
	/** A short word for how it failed; empty where it did not. */
	readonly errorClass: string;
	/** The function that the call is counted under. */
	readonly functionId: string;
}

/** Results of the tests that a shell call ran; none for one that ran none, or says nothing of them. */
export function testFacts(call: EndedCall): TestFact[] {
	const { output, end, functionId } = call;
	const { commands, testCommands: named } = call.line;
	const isReport = isJunitXml(output);
	if (named.length === 0 && !isReport) return [];
	const printed = linesOf(output);
	const isTask = named.some(({ runner }) => runner === null);
	const further = isTask ? unprefixed(printed) : [];
	const lines = further.length > 0 ? [...printed, ...further] : printed;
	const all = printed.join("\n");
	const text = lines === printed ? all : lines.join("\n");
	const runs = named.filter(
		({ isFile }) => !isFile || RUNNERS.some(({ trace }) => trace.test(text)),
	);
	if (runs.length === 0 && !isReport) return [];
	const readers = readersOf(runs, text);
	const report = isReport ? readJunitXml(text) : merged(readers, lines);
	const verdict =
		runs.length === 0
			? { passed: report.counts === null ? null : report.counts.failed === 0, says: null }
			: verdictOf({
					runs,
					lines,
					end,
					counts: report.counts,
					isMissing:
						/^exit_12[67]$/.test(call.errorClass) ||
						NOT_STARTED.test(output) ||
						MISSING.some((form) => form.test(all)),
					isWhole: isWhole(commands, runs, readers, all),
					isProven: runs.every(({ command }) => command.isDeciding),
					isBlamed: isBlamed(commands, runs),
					isPreceded: isPreceded(commands, runs),
					isFollowed: isFollowed(commands, runs),
					isAlone: isAlone(commands, runs),
				});
	const tests: TestFact[] = report.tests.map((test) => ({
		testId: test.id,
		passed: test.passed,
		durationMs: test.durationMs,
		snippet: test.passed ? null : snippetOf(test.detail),
		functionId: testedName(test.id) ?? functionId,
	}));
	// What was cut off has passed nothing, whatever it said until then.
	const told = end === "cut" ? tests.filter(({ passed }) => !passed) : tests;
	if (verdict.passed === null || told.some(({ passed }) => !passed)) return told;
	if (verdict.passed && told.length > 0) return told;
	const snippet = verdict.passed ? null : snippetOf(verdict.says ?? lastWords(all));
	const { passed } = verdict;
	return [...told, { testId: WHOLE_RUN, passed, durationMs: null, snippet, functionId }];
}

/** Stands for all tests of a run that names none, or none of those that failed. */
const WHOLE_RUN = "*";

function linesOf(output: string): readonly string[] {
	return bounded(output)
		.replace(ORDERS, "")
		.replace(EXIT_CODE, "")
		.split(/\r*\n|\r/)
		.map((line) => line.slice(0, MAX_LINE));
}

/** Before the lines of a run among others: `web:test: `, `packages/a test: `, `[a]: `, `web-1  | `. */
const PREFIX =
	/^(?:@?[\w./-]+[ :][\w.-]*\btests?\b[\w:.-]*: |\[@?[\w./-]+\]:? |[\w.-]+ +\| )(?=.*\S)/;

/** Lines that begin with the name of a project, without that. */
function unprefixed(lines: readonly string[]): readonly string[] {
	return lines.flatMap((line) => {
		const prefix = PREFIX.exec(line)?.[0];
		return prefix === undefined ? [] : line.slice(prefix.length);
	});
}

/** A task's runners are told by what it printed. */
function readersOf(runs: readonly TestCommand[], text: string): TestRunner[] {
	const named = runs.flatMap(({ runner }) => runner ?? []);
	const isTask = runs.some(({ runner }) => runner === null);
	return RUNNERS.filter((each) => named.includes(each) || (isTask && each.trace.test(text)));
}

function merged(readers: readonly TestRunner[], lines: readonly string[]): RunReport {
	const list = new TestList();
	for (const reader of readers) {
		const { tests, counts } = reader.read(lines);
		for (const test of tests) list.add(test.id, test.passed, test.durationMs, test.detail);
		if (counts !== null) list.addCounts(counts.passed, counts.failed);
	}
	return list.report;
}

/** Whether no line of a summary can be missing that would tell of failures. */
function isWhole(
	commands: readonly ShellCommand[],
	runs: readonly TestCommand[],
	readers: readonly TestRunner[],
	text: string,
): boolean {
	if (PREVIEW.test(text) && readers.some(({ summary }) => summary !== "whole")) return false;
	const isInFile = runs.some(({ command }) =>
		command.outputs.some((path) => !/^\/dev\/|^\d$/.test(path)),
	);
	const isRun = (command: ShellCommand): boolean => runs.some((run) => run.command === command);
	const lines = text.trimEnd().split("\n").length;
	const filters = commands.filter(
		(command) => !isRun(command) && (command.reads !== null || isInFile),
	);
	return filters.every((filter) => readers.every((reader) => showsFailures(filter, reader, lines)));
}

/** Whether the line fails where a run does, and where nothing else does. */
function isBlamed(commands: readonly ShellCommand[], runs: readonly TestCommand[]): boolean {
	const isRun = (command: ShellCommand): boolean => runs.some((run) => run.command === command);
	const deciding = commands.filter(({ isDeciding }) => isDeciding);
	return deciding.some(isRun) && !deciding.some((command) => !isRun(command) && mayFail(command));
}

/** Whether the line may have ended before the first of the runs began. */
function isPreceded(commands: readonly ShellCommand[], runs: readonly TestCommand[]): boolean {
	const first = Math.min(...runs.map(({ command }) => commands.indexOf(command)));
	return commands.some((command, at) => at < first && command.isDeciding && mayFail(command));
}

function isFollowed(commands: readonly ShellCommand[], runs: readonly TestCommand[]): boolean {
	const last = Math.max(...runs.map(({ command }) => commands.indexOf(command)));
	return commands.some((command, at) => at > last && command.isDeciding && mayFail(command));
}

function isAlone(commands: readonly ShellCommand[], runs: readonly TestCommand[]): boolean {
	const isRun = (command: ShellCommand): boolean => runs.some((run) => run.command === command);
	return commands.every((each) => isRun(each) || each.reads !== null || !mayFail(each));
}

function mayFail(command: ShellCommand): boolean {
	return !HARMLESS.test(programOf(command)) && !isShellOf(command);
}

/** A shell whose script's commands are told beside it. */
function isShellOf(command: ShellCommand): boolean {
	return scriptOf(command) !== null;
}

/** At most 200 characters of what a failure says, on one line, secrets masked; null for nothing. */
export function snippetOf(detail: string): string | null {
	const whole = detail.replace(/\s+/g, " ").trim();
	// What is cut in the middle of a word may be half a secret, which nothing tells any more.
	const start = whole.length <= MAX_DETAIL ? whole : whole.slice(0, MAX_DETAIL).replace(/\S*$/, "");
	return maskSecrets(start).slice(0, MAX_SNIPPET) || null;
}

function bounded(output: string): string {
	if (output.length <= MAX_OUTPUT) return output;
	const [start, end] = [output.slice(0, MAX_OUTPUT / 2), output.slice(-MAX_OUTPUT / 2)];
	// A line that was cut may say something else.
	return start.slice(0, start.lastIndexOf("\n") + 1) + end.slice(end.indexOf("\n") + 1);
}

function lastWords(text: string): string {
	return text
		.trimEnd()
		.slice(-MAX_SNIPPET)
		.replace(/^\S*\s/, "");
}
