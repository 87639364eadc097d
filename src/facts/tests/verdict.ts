import type { TestCommand } from "./testCommand.ts";
import type { Counts } from "./testRun.ts";

/** How a shell call ended: `cut` is one that was denied, timed out, interrupted, or goes on. */
export type CallEnd = "success" | "failure" | "cut";

interface RunEvidence {
	readonly runs: readonly TestCommand[];
	/** By the summaries in the output; null where it has none. */
	readonly counts: Counts | null;
	/** Of the output, without colours. */
	readonly lines: readonly string[];
	readonly end: CallEnd;
	/** The failure is that of a program that was not found or could not be started. */
	readonly isMissing: boolean;
	/** Whether all lines of the output that a summary may stand in are there. */
	readonly isWhole: boolean;
	/** Whether the call's exit status 0 says that each of the runs ended with 0. */
	readonly isProven: boolean;
	/** Whether another exit status is that of one of the runs. */
	readonly isBlamed: boolean;
	/** Whether the line's status may be that of something before the first of the runs, which never began. */
	readonly isPreceded: boolean;
	/** Whether the line's status may be that of something behind the last of the runs. */
	readonly isFollowed: boolean;
	/** Whether all that is printed comes from the runs. */
	readonly isAlone: boolean;
}

interface Verdict {
	/** Null where nothing is known. */
	readonly passed: boolean | null;
	/** The line that says so, where one does. */
	readonly says: string | null;
}

/** What no run prints that went well, whatever its summary says. */
const BROKEN = [
	/\bcould not compile\b/i,
	/\b(?:BUILD|Build) FAIL(?:ED|URE)\b/,
	/^npm (?:ERR!|error)/,
	/\bELIFECYCLE\b|\bERR_PNPM_RECURSIVE|^lerna ERR!/,
	// Of what runs the tests of several projects.
	/^\s*Failed:\s+\S+#\S+|^ ERROR {2}run failed:|\d targets failed, including|^\s*NX\s.* failed/,
	/^\s*g?make(?:\[\d+\])?: \*\*\*/,
	/^\s*error: (?:test (?:run )?failed|\d+ targets? failed|Recipe |script ".*" exited)/,
	/^(?:error )?Command failed with exit code [1-9]/,
	/^\s*evaluation failed :\(/,
	/^Errors while running CTest/,
	/^(?:nox > )?Session \S+ failed\b/,
	/^\s*(?:FAILED|FAIL) code [1-9]|^\s*\S+: (?:FAIL code [1-9]|commands failed)/,
	/^\W*(?:exit(?:ed)?|rc|status|exit_?code)(?: with)?(?: (?:code|status))?\s*[:=]?\s*[1-9]\d{0,2}\s*$/i,
];
/** What a runner says of tests that failed. */
const FAILED = [
	/(?<![\d.,:/-])[1-9]\d*\s+(?:(?:unit|integration|e2e)\s+)?(?:tests?\s+|specs?\s+|examples?\s+|assertions?\s+|suites?\s+)?(?:failures?\b|(?:failed|failing|did not pass)(?=\s*(?:[,;.:)|\]]|$|in\b|of\b|out\b|tests?\b)))/i,
	/\b(?:failed|failures|failing|errors)\s*[:=]\s*[1-9]\d*\b/i,
	/^(?:#|ℹ) fail [1-9]/,
	/^\s*(?:FAIL|FAILED|FAILURE|FAILURES!)(?:\s|:|!|$)/,
	/^\s*--- FAIL:|^# (?:FAIL|ERROR|XPASS):\s+[1-9]/,
	/^\s*not ok \d+/,
	// A letter for each test, of pytest and unittest.
	/^(?=.*\.)(?:\S+\.py )?[.sxuX]*[FE][.sxuXFE]*(?:\s+\[\s*\d+%\])?$/,
];
/** What compilers say of what they cannot read; a run that has a summary has been compiled. */
const UNCOMPILED = [
	/^(?:\S*[/\\])?[\w.+-]+\.\w{1,5}(?::\d+){1,2}: (?:fatal )?error:/,
	/\(\d+,\d+\): error [A-Z]+\d{3,5}:|^error\[E\d{4}\]: |^error: fatalError$/,
	/^\[ERROR\] COMPILATION ERROR|^== Compilation error in file|^error: '.*' failed: /,
];
/** What leaves a doubt. */
const DOUBTFUL = [
	/\berrors?\b(?!-free)/i,
	/\bfail(?:ed|ures?|ing|s)?\b/i,
	/\bexception\b/i,
	/\bTraceback\b|\bpanicked\b|\bpanic:|\bfatal\b|\bSegmentation fault\b|\bcore dumped\b|\bKilled\b|\bAborted\b/i,
	/\b(?:command not found|no such file|cannot find|not found|not recognized|unrecognized|unknown option)\b/i,
	/\bno tests?\b|\bnothing to (?:do|run|be done)\b|is up to date|\bno test files\b|(?<![\d.])0 tests?\b|\bdeselected\b|\bmissing script\b/i,
	/\btimed? ?out\b|\bundefined:|\bundefined reference\b/i,
	/^\s*[✗✖✘×⨯]/,
];
const NONE_FAILED =
	/\b(?:0|no)\s+(?:tests?\s+)?(?:errors?|fail(?:ed|ures?|ing)?)\b|\b(?:errors?|fail(?:ed|ures?)?)\s*[:=|]\s*0\b/gi;

/**
 * Whether a run passed. What its output says of failures wins over its exit status; that nothing is
 * said of any counts only where the output is whole or the exit status is the run's own.
 */
export function verdictOf(evidence: RunEvidence): Verdict {
	const { counts, end, isProven, isWhole, isBlamed, isMissing } = evidence;
	if ((counts?.failed ?? 0) > 0) return { passed: false, says: null };
	if (isMissing && counts === null) return UNKNOWN;
	const isSure = end === "success" && isProven && counts !== null;
	// What comes behind runs only where the run passed, and may be what is broken.
	const isOther = end === "failure" && evidence.isFollowed && counts !== null;
	const uncompiled = evidence.isAlone ? UNCOMPILED : [];
	const isBefore = end === "failure" && evidence.isPreceded && counts === null;
	const signs = [
		...(isBefore ? [] : BROKEN),
		...(counts === null ? [...FAILED, ...uncompiled] : []),
	];
	const broken = isSure || isOther ? null : find(evidence, signs);
	if (broken !== null) return { passed: false, says: broken };
	if (end === "failure" && isBlamed) return { passed: false, says: null };
	if (end !== "success") return UNKNOWN;
	if (counts !== null) {
		return counts.passed > 0 && (isWhole || isProven) ? { passed: true, says: null } : UNKNOWN;
	}
	const isTold = isProven && evidence.runs.every(({ hasExitStatus }) => hasExitStatus);
	return isTold && find(evidence, DOUBTFUL) === null ? { passed: true, says: null } : UNKNOWN;
}

const UNKNOWN: Verdict = { passed: null, says: null };

function find({ lines }: RunEvidence, patterns: readonly RegExp[]): string | null {
	for (const line of lines) {
		const text = line.slice(0, 1000).replace(NONE_FAILED, "");
		if (patterns.some((pattern) => pattern.test(text))) return line;
	}
	return null;
}
