import { TestList, type TestRunner } from "../testRun.ts";

/**
 * A runner of whose output the summary alone is read, and the tests where one pattern names them. It
 * never says by its exit status alone that tests passed: without a summary nothing is known.
 */
interface SummaryRunner {
	readonly name: string;
	readonly program: RegExp;
	/** Matches the arguments, joined by spaces. */
	readonly args?: RegExp;
	readonly summary: TestRunner["summary"];
	readonly failure?: string;
	/**
	 * Lines of the summary, with groups `total`, `passed`, `failed`, `broken` (failed otherwise), and
	 * `skipped` and `excluded` (of the total) as far as they tell; a line with `good` alone says that all is well, one with `bad` that it is not.
	 */
	readonly lines: readonly RegExp[];
	/** Lines that name a test: `id`, with `bad` or `good`. */
	readonly tests?: readonly RegExp[];
}

const JVM_TASK =
	/(?:^| ):?(?:[\w-]+:)*(?:test\w*|\w+Test|check|verify|integration-test|package|install)(?= |$)/;

const RUNNERS: readonly SummaryRunner[] = [
	{
		name: "mix test",
		program: /^mix$/,
		args: /(?:^|[ ,])(?:test|coveralls|espec)(?:\.[\w.]+)?(?= |$)/,
		summary: "end",
		failure: "5 tests, 1 failure",
		lines: [
			/^(?:\d+ (?:doctests?|properties|property|features?), )*(?<total>\d+) tests?, (?<failed>\d+) failures?(?:, (?<excluded>\d+) excluded)?(?:, (?<broken>\d+) invalid)?(?:, (?<skipped>\d+) skipped)?/,
		],
		tests: [/^ {2}\d+\) (?<bad>)(?<id>(?:test|property|doctest|feature) .+ \([\w.]+\))$/],
	},
	{
		name: "swift test",
		program: /^(?:swift|xcodebuild)$/,
		args: /(?:^| )test(?: |$)/,
		summary: "end",
		failure: "Executed 5 tests, with 1 failure (0 unexpected) in 0.1 (0.1) seconds",
		lines: [
			/^\s*Executed (?<total>\d+) tests?, with (?:(?<skipped>\d+) tests? skipped and )?(?<failed>\d+) failures?/,
			/^\S+\s+Test run with (?<total>\d+) tests?(?: in \d+ suites?)? (?:(?<good>passed)|(?<bad>failed))/,
			/^(?:\*\* |▸ )?T(?:EST|est) (?:(?<good>SUCCEEDED|Succeeded)|(?<bad>FAILED|Failed))(?: \*\*)?$/,
		],
		tests: [
			/^Test Case '(?:-\[)?(?<id>[^']+?)\]?' (?:(?<good>passed)|(?<bad>failed)) \(/,
			/^\S+\s+Test (?!run with)(?<id>\S.*?) (?:(?<good>passed)|(?<bad>failed)) after /,
		],
	},
	{
		name: "gradle",
		program: /^gradlew?(?:\.bat)?$/,
		args: JVM_TASK,
		summary: "end",
		failure: "BUILD FAILED in 1s",
		lines: [
			/^(?<total>\d+) tests? completed(?:, (?<failed>\d+) failed)?(?:, (?<skipped>\d+) skipped)?/,
			/^BUILD (?<bad>FAILED)/,
			/^> Task :\S*[tT]est\S*(?<good>)$/,
			/^> Task :\S*[tT]est\S* (?<bad>FAILED)$/,
		],
		tests: [/^(?<id>[\w.$]\S* > .+?)(?:\(\))? (?:(?<good>PASSED)|(?<bad>FAILED))$/],
	},
	{
		name: "maven surefire",
		program: /^mvn(?:w|d|w\.cmd)?$/,
		args: JVM_TASK,
		summary: "end",
		failure: "[ERROR] Tests run: 5, Failures: 1, Errors: 0, Skipped: 0",
		lines: [
			/^(?:\[\w+\] )?\s*Tests run: (?<total>\d+), Failures: (?<failed>\d+), Errors: (?<broken>\d+)(?:, Skipped: (?<skipped>\d+))?/,
			/^(?:\[\w+\] )?BUILD (?<bad>FAILURE)/,
		],
		tests: [
			/^(?:\[ERROR\] )?(?<id>[\w$]+(?:\.[\w$]+)+)(?:\(.*?\))?(?:\[.*?\])?\s+(?:--\s+)?Time elapsed: [\d.,]+ s\s+<<< (?<bad>FAILURE|ERROR)!/,
			/^(?:\[ERROR\] )?(?<id>[\w$]+\([\w.$]+\))\s+(?:--\s+)?Time elapsed: [\d.,]+ s\w*\s+<<< (?<bad>FAILURE|ERROR)!/,
		],
	},
	{
		name: "deno test",
		program: /^deno$/,
		args: /^test(?: |$)/,
		summary: "whole",
		lines: [/^(?:ok|FAILED) \| (?<passed>\d+) passed(?: \(\d+ steps?\))? \| (?<failed>\d+) failed/],
		tests: [/^(?<id>\S.*?) \.\.\. (?:(?<good>ok)|(?<bad>FAILED)) \([\d.]+\w+\)$/],
	},
	{
		name: "bun test",
		program: /^bun$/,
		args: /^(?:--\S+ )*test(?: |$)/,
		summary: "end",
		failure: " 1 fail",
		lines: [/^\s*(?<passed>\d+) pass$/, /^\s*(?<failed>\d+) fail$/, /^\s*(?<failed>\d+) errors?$/],
		tests: [
			/^(?:✓|\(pass\)) (?<good>)(?<id>\S.*?)(?: \[[\d.]+m?s\])?$/,
			/^(?:✗|\(fail\)) (?<bad>)(?<id>\S.*?)(?: \[[\d.]+m?s\])?$/,
		],
	},
	{
		name: "playwright",
		program: /^playwright$/,
		args: /^test(?: |$)/,
		summary: "part",
		failure: "  1 failed",
		lines: [
			/^\s+(?<passed>\d+) (?:passed|flaky)\b/,
			/^\s+(?<failed>\d+) (?:failed|interrupted|did not run)\b/,
		],
		tests: [
			/^\s+(?:✓|ok)\s+\d+ (?<good>)(?<id>\S.*?)(?: \([\d.]+m?s\))?$/,
			/^\s+(?:✘|x)\s+\d+ (?<bad>)(?<id>\S.*?)(?: \([\d.]+m?s\))?$/,
		],
	},
	{
		name: "zig",
		program: /^zig$/,
		args: /^(?:test|build test)(?: |$)/,
		summary: "whole",
		lines: [
			/^All (?<passed>\d+) tests passed\./,
			/^(?<passed>\d+) passed; (?:\d+ skipped; )?(?<failed>\d+) failed\./,
			/^Build Summary: .*?; (?<passed>\d+)\/(?<total>\d+) tests passed/,
		],
		tests: [/^\d+\/\d+ (?<id>\S.*?)\.{3}\s*(?:(?<good>OK)|(?<bad>FAIL))/],
	},
	{
		name: "minitest",
		program: /^(?:rails|rake|ruby|m|minitest)$/,
		args: /(?:^|[ /])-?I?tests?(?:[ :/.]|$)|_test\.rb/,
		summary: "whole",
		lines: [
			/^(?<total>\d+) (?:runs|tests), \d+ assertions, (?<failed>\d+) failures, (?<broken>\d+) errors(?:, (?<skipped>\d+) skips)?/,
		],
		tests: [/^(?<bad>)(?<id>[A-Z][\w:]*#test_\S+?)(?: \[.*)?:?$/],
	},
	{
		name: "dart test",
		program: /^(?:dart|flutter|fvm)$/,
		args: /(?:^| )test(?: |$)/,
		summary: "whole",
		lines: [/^\d+:\d+ \+(?<passed>\d+)(?: ~\d+)?(?: -(?<failed>\d+))?: (?:All|Some) tests/],
	},
	{
		name: "scala tests",
		program: /^(?:sbt|mill|bloop)$/,
		args: /test/i,
		summary: "end",
		failure: "[error] Failed: Total 5, Failed 1, Errors 0, Passed 4",
		lines: [
			/^(?:\[\w+\] )?(?:Passed|Failed|Error): Total \d+, Failed (?<failed>\d+), Errors (?<broken>\d+), Passed (?<passed>\d+)/,
			/^(?:\[\w+\] )?Tests: succeeded (?<passed>\d+), failed (?<failed>\d+)/,
		],
	},
	{
		name: "clojure.test",
		program: /^(?:lein|clj|clojure|bb)$/,
		args: /test/,
		summary: "end",
		failure: "1 failures, 0 errors.",
		lines: [
			/^Ran (?<total>\d+) tests containing/,
			/^(?<failed>\d+) failures, (?<broken>\d+) errors\./,
		],
	},
	{
		name: "examples",
		program: /^(?:crystal|shards|stack|cabal|ginkgo|busted|jasmine|jasmine-browser|bats|robot)$/,
		summary: "end",
		failure: "5 examples, 1 failure",
		lines: [
			/^(?<total>\d+) (?:examples?|specs?|tests?), (?:\d+ passed, )?(?<failed>\d+) (?:failures?|failed)(?:, (?<broken>\d+) errors?)?(?:, (?<skipped>\d+) (?:pending|skipped))?/,
			/^(?<passed>\d+) successes \/ (?<failed>\d+) failures? \/ (?<broken>\d+) errors?/,
			/^(?:SUCCESS|FAIL)! -- (?<passed>\d+) Passed \| (?<failed>\d+) Failed/,
			/^(?<passed>\d+) of (?<total>\d+) test suites \(/,
		],
	},
	{
		name: "cucumber",
		program: /^(?:cucumber|cucumber-js|behat|behave)$/,
		summary: "end",
		failure: "5 scenarios (1 failed, 4 passed)",
		lines: [
			/^\d+ scenarios? \((?:(?<failed>\d+) (?:failed|undefined|ambiguous|pending)(?:, )?)?.*?(?:(?<passed>\d+) passed)?\)$/,
			/^(?<passed>\d+) scenarios? passed, (?<failed>\d+) failed/,
		],
	},
	{
		name: "ava",
		program: /^ava$/,
		summary: "end",
		failure: "  1 test failed",
		lines: [
			/^ {2}(?<passed>\d+) tests? passed/,
			/^ {2}(?<failed>\d+) (?:tests? failed|uncaught exceptions?|unhandled rejections?)/,
		],
	},
	{
		name: "karma",
		program: /^(?:karma|ng)$/,
		args: /^(?:start|test)/,
		summary: "end",
		failure: "Executed 5 of 5 (1 FAILED)",
		lines: [
			/Executed (?<total>\d+) of \d+ .*?(?:\((?<failed>\d+) FAILED\)|(?<good>SUCCESS))/,
			/^TOTAL: (?:(?<failed>\d+) FAILED, )?(?<passed>\d+) SUCCESS/,
		],
	},
	{
		name: "cypress",
		program: /^cypress$/,
		args: /^run/,
		summary: "whole",
		lines: [/^\s*✖\s+(?<failed>\d+) of \d+ failed/, /^\s*✔\s+All (?<good>specs) passed!/],
	},
	{
		name: "prove",
		program: /^prove$/,
		summary: "whole",
		lines: [/^Result: (?:(?<good>PASS)|(?<bad>FAIL))/],
	},
	{
		name: "googletest",
		program: /^(?!)/,
		summary: "end",
		failure: "[  FAILED  ] 1 test, listed below:",
		lines: [
			/^\[ {2}PASSED {2}\] (?<passed>\d+) tests?/,
			/^\[ {2}FAILED {2}\] (?<failed>\d+) tests?, listed below/,
		],
		tests: [
			/^\[ {7}OK \] (?<good>)(?<id>\S+) \(\d+ ms\)/,
			/^\[ {2}FAILED {2}\] (?<bad>)(?<id>\S+\.\w\S*?)(?: \(\d+ ms\)|, where .*)?$/,
		],
	},
	{
		name: "catch2",
		program: /^(?!)/,
		summary: "whole",
		lines: [
			/^All tests passed \(\d+ assertions? in (?<passed>\d+) test cases?\)/,
			/^test cases:\s+\d+ \|(?:\s+(?<passed>\d+) passed \|)?\s+(?<failed>\d+) failed/,
		],
	},
	{
		name: "testthat",
		program: /^Rscript$/,
		args: /test/,
		summary: "whole",
		lines: [/^\[ FAIL (?<failed>\d+) \| WARN \d+ \| SKIP \d+ \| PASS (?<passed>\d+) \]$/],
	},
	{
		name: "pester",
		program: /^invoke-pester$/i,
		summary: "whole",
		lines: [/^Tests Passed: (?<passed>\d+), Failed: (?<failed>\d+)/],
		tests: [/^\s+\[(?:(?<good>\+)|(?<bad>-))\] (?<id>\S.*?)(?: [\d.]+m?s)?(?: \(.*\))?$/],
	},
	{
		name: "forge test",
		program: /^forge$/,
		args: /^test/,
		summary: "end",
		failure: "Suite result: FAILED. 1 passed; 1 failed; 0 skipped",
		lines: [/^(?:Suite|Test) result: \w+\. (?<passed>\d+) passed; (?<failed>\d+) failed/],
		tests: [
			/^\[PASS\] (?<good>)(?<id>\w+\(.*?\)) \(/,
			/^\[FAIL[.:\]].*\] (?<bad>)(?<id>\w+\(.*?\)) \(/,
		],
	},
	{
		name: "terraform test",
		program: /^(?:terraform|tofu)$/,
		args: /^test/,
		summary: "whole",
		lines: [/^(?:Success|Failure)! (?<passed>\d+) passed, (?<failed>\d+) failed/],
	},
	{
		name: "julia test",
		program: /^julia$/,
		args: /test/,
		summary: "whole",
		lines: [
			/^\s*Testing \S+ tests (?<good>passed)/,
			/^ERROR: Package \S+ (?<bad>errored) during testing/,
		],
	},
	{
		name: "meson test",
		program: /^meson$/,
		args: /^test/,
		summary: "end",
		failure: "Fail:               1",
		lines: [/^Ok:\s+(?<passed>\d+)/, /^(?:Fail|Timeout):\s+(?<failed>\d+)/],
	},
	{
		name: "bazel test",
		program: /^bazel(?:isk)?$/,
		args: /(?:^| )(?:test|coverage) /,
		summary: "whole",
		lines: [
			/^Executed \d+ out of (?<total>\d+) tests?: (?:(?<passed>\d+) tests? pass(?:es)?)?.*?(?:(?<failed>\d+) fails? |\.$)/,
		],
	},
];

export const SUMMARY_RUNNERS: readonly TestRunner[] = RUNNERS.map((runner) => ({
	name: runner.name,
	isRunBy: (program, args) =>
		runner.program.test(program) && (runner.args?.test(args.join(" ")) ?? true),
	trace: new RegExp(runner.lines.map(({ source }) => `(?:${unnamed(source)})`).join("|"), "m"),
	summary: runner.summary,
	failure: runner.failure ?? "",
	hasExitStatus: false,
	read: (lines) => {
		const list = new TestList();
		for (const line of lines) {
			const test = firstOf(runner.tests ?? [], line);
			const counts = test === null ? firstOf(runner.lines, line) : null;
			if (test?.id !== undefined) list.add(test.id, test.bad === undefined);
			else if (counts !== null) addCounts(list, counts);
		}
		return list.report;
	},
}));

type Groups = Readonly<Record<string, string | undefined>>;

function addCounts(list: TestList, groups: Groups): void {
	const { total, passed, failed, broken, skipped, excluded, good, bad } = groups;
	const wrong = Number(failed ?? 0) + Number(broken ?? 0) + Number(bad !== undefined);
	const left = Number(skipped ?? 0) + Number(excluded ?? 0);
	const all = total === undefined ? undefined : Number(total) - left;
	// Of all and those that passed the rest has not.
	const missing = failed === undefined && passed !== undefined && all !== undefined;
	const lost = missing ? all - Number(passed) : wrong;
	list.addCounts(Number(passed ?? Math.max(0, (all ?? Number(good !== undefined)) - wrong)), lost);
}

function firstOf(patterns: readonly RegExp[], line: string): Groups | null {
	for (const pattern of patterns) {
		const found = pattern.exec(line);
		if (found !== null) return found.groups ?? {};
	}
	return null;
}

/** A name may stand once in a regular expression. */
function unnamed(source: string): string {
	return source.replace(/\(\?<\w+>/g, "(?:");
}
