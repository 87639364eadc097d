import { MAX_DURATION_MS } from "../../model/events/limits.ts";

/** One test in the output of a runner. */
interface NamedTest {
	readonly id: string;
	readonly passed: boolean;
	/** ms; null where the output does not say. */
	readonly durationMs: number | null;
	/** What a failure says, as it stands in the output; empty where there is nothing. */
	readonly detail: string;
}

/** What a runner's output tells. */
export interface RunReport {
	readonly tests: readonly NamedTest[];
	/** By the runner's own summary; null where the output has none. */
	readonly counts: Counts | null;
}

/** Tests that ran; what was skipped did not. */
export interface Counts {
	readonly passed: number;
	readonly failed: number;
}

/** A runner of tests: one file beside this one for each family of output. */
export interface TestRunner {
	readonly name: string;
	/** Whether this command runs it; the program's folder is taken off. */
	isRunBy(program: string, args: readonly string[]): boolean;
	/** Matches output that only this runner writes; for runs behind `npm test` and the like. */
	readonly trace: RegExp;
	/**
	 * What a summary without failures shows where lines of the output may be missing: that all is well
	 * (`whole`), the same where the last lines are there (`end`), or nothing (`part`).
	 */
	readonly summary: "whole" | "end" | "part";
	/** A line of its summary where a test has failed; of no use where the summary is one line. */
	readonly failure: string;
	/** Whether it says so by its exit status alone that tests ran and passed. */
	readonly hasExitStatus: boolean;
	/** @param lines of the output, without colours */
	read(lines: readonly string[]): RunReport;
}

/** Tests by their names: what is named twice, in the run and in its summary, counts once. */
export class TestList {
	readonly #tests = new Map<string, NamedTest>();
	#counts: Counts | null = null;

	add(id: string, passed: boolean, durationMs: number | null = null, detail = ""): void {
		const name = id.trim().slice(0, MAX_ID_LENGTH);
		if (name === "") return;
		const before = this.#tests.get(name);
		if (before === undefined && this.#tests.size >= MAX_TESTS) return;
		this.#tests.set(name, {
			id: name,
			passed: passed && before?.passed !== false,
			durationMs: durationMs ?? before?.durationMs ?? null,
			detail: before?.detail || detail,
		});
	}

	/** Adds what a failure says to a test that has been added. */
	explain(id: string, detail: string): void {
		const test = this.#tests.get(id.trim().slice(0, MAX_ID_LENGTH));
		if (test !== undefined && test.detail === "") this.#tests.set(test.id, { ...test, detail });
	}

	drop(id: string): void {
		this.#tests.delete(id.trim().slice(0, MAX_ID_LENGTH));
	}

	/** Takes what a summary says; a run of several parts has several. */
	addCounts(passed: number, failed: number): void {
		const before = this.#counts ?? { passed: 0, failed: 0 };
		this.#counts = { passed: before.passed + passed, failed: before.failed + failed };
	}

	get report(): RunReport {
		return { tests: [...this.#tests.values()], counts: this.#counts };
	}
}

/** More tests of one call than these are not told one by one. */
const MAX_TESTS = 2000;
const MAX_ID_LENGTH = 256;

/** The first lines behind one that say something, up to a line that ends them. */
export function detailBehind(lines: readonly string[], index: number, end: RegExp): string {
	const found: string[] = [];
	for (const line of lines.slice(index + 1, index + 30)) {
		if (end.test(line)) break;
		const text = line.trim();
		if (text !== "") found.push(text);
		if (found.length === 4) break;
	}
	return found.join(" ");
}

/** ms of `12`, `ms` and the like; null where there is no number. */
export function toMs(value: string | undefined, unit = "ms"): number | null {
	if (value === undefined) return null;
	const factor = { ms: 1, s: 1000, m: 60_000, µs: 0.001, us: 0.001 }[unit] ?? 1;
	const ms = Number(value.replace(",", ".")) * factor;
	return ms >= 0 && ms <= MAX_DURATION_MS ? ms : null;
}

/** The names of the groups that a line stands in, told by its indentation. */
export class Outline {
	readonly #open: { indent: number; name: string }[] = [];

	enter(indent: number, name: string): void {
		this.leave(indent);
		this.#open.push({ indent, name });
	}

	/** Closes what is at this indentation or deeper. */
	leave(indent: number): void {
		while ((this.#open.at(-1)?.indent ?? -1) >= indent) this.#open.pop();
	}

	path(indent: number, name: string): string {
		this.leave(indent);
		return [...this.#open.map((group) => group.name), name].join(" › ");
	}

	get isEmpty(): boolean {
		return this.#open.length === 0;
	}
}

export function indentOf(line: string): number {
	return line.length - line.trimStart().length;
}
