import { styleText } from "node:util";
import { useColors } from "./colors.ts";
import type { RunReport } from "./reporter.ts";

export interface SuiteResult extends RunReport {
	readonly suite: string;
	readonly seconds: number;
}

/** The table, what was skipped and failed by name, and the total alone on the last line. */
export function summarize(results: readonly SuiteResult[], missing: readonly string[]): string {
	const lines = ["", row("suite", "passed", "failed", "skipped", "seconds")];
	for (const { suite, passed, failed, skipped, seconds } of results) {
		const line = row(suite, passed, failed, skipped.length, seconds.toFixed(1));
		lines.push(failed > 0 ? red(line) : line);
	}
	if (missing.length > 0) {
		lines.push("", `missing programs: ${missing.join(", ")}`);
	}
	for (const { suite, skipped } of results) {
		lines.push(...skipped.map((title) => `skipped, ${suite}: ${title}`));
	}
	for (const { suite, failures } of results) {
		lines.push(...failures.map((title) => red(`failed, ${suite}: ${title}`)));
	}
	const passed = sum(results.map((result) => result.passed));
	const failed = sum(results.map((result) => result.failed));
	lines.push("", `${passed} passed, ${failed} failed`);
	return lines.join("\n");
}

function row(name: string, ...cells: (string | number)[]): string {
	return name.padEnd(14) + cells.map((cell) => String(cell).padStart(9)).join("");
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}

function red(text: string): string {
	return useColors ? styleText("red", text) : text;
}
