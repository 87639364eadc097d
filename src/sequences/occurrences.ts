import type { CallColumns } from "./callColumns.ts";
import { callsAt, type Steps, startOf, stepsOf } from "./steps.ts";

/** Finds where sequences are that were detected before. */
export class Occurrences {
	readonly #steps: Steps;

	constructor(calls: CallColumns) {
		this.#steps = stepsOf(calls);
	}

	/**
	 * Where exactly these steps follow each other.
	 *
	 * @param functions codes
	 * @returns the calls of each occurrence as places in the columns, newest occurrence first
	 */
	of(functions: readonly number[]): number[][] {
		const { length, runs } = this.#steps;
		const found: number[] = [];
		const last = functions.length - 1;
		for (let step = 0; step + last < length; step++) {
			const isOne =
				runs[step] === runs[step + last] &&
				functions.every((code, at) => this.#steps.functions[step + at] === code);
			if (isOne) found.push(step);
		}
		return found
			.sort((a, b) => startOf(this.#steps, b) - startOf(this.#steps, a) || a - b)
			.map((step) => callsAt(this.#steps, step, functions.length));
	}
}
