import { detailBehind, TestList, type TestRunner, toMs } from "./testRun.ts";

const TEST = /^\s+(Passed|Failed) (\S.*?)(?: \[(?:< )?([\d.,]+) (ms|s|m)\])?$/;
const RESULT = /^(?:Passed|Failed)!\s+- Failed:\s+(\d+),/;
const OLD_RESULT = /^\s*Failed: (\d+)$/;

/** https://learn.microsoft.com/dotnet/core/tools/dotnet-test */
export const dotnetTest: TestRunner = {
	name: "dotnet test",
	isRunBy: (program, args) => program === "dotnet" && (args[0] === "test" || args[0] === "vstest"),
	trace: /^(?:Passed|Failed)!\s+- Failed:\s+\d+,/m,
	read: (lines) => {
		const list = new TestList();
		for (const [index, line] of lines.entries()) {
			const test = TEST.exec(line);
			const result = RESULT.exec(line) ?? OLD_RESULT.exec(line);
			if (result !== null) list.addFailed(Number(result[1]));
			else if (test !== null) {
				const passed = test[1] === "Passed";
				const at = /^\s+Error Message:/.test(lines[index + 1] ?? "") ? index + 1 : index;
				const detail = passed ? "" : detailBehind(lines, at, /^\s+(?:Stack Trace|Passed |Failed )/);
				list.add(test[2] ?? "", passed, toMs(test[3], test[4]), detail);
			}
		}
		return list.report;
	},
};
