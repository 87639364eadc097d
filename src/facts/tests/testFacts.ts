import type { TestFact } from "../callFacts.ts";
import { maskSecrets } from "../secrets.ts";
import type { ShellCommand } from "../shell/commandLine.ts";
import { baseName, unwrap } from "../shell/wrappers.ts";
import { cargoTest } from "./cargoTest.ts";
import { ctest } from "./ctest.ts";
import { dotnetTest } from "./dotnetTest.ts";
import { goTest } from "./goTest.ts";
import { jest } from "./jest.ts";
import { isJunitXml, readJunitXml } from "./junit.ts";
import { mocha } from "./mocha.ts";
import { nodeTest } from "./nodeTest.ts";
import { phpunit } from "./phpunit.ts";
import { pytest } from "./pytest.ts";
import { rspec } from "./rspec.ts";
import { testedName } from "./testedName.ts";
import type { RunReport, TestRunner } from "./testRun.ts";
import { unittest } from "./unittest.ts";
import { vitest } from "./vitest.ts";

const RUNNERS: readonly TestRunner[] = [
	pytest,
	unittest,
	jest,
	vitest,
	mocha,
	nodeTest,
	goTest,
	cargoTest,
	ctest,
	rspec,
	phpunit,
	dotnetTest,
];
/** Programs that start the one that is named behind them, with the words that come between. */
const LAUNCHERS: readonly (readonly [program: RegExp, verb: RegExp | null])[] = [
	[/^(?:npx|bunx|pnpx|c8|nyc)$/, null],
	[/^(?:uv|poetry|pipenv|pdm|hatch|rye)$/, /^run$/],
	[/^(?:pnpm|npm|yarn|bun|bundle)$/, /^(?:exec|dlx|x)$/],
	[/^coverage$/, /^run$/],
];
/** A task that runs the tests, by a name that does not say with what. */
const TASK = /^(?:test|tests|check|t|tst)(?:[:_-].*)?$/;
const TASK_RUNNERS =
	/^(?:npm|pnpm|yarn|bun|make|just|task|tox|nox|gradlew?|mvnw?|composer|mix|rake)$/;

/** Characters of an output that are read: its beginning and its end. */
const MAX_OUTPUT = 256 * 1024;
const MAX_SNIPPET = 200;
/** Characters of a failure that are masked before it is cut. */
const MAX_DETAIL = 2000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape is what colours begin with
const COLOURS = /\u001b\[[0-9;:?]*[A-Za-z]/g;

/** A shell call that has ended. */
interface EndedCall {
	/** As `allCommands` gives them. */
	readonly commands: readonly ShellCommand[];
	readonly output: string;
	readonly success: boolean;
	/** The function that the call is counted under. */
	readonly functionId: string;
}

/** Results of the tests that a shell call ran; none for one that ran none. */
export function testFacts({ commands, output, success, functionId }: EndedCall): TestFact[] {
	const text = bounded(output).replace(COLOURS, "");
	const report = isJunitXml(text) ? readJunitXml(text) : reportOf(commands, text);
	if (report === null) return [];
	const named = report.tests.map((test) => ({
		testId: test.id,
		passed: test.passed,
		durationMs: test.durationMs,
		snippet: test.passed ? null : snippetOf(test.detail),
		functionId: testedName(test.id) ?? functionId,
	}));
	if (named.length > 0) return named;
	// A summary knows better than an exit status, which in a pipeline is that of the last command.
	const passed = report.failed === null ? success : report.failed === 0;
	const snippet = passed ? null : snippetOf(lastWords(text));
	return [{ testId: "*", passed, durationMs: null, snippet, functionId }];
}

/** At most 200 characters of what a failure says, on one line, secrets masked; null for nothing. */
export function snippetOf(detail: string): string | null {
	const whole = detail.replace(/\s+/g, " ").trim();
	// What is cut in the middle of a word may be half a secret, which nothing tells any more.
	const start = whole.length <= MAX_DETAIL ? whole : whole.slice(0, MAX_DETAIL).replace(/\S*$/, "");
	return maskSecrets(start).slice(0, MAX_SNIPPET) || null;
}

function reportOf(commands: readonly ShellCommand[], text: string): RunReport | null {
	const calls = commands.map(({ words }) => launched(unwrap(words).map((word) => word.text)));
	const runner = RUNNERS.find(({ isRunBy }) =>
		calls.some(([program = "", ...args]) => isRunBy(baseName(program), args)),
	);
	if (runner !== undefined) return runner.read(text.split(/\r?\n/));
	if (!calls.some(isTestTask)) return null;
	const traced = RUNNERS.find(({ trace }) => trace.test(text));
	return traced?.read(text.split(/\r?\n/)) ?? { tests: [], failed: null };
}

function launched(words: readonly string[]): readonly string[] {
	for (const [program, verb] of LAUNCHERS) {
		if (!program.test(baseName(words[0] ?? ""))) continue;
		const rest = verb === null ? words.slice(1) : verb.test(words[1] ?? "") ? words.slice(2) : null;
		if (rest === null) continue;
		const start = rest.findIndex((word) => !word.startsWith("-"));
		return start < 0 ? words : launched(rest.slice(start));
	}
	// yarn and pnpm run a package's program without another word.
	if (/^(?:yarn|pnpm)$/.test(words[0] ?? "") && /^(?:jest|vitest|mocha)$/.test(words[1] ?? "")) {
		return words.slice(1);
	}
	return words;
}

function isTestTask([program = "", ...args]: readonly string[]): boolean {
	const name = baseName(program);
	if (!TASK_RUNNERS.test(name)) return false;
	if (name === "tox" || name === "nox") return true;
	const [verb = "", task = ""] = args.filter((arg) => !arg.startsWith("-"));
	return TASK.test(verb) || (/^(?:run|run-script)$/.test(verb) && TASK.test(task));
}

function bounded(output: string): string {
	if (output.length <= MAX_OUTPUT) return output;
	return `${output.slice(0, MAX_OUTPUT / 2)}\n${output.slice(-MAX_OUTPUT / 2)}`;
}

function lastWords(text: string): string {
	return text
		.trimEnd()
		.slice(-MAX_SNIPPET)
		.replace(/^\S*\s/, "");
}
