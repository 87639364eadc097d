import { detailBehind, TestList, type TestRunner, toMs } from "./testRun.ts";

const TEST = /^test (.+?)(?: - should panic)? \.\.\. (ok|FAILED)(?: <([\d.]+)s>)?$/;
const NEXTEST = /^\s+(PASS|FAIL) \[\s*([\d.]+)s\] (?:\([^)]*\) )?\S+ (\S+)$/;
const OUTPUT = /^---- (.+) stdout ----$/;
const RESULT = /^test result: \w+\. \d+ passed; (\d+) failed/;

/** https://doc.rust-lang.org/cargo/commands/cargo-test.html and https://nexte.st */
export const cargoTest: TestRunner = {
	name: "cargo test",
	isRunBy: (program, args) => {
		const [verb] = args.filter((arg) => !/^[-+]/.test(arg));
		return program === "cargo" && (verb === "test" || verb === "t" || verb === "nextest");
	},
	trace: /^test result: (?:ok|FAILED)\. \d+ passed/m,
	read: (lines) => {
		const list = new TestList();
		for (const [index, line] of lines.entries()) {
			const [test, next] = [TEST.exec(line), NEXTEST.exec(line)];
			const [output, result] = [OUTPUT.exec(line), RESULT.exec(line)];
			if (test !== null) list.add(test[1] ?? "", test[2] === "ok", toMs(test[3], "s"));
			else if (next !== null) list.add(next[3] ?? "", next[1] === "PASS", toMs(next[2], "s"));
			else if (output !== null) {
				list.explain(output[1] ?? "", detailBehind(lines, index, /^(?:---- |note: |failures:)/));
			} else if (result !== null) list.addFailed(Number(result[1]));
		}
		return list.report;
	},
};
