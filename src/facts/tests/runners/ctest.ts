import { TestList, type TestRunner, toMs } from "../testRun.ts";

const TEST =
	/^\s*\d+\/\d+ Test\s+#\d+: (.+?) \.*\s*(Passed|\*\*\*(?!Not Run|Skipped).+?)\s+([\d.]+) sec/;
/** In the list at the end; what is not run there is no test that failed. */
const LISTED = /^\s+\d+ - (.+?) \((?!Not Run|Skipped|Disabled)(\w[\w :]*)\)$/;
const RESULT = /^\d+% tests passed, (\d+) tests? failed out of (\d+)/;

/** https://cmake.org/cmake/help/latest/manual/ctest.1.html */
export const ctest: TestRunner = {
	name: "ctest",
	isRunBy: (program) => program === "ctest",
	trace: /^\d+% tests passed, \d+ tests? failed out of/m,
	summary: "whole",
	failure: "",
	hasExitStatus: true,
	read: (lines) => {
		const list = new TestList();
		for (const line of lines) {
			const [test, result, listed] = [TEST.exec(line), RESULT.exec(line), LISTED.exec(line)];
			if (test !== null) {
				const passed = test[2] === "Passed";
				const detail = passed ? "" : (test[2] ?? "").replaceAll("*", "");
				list.add(test[1] ?? "", passed, toMs(test[3], "s"), detail);
			} else if (listed !== null) list.add(listed[1] ?? "", false, null, listed[2]);
			else if (result !== null) {
				list.addCounts(Number(result[2]) - Number(result[1]), Number(result[1]));
			}
		}
		return list.report;
	},
};
