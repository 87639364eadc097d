import { TestList, type TestRunner } from "../testRun.ts";

/**
 * A runner of whose output the summary alone is read, and the tests where one pattern names them. It
 * never says by its exit status alone that tests passed: without a summary nothing is known.
 */
export interface SummaryRunner {
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

/** The runner that reads such summaries. */
export function runnerOf(runner: SummaryRunner): TestRunner {
	return {
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
	};
}

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
