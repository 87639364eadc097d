import type { ShellCommand } from "../shell/commandLine.ts";
import { moduleIndex } from "../shell/verbs.ts";
import type { Word } from "../shell/word.ts";
import { programIn, unwrap } from "../shell/wrappers.ts";
import { cargoTest } from "./runners/cargoTest.ts";
import { ctest } from "./runners/ctest.ts";
import { dotnetTest } from "./runners/dotnetTest.ts";
import { FRAMEWORK_SUMMARIES } from "./runners/frameworkSummaries.ts";
import { goTest } from "./runners/goTest.ts";
import { jest } from "./runners/jest.ts";
import { LANGUAGE_SUMMARIES } from "./runners/languageSummaries.ts";
import { mocha } from "./runners/mocha.ts";
import { nodeTest } from "./runners/nodeTest.ts";
import { phpunit } from "./runners/phpunit.ts";
import { pytest } from "./runners/pytest.ts";
import { rspec } from "./runners/rspec.ts";
import { runnerOf } from "./runners/summaryRunner.ts";
import { unittest } from "./runners/unittest.ts";
import { vitest } from "./runners/vitest.ts";
import type { TestRunner } from "./testRun.ts";

export const RUNNERS: readonly TestRunner[] = [
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
	...[...LANGUAGE_SUMMARIES, ...FRAMEWORK_SUMMARIES].map(runnerOf),
];

/** Programs of packages that yarn, pnpm and bun run without another word. */
const PACKAGE_PROGRAMS = /^(?:jest|vitest|mocha|ava|playwright|cypress|react-scripts|karma|ng)$/;
/** `node node_modules/jest/bin/jest.js` and the like. */
const PACKAGE_FILE = /(?:^|\/)node_modules\/(?:\.bin\/)?(jest|vitest|mocha|ava|playwright)(?:\/|$)/;

/** A task that runs the tests, by a name that does not say with what. */
const TASK = /^(?:test|tests|spec|t|tst)(?:[:_.-].*)?$/;
const MAKE_TASK = /^(?:check|(?!build|compile|lint|clean).*[_-]tests?|tests?(?:[.:_-].*)?)$/;
const TASK_RUNNERS =
	/^(?:npm|pnpm|yarn|bun|deno|hatch|pdm|rye|poe|poetry|uv|turbo|nx|lerna|rush|moon|melos|composer|rake|just|task|mise|mage|grunt|gulp|ant|scons|invoke|inv)$/;
const MAKERS = /^(?:make|gmake|ninja|cmake|meson)$/;
/** Of their options those that take the next word as their value. */
const VALUED =
	/^(?:--prefix|-C|--cwd|--dir|-w|--workspace|--filter|-F|--directory|-f|--file|--build|-j|-t)$/;
/** Environments, of which some run tests: what they print says which. */
const ENVIRONMENTS = /^(?:tox|nox)$/;

/** What makes a runner say something and run nothing. */
const TELLING =
	/^(?:--help|-h|--version|--collect-only|--co|--no-run|--list\w*|--list-tests|-list|--show-only\w*|--fixtures|--markers|--showConfig|--show-config|--init|--clearCache|--dry-run|--setup-plan|-DskipTests(?:=true)?|-Dmaven\.test\.skip=true)$/i;

/** `test_a.py`, `run_tests.sh`, `unit-tests`, `a.spec.ts`, `tests/run.js`. */
const TEST_FILE =
	/(?:^|[_.-])(?:unit|e2e|spec)?tests?(?:[_.-]|$)|[_.]spec\.\w+$|\wTests?(?:\.\w+)?$/;
const INTERPRETERS =
	/^(?:python[\d.]*|pypy3?|py|node|tsx|ts-node|bun|deno|ruby|php|perl|Rscript|bash|sh|zsh|dash)$/;

/** A command that runs tests. */
export interface TestCommand {
	readonly command: ShellCommand;
	/** null for a task, an environment or a file, whose runner its output tells. */
	readonly runner: TestRunner | null;
	/** Whether it says by its exit status alone that tests ran and passed. */
	readonly hasExitStatus: boolean;
	/** A file that by its name may be one of tests: it is where its output is that of a runner. */
	readonly isFile: boolean;
}

/** Null for a command that runs none. */
export function testCommandOf(command: ShellCommand): TestCommand | null {
	const [program = "", ...args] = runnerWords(unwrap(command.words));
	if (args.some((arg) => TELLING.test(arg)) || isTelling(program, args)) return null;
	const runner = RUNNERS.find(({ isRunBy }) => isRunBy(program, args)) ?? null;
	if (runner !== null)
		return { command, runner, hasExitStatus: runner.hasExitStatus, isFile: false };
	if (ENVIRONMENTS.test(program)) return { command, runner, hasExitStatus: false, isFile: false };
	if (isTask(program, args)) return { command, runner, hasExitStatus: true, isFile: false };
	return isTestFile(program, args) ? { command, runner, hasExitStatus: false, isFile: true } : null;
}

/** The runner with its arguments, where a module or a file stands for it. */
function runnerWords(words: readonly Word[]): readonly string[] {
	const [first, ...rest] = words;
	const program = programIn(first);
	const texts = rest.map(({ text }) => text);
	const module = moduleIndex(program, rest);
	if (module !== null) {
		const behind = rest.slice(module);
		return behind[0]?.text === "coverage" ? runnerWords(unwrap(behind)) : texts.slice(module);
	}
	if (/^(?:yarn|pnpm|bun)$/.test(program) && PACKAGE_PROGRAMS.test(texts[0] ?? "")) return texts;
	if (/^(?:node|nodejs|bun|tsx)$/.test(program)) {
		const at = texts.findIndex((text) => !text.startsWith("-"));
		const found = PACKAGE_FILE.exec(texts[at] ?? "");
		if (found !== null) return [found[1] ?? "", ...texts.slice(at + 1)];
	}
	return [program, ...texts];
}

/** Letters that mean this to one program only. */
function isTelling(program: string, args: readonly string[]): boolean {
	if (program === "ctest") return args.includes("-N");
	if (program === "go") return args.includes("-c");
	if (/^gradlew?$/.test(program))
		return / (?:-x|--exclude-task) :?(?:\w+:)*test\b/.test(` ${args.join(" ")}`);
	return false;
}

function isTestFile(program: string, args: readonly string[]): boolean {
	if (!INTERPRETERS.test(program)) return TEST_FILE.test(program);
	const file = args.find((arg) => !arg.startsWith("-") && arg !== "run") ?? "";
	const [folder = "", name = ""] = `/${file}`.split(/[/\\]/).slice(-2);
	return TEST_FILE.test(name) || /^(?:tests?|spec|e2e)$/.test(folder);
}

function isTask(program: string, args: readonly string[]): boolean {
	const operands: string[] = [];
	for (let index = 0; index < args.length; index++) {
		const arg = args[index] ?? "";
		if (VALUED.test(arg)) index++;
		else if (!arg.startsWith("-") && !/^\w+=/.test(arg)) operands.push(arg);
	}
	const targets = targetsOf(args);
	if (MAKERS.test(program)) return [...operands, ...targets].some((word) => MAKE_TASK.test(word));
	if (!TASK_RUNNERS.test(program)) return false;
	const [verb = "", task = "", ...rest] = operands;
	if (TASK.test(verb) || (program === "nx" && targets.some((word) => TASK.test(word)))) return true;
	// One run may have several: `turbo run lint test`, `nx run web:test`.
	const tasks = /^(?:turbo|nx|moon)$/.test(program) ? [task.replace(/^.*:/, ""), ...rest] : [task];
	if (/^(?:run|run-script|run-many|task)$/.test(verb)) return tasks.some((word) => TASK.test(word));
	return /^workspaces?$/.test(verb) && rest.slice(0, 2).some((word) => TASK.test(word));
}

/** `-t lint test`, `--target=test`, `--targets=lint,test`. */
function targetsOf(args: readonly string[]): string[] {
	const found = / (?:-t|--targets?)[= ]([\w:.,-]+(?: [\w:.]+)*)/.exec(` ${args.join(" ")}`);
	return found?.[1]?.split(/[ ,]/) ?? [];
}
