import { detailBehind, TestList, type TestRunner, toMs } from "../testRun.ts";

const FILE =
	/^\s*([✓√❯×]) (?:\|[^|]+\| )?(\S+\.[cm]?[jt]sx?) +\((\d+) tests?(?: \| (.*?))?\)(?:.*?([\d.]+) ?(ms|s))?/;
const TEST = /^\s*([✓√×]) (?:\|[^|]+\| )?(.+?)(?: (\d[\d.]*) ?(ms|s))?\s*$/;
const FAILURE = /^\s*FAIL\s+(?:\|[^|]+\| )?(\S+\.[cm]?[jt]sx?)(?: \[.*\])?(?: > (.+))?$/;
/** Below the line of their file, as version 1 has them. */
const FAILED = /^\s+❯ (\S+\.[cm]?[jt]sx?) > (.+)$/;
const SUMMARY = /^\s+Tests\s+(?:(\d+) failed(?: \| )?)?(?:(\d+) passed)?/;
/** What fails beside tests: files that do not load, and errors that nobody caught. */
const MORE = /^\s+(?:Test Files\s+(\d+) failed|Errors\s+(\d+) errors?)/;

/** https://vitest.dev/guide/reporters; a file is told as a test where its tests are not named. */
export const vitest: TestRunner = {
	name: "vitest",
	isRunBy: (program, [verb]) =>
		/^vitest(?:\.mjs)?$/.test(program) && !/^(?:list|init|bench)$/.test(verb ?? ""),
	trace: /^\s*(?:RUN|DEV)\s+v\d+\.\d+|^\s+(?:Test Files|Tests)\s+\d+ (?:passed|failed|skipped)/m,
	summary: "whole",
	failure: "",
	hasExitStatus: true,
	read: (lines) => {
		const list = new TestList();
		let file = "";
		for (const [index, line] of lines.entries()) {
			const [whole, test] = [FILE.exec(line), TEST.exec(line)];
			const failure = FAILURE.exec(line) ?? FAILED.exec(line);
			const [summary, more] = [SUMMARY.exec(line), MORE.exec(line)];
			if (whole !== null) {
				file = whole[2] ?? "";
				// A file of which tests are skipped may be marked as one that fails.
				const failed = !isGood(whole[1]) && (whole[3] === "0" || /failed/.test(whole[4] ?? ""));
				if (failed || isGood(whole[1])) list.add(file, !failed, toMs(whole[5], whole[6]));
			} else if (failure !== null) {
				const id = idOf(failure[1] ?? "", failure[2]);
				if (id !== failure[1]) list.drop(failure[1] ?? "");
				list.add(id, false);
				list.explain(id, detailBehind(lines, index, /^\s*(?:❯|⎯|FAIL)/));
			} else if (test !== null) {
				const [own, rest] = splitPath(test[2] ?? "");
				if (own === "" && file !== "") list.drop(file);
				const id = own === "" ? idOf(file, rest) : idOf(own, rest);
				list.add(id, isGood(test[1]), toMs(test[3], test[4]));
			} else if (summary !== null) {
				list.addCounts(Number(summary[2] ?? 0), Number(summary[1] ?? 0));
			} else if (more !== null) list.addCounts(0, Number(more[1] ?? more[2]));
		}
		return list.report;
	},
};

/** A verbose line names the file first. */
function splitPath(path: string): [file: string, rest: string] {
	const parts = /^(\S+\.[cm]?[jt]sx?) > (.+)$/.exec(path);
	return parts === null ? ["", path] : [parts[1] ?? "", parts[2] ?? ""];
}

function idOf(file: string, path: string | undefined): string {
	return [file, ...(path ?? "").split(" > ")].filter(Boolean).join(" › ");
}

/** On Windows the mark is another. */
function isGood(mark: string | undefined): boolean {
	return mark === "✓" || mark === "√";
}
