import { detailBehind, TestList, type TestRunner } from "../testRun.ts";

const RERUN = /^rspec (?:\.\/)?(\S+?)(?:\[[\d:]+\]|:\d+)? # (.+)$/;
const FAILURE = /^ {2}\d+\) (.+)$/;
const RESULT =
	/^(\d+) examples?, (\d+) failures?(?:, (\d+) pending)?(?:.*?, (\d+) errors? occurred)?/;

/** https://rspec.info: only the examples that failed are named with their file. */
export const rspec: TestRunner = {
	name: "rspec",
	isRunBy: (program) => /^(?:rspec|parallel_rspec|turbo_tests)$/.test(program),
	trace: /^\d+ examples?, \d+ failures?/m,
	summary: "whole",
	failure: "",
	hasExitStatus: true,
	read: (lines) => {
		const list = new TestList();
		const details = new Map<string, string>();
		for (const [index, line] of lines.entries()) {
			const [rerun, failure, result] = [RERUN.exec(line), FAILURE.exec(line), RESULT.exec(line)];
			if (failure !== null) {
				details.set(failure[1]?.trim() ?? "", detailBehind(lines, index, /^\s+# |^ {2}\d+\) /));
			} else if (result !== null) {
				const failed = Number(result[2]) + Number(result[4] ?? 0);
				const passed = Number(result[1]) - failed - Number(result[3] ?? 0);
				list.addCounts(Math.max(0, passed), failed);
			} else if (rerun !== null) {
				const [, file, name = ""] = rerun;
				list.add(`${file} › ${name}`, false, null, details.get(name.trim()) ?? "");
			}
		}
		return list.report;
	},
};
