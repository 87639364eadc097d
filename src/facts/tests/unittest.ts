import { detailBehind, TestList, type TestRunner } from "./testRun.ts";

const VERBOSE = /^(\w+) \(([\w.]+)\)(?:.*?)? \.\.\. (ok|FAIL|ERROR)$/;
const FAILURE = /^(?:FAIL|ERROR): (\w+) \(([\w.]+)\)/;
const COUNTS = /\b(?:failures|errors)=(\d+)/g;

/** https://docs.python.org/3/library/unittest.html#command-line-interface */
export const unittest: TestRunner = {
	name: "unittest",
	isRunBy: (program, args) =>
		(/^python[\d.]*$/.test(program) && args[0] === "-m" && args[1] === "unittest") ||
		(/^python[\d.]*$/.test(program) &&
			/(?:^|\/)manage\.py$/.test(args[0] ?? "") &&
			args[1] === "test"),
	trace: /^Ran \d+ tests? in [\d.]+s$/m,
	read: (lines) => {
		const list = new TestList();
		for (const [index, line] of lines.entries()) {
			const [verbose, failure] = [VERBOSE.exec(line), FAILURE.exec(line)];
			if (verbose !== null) list.add(idOf(verbose), verbose[3] === "ok");
			else if (failure !== null) {
				list.add(idOf(failure), false);
				list.explain(idOf(failure), errorBehind(lines, index));
			} else if (/^(?:OK|FAILED)\b/.test(line)) {
				list.addFailed([...line.matchAll(COUNTS)].reduce((sum, [, n]) => sum + Number(n), 0));
			}
		}
		return list.report;
	},
};

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
