import type { Words } from "../frequentWords.ts";
import { NONE } from "../windows.ts";
import type { Candidate } from "./candidates.ts";
import { logChance } from "./chance.ts";

/** How many times as often as by chance two parts meet where no listed sequence explains it. */
const MIN_LIFT = 1.5;
const AT_TIMES = 1 / 3;
/** Or in what share of the cases where either of them occurs. */
const MOSTLY = 0.4;
/** Share of a word's occurrences that nothing listed before may explain. */
const OWN_SHARE = 0.5;

/**
 * Which passages from a step to the next are not covered yet by sequences that are listed, and how
 * often each word stands before or after one of these.
 */
export class Uncovered {
	readonly #words: Words;
	/** 1 for a step after which the passage is covered, or a run ends. */
	readonly #isCovered: Uint8Array;
	/** By length and number of words. */
	readonly #before: Int32Array[];
	readonly #after: Int32Array[];
	readonly #next = new Map<number, Set<number>>();
	readonly #last = new Map<number, Set<number>>();
	readonly #limit: number;
	#passages: number;

	/** @param limit see {@link logLimit} */
	constructor(words: Words, limit: number) {
		const { steps, levels } = words;
		this.#limit = limit;
		this.#words = words;
		this.#isCovered = new Uint8Array(steps.length);
		this.#before = levels.map(({ occurrences }) => occurrences.slice());
		this.#after = levels.map(({ occurrences }) => occurrences.slice());
		// One behind each step, of which those at the end of a run are none.
		this.#passages = steps.length;
		this.#take(-1);
		for (let step = 0; step < steps.length; step++) {
			if (step + 1 === steps.length || steps.runs[step] !== steps.runs[step + 1]) this.cover(step);
		}
	}

	/**
	 * Whether a word's parts still belong together where nothing listed explains it, at every cut.
	 *
	 * @param starts steps at which it begins
	 */
	isLeft({ functions, example, occurrences }: Candidate, starts: Int32Array): boolean {
		const { levels } = this.#words;
		for (let cut = 1; cut < functions.length; cut++) {
			let met = 0;
			for (const start of starts) met += this.#isCovered[start + cut - 1] === 1 ? 0 : 1;
			if (met < occurrences * OWN_SHARE) return false;
			const first = this.#before[cut]?.[levels[cut]?.starts[example] ?? 0] ?? 0;
			const rest = functions.length - cut;
			const second = this.#after[rest]?.[levels[rest]?.starts[example + cut] ?? 0] ?? 0;
			if (!this.#belongs(met, first, second, functions[cut - 1] ?? 0, functions[cut] ?? 0))
				return false;
		}
		return true;
	}

	#belongs(met: number, first: number, second: number, end: number, begin: number): boolean {
		if (met >= MOSTLY * Math.max(first, second)) return true;
		if (met < AT_TIMES * Math.min(first, second)) return false;
		const passages = this.#passagesBeside(end, begin);
		if (met * passages < MIN_LIFT * first * second) return false;
		return logChance(met, first, second, passages) <= this.#limit;
	}

	/**
	 * Of all, those that might lead from the one function or to the other: there are no direct repeats,
	 * and what a listed sequence explains is not among them.
	 */
	#passagesBeside(end: number, begin: number): number {
		const [before, after] = [this.#before[1], this.#after[1]];
		let [hence, hither] = [0, 0];
		for (const next of new Set(this.#next.get(end)).add(end)) {
			if (next !== begin) hence += after?.[next] ?? 0;
		}
		for (const last of new Set(this.#last.get(begin)).add(begin)) {
			if (last !== end) hither += before?.[last] ?? 0;
		}
		return this.#passages - Math.max(hence, hither);
	}

	/** Covers what a listed sequence explains, where it begins at these steps. */
	coverAll({ functions, isLoop }: Candidate, starts: Int32Array): void {
		const { runs, functions: codes, length } = this.#words.steps;
		for (const [at, code] of functions.entries()) {
			const next = functions[at + 1] ?? (isLoop ? functions[0] : undefined);
			if (next === undefined) continue;
			this.#next.set(code, (this.#next.get(code) ?? new Set()).add(next));
			this.#last.set(next, (this.#last.get(next) ?? new Set()).add(code));
		}
		for (const start of starts) {
			const last = start + functions.length - 1;
			for (let step = start; step < last; step++) this.cover(step);
			const isWithin = last + 1 < length && runs[last] === runs[last + 1];
			if (isLoop && isWithin && codes[last + 1] === functions[0]) this.cover(last);
		}
	}

	/** What it holds, to be let go of. */
	arrays(): ArrayBufferView[] {
		return [this.#isCovered, ...this.#before, ...this.#after];
	}

	/** @param step the passage behind it */
	cover(step: number): void {
		if (this.#isCovered[step] === 1) return;
		this.#isCovered[step] = 1;
		this.#passages--;
		this.#take(step);
	}

	/** Of a word that is not frequent no longer one is. */
	#take(step: number): void {
		const { steps, levels } = this.#words;
		for (let length = 1; length < levels.length && length <= step + 1; length++) {
			if (!decrease(this.#before[length], levels[length]?.starts[step - length + 1])) break;
		}
		// The columns may be longer than there are steps.
		if (step + 1 === steps.length) return;
		for (let length = 1; length < levels.length; length++) {
			if (!decrease(this.#after[length], levels[length]?.starts[step + 1])) break;
		}
	}
}

function decrease(counts: Int32Array | undefined, at = NONE): boolean {
	if (counts === undefined || at === NONE) return false;
	counts[at] = (counts[at] ?? 0) - 1;
	return true;
}
