import { detailBehind, indentOf, Outline, TestList, type TestRunner, toMs } from "../testRun.ts";

const PASSED = /^\s+[✓✔√] (.*?)(?: \(([\d.]+)(ms|s)\))?$/;
const FAILED = /^\s+(\d+)\) (.+)$/;
const TOTAL = /^\s+(\d+) (passing|failing)\b/;

/** The reporter `spec` of https://mochajs.org. */
export const mocha: TestRunner = {
	name: "mocha",
	isRunBy: (program, [verb]) =>
		/^(?:_?mocha(?:\.js)?|electron-mocha)$/.test(program) ||
		(/^(?:hardhat|truffle|anchor)$/.test(program) && verb === "test"),
	trace: /^\s+\d+ passing \(/m,
	summary: "end",
	failure: "  1 failing",
	hasExitStatus: true,
	read: (lines) => {
		const list = new TestList();
		const outline = new Outline();
		/** The failures by their numbers, which the list behind the run goes by. */
		const failures = new Map<string, string>();
		let isSummary = false;
		for (const [index, line] of lines.entries()) {
			const [passed, failed, total] = [PASSED.exec(line), FAILED.exec(line), TOTAL.exec(line)];
			if (total !== null) {
				isSummary = true;
				const count = Number(total[1]);
				list.addCounts(total[2] === "passing" ? count : 0, total[2] === "failing" ? count : 0);
			} else if (isSummary) {
				const id = failed === null ? undefined : failures.get(failed[1] ?? "");
				if (id !== undefined) list.explain(id, errorBehind(lines, index));
			} else if (passed !== null) {
				const id = outline.path(indentOf(line), passed[1] ?? "");
				list.add(id, true, toMs(passed[2], passed[3]));
			} else if (failed !== null) {
				const id = outline.path(indentOf(line), failed[2] ?? "");
				failures.set(failed[1] ?? "", id);
				list.add(id, false);
			} else if (/^ +\S/.test(line) && !/^\s+- /.test(line)) {
				outline.enter(indentOf(line), line.trim());
			}
		}
		return list.report;
	},
};

/** Behind the names of suites and test, whose last ends in a colon. */
function errorBehind(lines: readonly string[], index: number): string {
	const end = lines.slice(index, index + 20).findIndex((line) => /:\s*$/.test(line));
	return end < 0 ? "" : detailBehind(lines, index + end, /^\s+at |^\s+\d+\) /);
}
