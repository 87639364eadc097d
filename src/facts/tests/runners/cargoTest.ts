import { detailBehind, TestList, type TestRunner, toMs } from "../testRun.ts";

const TEST = /^test (.+?)(?: - should panic)? \.\.\. (ok|FAILED)(?: <([\d.]+)s>)?$/;
const NEXTEST =
	/^\s+(PASS|LEAK|FAIL|TIMEOUT|ABORT|SIG[A-Z]+) \[\s*>?([\d.]+)s\] (?:\([^)]*\) )?\S+ (\S+)$/;
const OUTPUT = /^---- (.+) stdout ----$/;
const RESULT = /^test result: \w+\. (\d+) passed; (\d+) failed/;
const NEXTEST_RESULT =
	/^\s*Summary \[.*?\]\s+\d+(?:\/\d+)? tests? run: (\d+) passed(?: \([^)]*\))?(?:, (\d+) failed)?(?:, (\d+) timed out)?/;

/** https://doc.rust-lang.org/cargo/commands/cargo-test.html and https://nexte.st */
export const cargoTest: TestRunner = {
	name: "cargo test",
	isRunBy: (program, args) => {
		if (program === "cargo-nextest") return true;
		const [verb = "", next = ""] = args.filter((arg) => !/^[-+]/.test(arg));
		if (!/^(?:cargo|cross)$/.test(program) || next === "list") return false;
		return (
			/^(?:test|t|nextest|llvm-cov|tarpaulin)$/.test(verb) ||
			(/^(?:insta|hack|miri|careful|xtask|make)$/.test(verb) && next === "test")
		);
	},
	trace: /^test result: (?:ok|FAILED)\. \d+ passed|^\s*Summary \[.*\] \d+ tests? run:/m,
	summary: "end",
	failure:
		"test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
	hasExitStatus: true,
	read: (lines) => {
		const list = new TestList();
		for (const [index, line] of lines.entries()) {
			const [test, next] = [TEST.exec(line), NEXTEST.exec(line)];
			const [output, result] = [OUTPUT.exec(line), RESULT.exec(line)];
			const whole = NEXTEST_RESULT.exec(line);
			if (test !== null) list.add(test[1] ?? "", test[2] === "ok", toMs(test[3], "s"));
			else if (next !== null)
				list.add(next[3] ?? "", /PASS|LEAK/.test(next[1] ?? ""), toMs(next[2], "s"));
			else if (output !== null) {
				list.explain(output[1] ?? "", detailBehind(lines, index, /^(?:---- |note: |failures:)/));
			} else if (result !== null) list.addCounts(Number(result[1]), Number(result[2]));
			else if (whole !== null) {
				list.addCounts(Number(whole[1]), Number(whole[2] ?? 0) + Number(whole[3] ?? 0));
			}
		}
		return list.report;
	},
};
