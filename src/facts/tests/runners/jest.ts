import { detailBehind, indentOf, Outline, TestList, type TestRunner, toMs } from "../testRun.ts";

const FILE = /^\s*(PASS|FAIL)\s+(?:\S+ )?(\S+\.[cm]?[jt]sx?)\b/;
const TEST = /^\s+([✓√✕×]) (.*?)(?: \(([\d.]+) ?(ms|s)\))?$/;
const FAILURE = /^\s*● (.+ › .+|\S.*)$/;
const SUMMARY = /^Tests:\s+(?:(\d+) failed, )?(?:\d+ (?:skipped|todo|pending), )*(?:(\d+) passed)?/;
/** A suite that fails without a test of it has not begun. */
const SUITES = /^Test Suites:\s+(\d+) failed/;

/** https://jestjs.io/docs/cli; a file is told as a test where its tests are not named. */
export const jest: TestRunner = {
	name: "jest",
	isRunBy: (program, args) =>
		program === "jest" ||
		(/^(?:react-scripts|craco|tsdx)$/.test(program) && args[0] === "test") ||
		(program === "helm" && args[0] === "unittest"),
	trace: /^Test(?:s| Suites): .*\d+ total$/m,
	summary: "whole",
	failure: "",
	hasExitStatus: true,
	read: (lines) => {
		const list = new TestList();
		const outline = new Outline();
		let file = "";
		for (const [index, line] of lines.entries()) {
			const [header, test, failure] = [FILE.exec(line), TEST.exec(line), FAILURE.exec(line)];
			const [summary, suites] = [SUMMARY.exec(line), SUITES.exec(line)];
			if (header !== null) {
				file = header[2] ?? "";
				outline.leave(0);
				list.add(file, header[1] === "PASS");
			} else if (test !== null) {
				list.drop(file);
				const path = outline.path(indentOf(line), test[2] ?? "");
				const passed = test[1] === "✓" || test[1] === "√";
				list.add(file === "" ? path : `${file} › ${path}`, passed, toMs(test[3], test[4]));
			} else if (failure !== null && file !== "") {
				// Something of the file itself, such as what it imports, has no name of a test.
				const isTest =
					failure[1]?.includes(" › ") || !/^(?:Test suite|Console)/.test(failure[1] ?? "");
				const id = isTest ? `${file} › ${failure[1]?.trim()}` : file;
				if (isTest) list.drop(file);
				list.add(id, false);
				list.explain(id, detailBehind(lines, index, /^\s*(?:at |● |\d+ \|)/));
			} else if (summary !== null) {
				list.addCounts(Number(summary[2] ?? 0), Number(summary[1] ?? 0));
			} else if (suites !== null) list.addCounts(0, Number(suites[1]));
			else if (/^ +\S/.test(line) && file !== "") outline.enter(indentOf(line), line.trim());
			else if (line.trim() !== "") outline.leave(0);
		}
		return list.report;
	},
};
