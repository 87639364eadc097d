import { detailBehind, TestList, type TestRunner, toMs } from "../testRun.ts";

const FAILURE = /^\d+\) ([\w\\]+::\w+)/;
const CLASS = /^\S.* \(([\w\\]+)\)$/;
const TESTDOX = /^ ([✔✘]) (.+?)(?: \[([\d.]+) ?(ms|s)\])?$/;
const OK = /^OK \((\d+) tests?,/;
const RESULT = /^Tests: (\d+), Assertions: \d+/;
const PEST_GROUP = /^\s+(?:PASS|FAIL)\s+([\w\\]+)$/;
const PEST_TEST = /^ {2}([✓⨯✕]) (.+?)(?:\s{2,}([\d.]+)(s|ms))?\s*$/;
const PEST_RESULT =
	/^\s+Tests:\s+(?:(\d+) failed, )?(?:\d+ \w+, )*?(?:(\d+) passed)?(?: \(\d+ assertions?\))?$/;

/** https://docs.phpunit.de, with `--testdox` or without. */
export const phpunit: TestRunner = {
	name: "phpunit",
	isRunBy: (program, args) =>
		/^(?:phpunit|pest)(?:\.phar)?$/.test(program) ||
		(/^(?:php|sail|artisan)$/.test(program) && args.slice(0, 2).includes("test")) ||
		(program === "php" && /(?:^|\/)(?:phpunit|pest)(?:\.phar)?$/.test(args[0] ?? "")),
	trace:
		/^PHPUnit \d+\.\d+|^\s+Tests:\s.*\(\d+ assertions?\)$|^OK \(\d+ tests?, \d+ assertions?\)$/m,
	summary: "whole",
	failure: "",
	hasExitStatus: true,
	read: (lines) => {
		const list = new TestList();
		let within = "";
		for (const [index, line] of lines.entries()) {
			const [failure, dox] = [FAILURE.exec(line), TESTDOX.exec(line)];
			const group = CLASS.exec(line) ?? PEST_GROUP.exec(line);
			const [test, pest] = [PEST_TEST.exec(line), PEST_RESULT.exec(line)];
			if (failure !== null) {
				list.add(
					failure[1] ?? "",
					false,
					null,
					detailBehind(lines, index, /^\S+\.php:\d+|^\d+\) /),
				);
			} else if (dox !== null) {
				// In prose: the failure is named once more by its method.
				if (dox[1] === "✔") list.add(`${within} › ${dox[2]}`, true, toMs(dox[3], dox[4]));
			} else if (test !== null && within !== "") {
				list.add(`${within} › ${test[2]}`, test[1] === "✓", toMs(test[3], test[4]));
			} else if (group !== null) within = group[1] ?? "";
			else if (OK.test(line)) list.addCounts(Number(OK.exec(line)?.[1]), 0);
			else if (pest !== null) list.addCounts(Number(pest[2] ?? 0), Number(pest[1] ?? 0));
			else if (RESULT.test(line)) {
				const failed = sum(line, /(?:Failures|Errors): (\d+)/g);
				const others = failed + sum(line, /(?:Skipped|Incomplete): (\d+)/g);
				list.addCounts(Math.max(0, Number(RESULT.exec(line)?.[1]) - others), failed);
			}
		}
		return list.report;
	},
};

function sum(line: string, counts: RegExp): number {
	return [...line.matchAll(counts)].reduce((all, [, count]) => all + Number(count), 0);
}
