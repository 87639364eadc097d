import { detailBehind, TestList, type TestRunner } from "../testRun.ts";

const VERBOSE = /^(\w+) \(([\w.]+)\)(?:.*?)? \.\.\. (ok|FAIL|ERROR)$/;
const FAILURE = /^(?:FAIL|ERROR): (\w+) \(([\w.]+)\)/;
const RAN = /^Ran (\d+) tests? in [\d.]+s$/;
const SKIPPED = /\bskipped=(\d+)/;
const COUNTS = /(?<!expected )\b(?:failures|errors|unexpected successes)=(\d+)/g;

/** https://docs.python.org/3/library/unittest.html#command-line-interface */
export const unittest: TestRunner = {
	name: "unittest",
	isRunBy: (program, args) =>
		/^(?:unittest|nosetests|nose2|unit2)$/.test(program) ||
		(program === "django" && args[0] === "test") ||
		isManaged(program, args),
	trace: /^Ran \d+ tests? in [\d.]+s$/m,
	summary: "whole",
	failure: "",
	hasExitStatus: true,
	read: (lines) => {
		const list = new TestList();
		let ran: number | null = null;
		for (const [index, line] of lines.entries()) {
			const [verbose, failure] = [VERBOSE.exec(line), FAILURE.exec(line)];
			if (verbose !== null) list.add(idOf(verbose), verbose[3] === "ok");
			else if (failure !== null) {
				list.add(idOf(failure), false);
				list.explain(idOf(failure), errorBehind(lines, index));
			} else if (RAN.test(line)) ran = Number(RAN.exec(line)?.[1]);
			else if (/^(?:OK|FAILED)(?: \(.*\))?$/.test(line)) {
				const failed = [...line.matchAll(COUNTS)].reduce((sum, [, n]) => sum + Number(n), 0);
				const skipped = ran === null ? 0 : Number(SKIPPED.exec(line)?.[1] ?? 0);
				// A line alone, as behind `tail -1`, tells of some tests, however many they are.
				const passed = Math.max(0, (ran ?? 1) - failed - skipped);
				list.addCounts(passed, Math.max(failed, Number(line[0] === "F")));
				ran = null;
			}
		}
		return list.report;
	},
};

/** `python manage.py test` and `./manage.py test`, of Django. */
function isManaged(program: string, args: readonly string[]): boolean {
	const [file = "", verb] = program === "manage.py" ? [program, ...args] : args;
	return /(?:^|\/)manage\.py$/.test(file) && verb === "test";
}

/** Since Python 3.11 the brackets hold the test's own name, too. */
function idOf([, name = "", within = ""]: RegExpExecArray): string {
	return within.endsWith(`.${name}`) ? within : `${within}.${name}`;
}

/** The line of the exception, which ends a traceback. */
function errorBehind(lines: readonly string[], index: number): string {
	const error = lines
		.slice(index + 2, index + 200)
		.findIndex((line) => /^[\w.]+(?:Error|Exception|Exit)\b/.test(line));
	return error < 0 ? "" : detailBehind(lines, index + 1 + error, /^[=-]{20}/);
}
