import { detailBehind, TestList, type TestRunner, toMs } from "./testRun.ts";

const FILE =
	/^\s*([✓❯×]) (?:\|[^|]+\| )?(\S+\.[cm]?[jt]sx?) \(\d+ tests?(?: \| .*)?\)(?:.*?([\d.]+) ?(ms|s))?/;
const TEST = /^\s*([✓×]) (?:\|[^|]+\| )?(.+?)(?: (\d[\d.]*) ?(ms|s))?\s*$/;
const FAILURE = /^\s*FAIL\s+(?:\|[^|]+\| )?(\S+\.[cm]?[jt]sx?)(?: \[.*\])?(?: > (.+))?$/;
const SUMMARY = /^\s+Tests\s+(?:(\d+) failed)?/;

/** https://vitest.dev/guide/reporters; a file is told as a test where its tests are not named. */
export const vitest: TestRunner = {
	name: "vitest",
	isRunBy: (program) => program === "vitest",
	trace: /^\s*(?:RUN|DEV)\s+v\d+\.\d+|^\s+Test Files\s+\d+/m,
	read: (lines) => {
		const list = new TestList();
		let file = "";
		for (const [index, line] of lines.entries()) {
			const [whole, test, failure] = [FILE.exec(line), TEST.exec(line), FAILURE.exec(line)];
			const summary = SUMMARY.exec(line);
			if (whole !== null) {
				file = whole[2] ?? "";
				list.add(file, whole[1] === "✓", toMs(whole[3], whole[4]));
			} else if (failure !== null) {
				const id = idOf(failure[1] ?? "", failure[2]);
				if (id !== failure[1]) list.drop(failure[1] ?? "");
				list.add(id, false);
				list.explain(id, detailBehind(lines, index, /^\s*(?:❯|⎯|FAIL)/));
			} else if (test !== null) {
				const [own, rest] = splitPath(test[2] ?? "");
				if (own === "" && file !== "") list.drop(file);
				const id = own === "" ? idOf(file, rest) : idOf(own, rest);
				list.add(id, test[1] === "✓", toMs(test[3], test[4]));
			} else if (summary !== null) list.addFailed(Number(summary[1] ?? 0));
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
