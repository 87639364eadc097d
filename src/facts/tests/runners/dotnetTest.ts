import { detailBehind, TestList, type TestRunner, toMs } from "../testRun.ts";

const TEST = /^\s+(Passed|Failed) (\S.*?)(?: \[(?:< )?([\d.,]+) (ms|s|m)\])?$/;
/** In any language: the numbers stand in one order, those that failed first. */
const RESULT =
	/^\s*\S.{0,20}[!！]\s*[-:–][^\d:：!]+[:：]\s*(\d+)[,，、][^\d:：]+[:：]\s*(\d+)[,，、][^\d:：]+[:：]\s*\d+[,，、]/;
const LOGGER_RESULT = /^Test summary: total: \d+, failed: (\d+), succeeded: (\d+),/;
/** One to a line: `Passed: 2` of VSTest, `succeeded: 2` of the newer platform. */
const COUNT = /^\s+(Passed|Failed|succeeded|failed): (\d+)$/;

/** https://learn.microsoft.com/dotnet/core/tools/dotnet-test */
export const dotnetTest: TestRunner = {
	name: "dotnet test",
	isRunBy: (program, args) => program === "dotnet" && (args[0] === "test" || args[0] === "vstest"),
	trace: /^(?:Passed|Failed|Skipped)!\s+- Failed:\s+\d+,|^Test summary: total: \d+, failed:/m,
	summary: "end",
	failure:
		"Failed!  - Failed:     1, Passed:     1, Skipped:     0, Total:     2, Duration: 20 ms - App.dll (net8.0)",
	hasExitStatus: true,
	read: (lines) => {
		const list = new TestList();
		for (const [index, line] of lines.entries()) {
			const test = TEST.exec(line);
			const result = RESULT.exec(line) ?? LOGGER_RESULT.exec(line);
			const count = COUNT.exec(line);
			if (result !== null) list.addCounts(Number(result[2]), Number(result[1]));
			else if (count !== null) {
				const isFailed = /failed/i.test(count[1] ?? "");
				list.addCounts(isFailed ? 0 : Number(count[2]), isFailed ? Number(count[2]) : 0);
			} else if (test !== null) {
				const passed = test[1] === "Passed";
				const at = /^\s+Error Message:/.test(lines[index + 1] ?? "") ? index + 1 : index;
				const detail = passed ? "" : detailBehind(lines, at, /^\s+(?:Stack Trace|Passed |Failed )/);
				list.add(test[2] ?? "", passed, toMs(test[3], test[4]), detail);
			}
		}
		return list.report;
	},
};
