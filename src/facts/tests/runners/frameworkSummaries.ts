import type { SummaryRunner } from "./summaryRunner.ts";

/** What a project adds to its language. */
export const FRAMEWORK_SUMMARIES: readonly SummaryRunner[] = [
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
