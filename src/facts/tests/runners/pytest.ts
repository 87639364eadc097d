import { TestList, type TestRunner, toMs } from "../testRun.ts";

const VERBOSE = /^(\S+::.+?) (PASSED|FAILED|ERROR)(?:\s+\[\s*\d+%\])?\s*$/;
/** pytest-xdist puts the worker and the outcome first. */
const PARALLEL = /^\[gw\d+\](?: \[\s*\d+%\])? (PASSED|FAILED|ERROR) (\S+::.+?)\s*$/;
const SUMMARY = /^(?:FAILED|ERROR) (\S+?::.+?|\S+\.py)(?: - (.*))?$/;
const DURATION = /^\s*([\d.]+)s call\s+(\S+::.+?)\s*$/;
const COUNTS = /\b(\d+) (x?passed|x?failed|errors?)\b/g;

/** https://docs.pytest.org/en/stable/how-to/output.html */
export const pytest: TestRunner = {
	name: "pytest",
	isRunBy: (program) => /^(?:pytest|py\.test)(?:-3)?$/.test(program),
	trace:
		/^=+ test session starts =+|^(?:=+ )?(?:\d+ \w+, )*\d+ (?:passed|failed|errors?)\b.* in [\d.]+ ?s/m,
	summary: "whole",
	failure: "",
	hasExitStatus: true,
	read: (lines) => {
		const list = new TestList();
		for (const line of lines) {
			const [verbose, parallel] = [VERBOSE.exec(line), PARALLEL.exec(line)];
			const [summary, duration] = [SUMMARY.exec(line), DURATION.exec(line)];
			if (parallel !== null) list.add(parallel[2] ?? "", parallel[1] === "PASSED");
			else if (verbose !== null) list.add(verbose[1] ?? "", verbose[2] === "PASSED");
			else if (summary !== null) {
				list.add(summary[1] ?? "", false);
				list.explain(summary[1] ?? "", summary[2] ?? "");
			} else if (duration !== null) list.add(duration[2] ?? "", true, toMs(duration[1], "s"));
			else if (
				/\bin [\d.]+(?:s| seconds)\b/.test(line) &&
				/\d (?:x?passed|x?failed|error|skipped)/.test(line)
			) {
				let [passed, failed] = [0, 0];
				for (const [, count, what] of line.matchAll(COUNTS)) {
					// What was expected to fail is no failure where it does, nor by itself where it does not.
					if (what === "passed" || what?.startsWith("x")) passed += Number(count);
					else failed += Number(count);
				}
				list.addCounts(passed, failed);
			}
		}
		return list.report;
	},
};
