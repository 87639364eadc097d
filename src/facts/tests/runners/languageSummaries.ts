import type { SummaryRunner } from "./summaryRunner.ts";

const JVM_TASK =
	/(?:^| ):?(?:[\w-]+:)*(?:test\w*|\w+Test|check|verify|integration-test|package|install)(?= |$)/;

/** What comes with a language. */
export const LANGUAGE_SUMMARIES: readonly SummaryRunner[] = [
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
];
