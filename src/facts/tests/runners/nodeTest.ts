import { detailBehind, indentOf, Outline, TestList, type TestRunner, toMs } from "../testRun.ts";

const SUITE = /^\s*▶ (.+?)(?: \([\d.]+ms\))?$/;
const SPEC = /^\s*([✔✖]) (.+?) \(([\d.]+)ms\)/;
const TAP = /^\s*(ok|not ok) \d+(?: -)? (.*?)(?: # .*)?$/;
const SUBTEST = /^\s*# Subtest: (.+)$/;
const TOTAL = /^(?:ℹ|#) (pass|fail|cancelled)\s+(\d+)$/;

/** The reporters `spec` and `tap` of https://nodejs.org/api/test.html, and what else writes TAP. */
export const nodeTest: TestRunner = {
	name: "node --test",
	isRunBy: (program, args) =>
		/^(?:tap|tape)$/.test(program) ||
		(/^(?:node|nodejs|tsx)$/.test(program) && args.includes("--test")),
	trace: /^(?:ℹ|#) tests\s+\d+$/m,
	summary: "whole",
	failure: "",
	hasExitStatus: true,
	read: (lines) => {
		const list = new TestList();
		const outline = new Outline();
		const suites = new Set<string>();
		let isSummary = false;
		let passed = 0;
		for (const [index, line] of lines.entries()) {
			const [suite, spec, tap] = [
				SUITE.exec(line) ?? SUBTEST.exec(line),
				SPEC.exec(line),
				TAP.exec(line),
			];
			const total = TOTAL.exec(line);
			if (/^✖ failing tests:/.test(line)) isSummary = true;
			else if (/ # (?:SKIP|TODO)\b/i.test(line)) continue;
			else if (total !== null && total[1] === "pass") passed = Number(total[2]);
			// Of some that write TAP a line of failures is there only where there are any.
			else if (/^# ok$/.test(line)) list.addCounts(passed, 0);
			else if (total !== null) list.addCounts(total[1] === "fail" ? passed : 0, Number(total[2]));
			else if (suite !== null && !isSummary) {
				// What turns out to hold tests is no test: its own line comes behind theirs.
				suites.add(outline.path(indentOf(line), suite[1] ?? ""));
				outline.enter(indentOf(line), suite[1] ?? "");
			} else if (spec !== null) {
				const [, mark, name = "", ms] = spec;
				if (isSummary) explain(list, name, detailBehind(lines, index, /^\s+at |^✖/));
				else add(outline.path(indentOf(line), name), mark === "✔", toMs(ms));
			} else if (tap !== null) {
				const id = outline.path(indentOf(line), tap[2] ?? "");
				const block = lines.slice(index + 1, index + 40);
				const head = block.slice(0, block.findIndex((each) => /^\s*\.\.\.$/.test(each)) + 1);
				if (head.some((each) => /^\s*type: 'suite'/.test(each))) continue;
				const ms = head.map((each) => /duration_ms: ([\d.]+)/.exec(each)?.[1]).find(Boolean);
				const error = head.find((each) => /^\s*error: /.test(each)) ?? "";
				list.add(id, tap[1] === "ok", toMs(ms), error.trim());
			}
		}
		return list.report;

		function add(id: string, passed: boolean, ms: number | null): void {
			if (!suites.has(id)) list.add(id, passed, ms);
		}
	},
};

/** The list behind the run names a test without its suites. */
function explain(list: TestList, name: string, detail: string): void {
	for (const { id, passed } of list.report.tests) {
		if (!passed && (id === name || id.endsWith(` › ${name}`))) list.explain(id, detail);
	}
}
