import { detailBehind, TestList, type TestRunner, toMs } from "../testRun.ts";

const TEST = /^\s*(?:--- (PASS|FAIL):|=== FAIL: \S+) (\S+) \(([\d.]+)s\)/;
const JSON_LINE = /^\{"(?:Time|Action)":.*"Package":/;
/** The summary of gotestsum. */
const DONE = /^DONE (\d+) tests?(?:, \d+ skipped)?(?:, (\d+) failures?)?(?:, (\d+) errors?)?/;
/** Without a test's name, such as a package that does not compile. */
const BROKEN = /^FAIL\s+(\S+) \[(?:build|setup) failed\]/;

/** https://pkg.go.dev/cmd/go#hdr-Test_packages, with `-json` or without. */
export const goTest: TestRunner = {
	name: "go test",
	isRunBy: (program, args) =>
		(program === "go" && args.find((arg) => !arg.startsWith("-")) === "test") ||
		program === "gotestsum",
	trace: /^(?:ok|FAIL)\s+\S+\s+(?:[\d.]+s|\(cached\))|^--- FAIL: Test|^DONE \d+ tests/m,
	summary: "end",
	failure: "FAIL\texample.org/app\t0.01s",
	hasExitStatus: true,
	read: (lines) => {
		const list = new TestList();
		for (const [index, line] of lines.entries()) {
			const [test, broken, done] = [TEST.exec(line), BROKEN.exec(line), DONE.exec(line)];
			if (test !== null) {
				const passed = test[1] === "PASS";
				const detail = passed ? "" : detailBehind(lines, index, /^\s*---|^(?:FAIL|ok|PASS)\b/);
				list.add(test[2] ?? "", passed, toMs(test[3], "s"), detail);
			} else if (broken !== null) list.add(broken[1] ?? "", false, null, "build failed");
			else if (JSON_LINE.test(line)) fromJson(list, line);
			else if (/^FAIL\b/.test(line)) list.addCounts(0, 1);
			else if (/^ok\s/.test(line) && !line.includes("[no tests to run]")) list.addCounts(1, 0);
			else if (done !== null) {
				const failed = Number(done[2] ?? 0) + Number(done[3] ?? 0);
				list.addCounts(Math.max(0, Number(done[1]) - failed), failed);
			}
		}
		return list.report;
	},
};

function fromJson(list: TestList, line: string): void {
	try {
		const { Action, Test, Elapsed } = JSON.parse(line) as Readonly<Record<string, unknown>>;
		if (Action !== "pass" && Action !== "fail") return;
		if (typeof Test !== "string") {
			// A whole package; one that passed may have had no tests.
			if (Action === "fail") list.addCounts(0, 1);
			return;
		}
		list.add(Test, Action === "pass", typeof Elapsed === "number" ? Elapsed * 1000 : null);
	} catch {
		// A line that was cut off names no test.
	}
}
