import { detailBehind, TestList, type TestRunner, toMs } from "./testRun.ts";

const FAILURE = /^\d+\) ([\w\\]+::\w+)/;
const CLASS = /^\S.* \(([\w\\]+)\)$/;
const TESTDOX = /^ ([✔✘]) (.+?)(?: \[([\d.]+) ?(ms|s)\])?$/;
const RESULT = /^Tests: \d+, Assertions: \d+/;

/** https://docs.phpunit.de, with `--testdox` or without. */
export const phpunit: TestRunner = {
	name: "phpunit",
	isRunBy: (program, args) =>
		/^(?:phpunit|pest)(?:\.phar)?$/.test(program) ||
		(program === "php" && args[0] === "artisan" && args[1] === "test"),
	trace: /^PHPUnit \d+\.\d+|^OK \(\d+ tests?, \d+ assertions?\)$/m,
	read: (lines) => {
		const list = new TestList();
		let within = "";
		for (const [index, line] of lines.entries()) {
			const [failure, group, dox] = [FAILURE.exec(line), CLASS.exec(line), TESTDOX.exec(line)];
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
			} else if (group !== null) within = group[1] ?? "";
			else if (/^OK \(\d+ tests?/.test(line)) list.addFailed(0);
			else if (RESULT.test(line)) {
				const counts = [...line.matchAll(/(?:Failures|Errors): (\d+)/g)];
				list.addFailed(counts.reduce((sum, [, count]) => sum + Number(count), 0));
			}
		}
		return list.report;
	},
};
