import type { Words } from "../frequentWords.ts";
import { NONE } from "../windows.ts";
import type { Candidate, WordCounts } from "./candidates.ts";

/** Share of a word's occurrences that nothing listed before may explain. */
const OWN_SHARE = 0.5;

/**
 * What is not explained yet by sequences that are listed: the steps that are in none of their
 * occurrences, and the passages from a step to the next.
 */
export class Uncovered {
	readonly #words: Words;
	/** 1 for a step that belongs to an occurrence of a listed sequence. */
	readonly #isTaken: Uint8Array;
	/** 1 for a step after which the passage is covered, or a run ends. */
	readonly #isCovered: Uint8Array;
	#isAll = true;

	constructor(words: Words) {
		const { runs, length } = words.steps;
		this.#words = words;
		this.#isTaken = new Uint8Array(length);
		this.#isCovered = new Uint8Array(length);
		for (let step = 0; step < length; step++) {
			if (step + 1 === length || runs[step] !== runs[step + 1]) this.#isCovered[step] = 1;
		}
	}

	/** How often each word occurs without a step that is taken. */
	counts(): WordCounts {
		const { steps, levels } = this.#words;
		if (this.#isAll) return levels.map(({ occurrences }) => occurrences);
		const counts = levels.map(({ count }) => new Int32Array(count));
		let free = 0;
		for (let step = steps.length - 1; step >= 0; step--) {
			const isFree = this.#isTaken[step] === 0;
			free = isFree ? 1 + (this.#isCovered[step] === 0 ? free : 0) : 0;
			for (let length = 1; length <= free && length < levels.length; length++) {
				// Of a word that is not frequent no longer one is.
				if (!increase(counts[length], levels[length]?.starts[step])) break;
			}
		}
		return counts;
	}

	/**
	 * Whether at every cut of a word most of its occurrences are nobody else's: the passage is not
	 * covered, and on both sides there is a step that is not taken.
	 *
	 * @param starts steps at which it begins
	 */
	isLeft({ functions, left }: Candidate, starts: Int32Array): boolean {
		const own = this.#ownAt(starts, functions.length);
		return own.every((count, cut) => cut === 0 || count >= left * OWN_SHARE);
	}

	/** How many occurrences of a word of this length are nobody else's at each cut. */
	#ownAt(starts: Int32Array, length: number): Int32Array {
		const own = new Int32Array(length);
		for (const start of starts) {
			let [first, last] = [start, start + length - 1];
			while (first <= last && this.#isTaken[first] === 1) first++;
			while (last > first && this.#isTaken[last] === 1) last--;
			for (let step = first; step < last; step++) {
				if (this.#isCovered[step] === 0) increase(own, step + 1 - start);
			}
		}
		return own;
	}

	/** Covers what a listed sequence explains, where it begins at these steps. */
	coverAll({ functions, isLoop }: Candidate, starts: Int32Array): void {
		const { functions: codes, length } = this.#words.steps;
		this.#isAll = false;
		for (const start of starts) {
			const end = start + functions.length;
			this.#isTaken.fill(1, start, end);
			this.#isCovered.fill(1, start, end - 1);
			// Where a run ends it is covered anyway.
			if (isLoop && end < length && codes[end] === functions[0]) this.#isCovered[end - 1] = 1;
		}
	}

	/** What it holds, to be let go of. */
	arrays(): ArrayBufferView[] {
		return [this.#isTaken, this.#isCovered];
	}
}

function increase(counts: Int32Array | undefined, at = NONE): boolean {
	if (counts === undefined || at === NONE) return false;
	counts[at] = (counts[at] ?? 0) + 1;
	return true;
}
