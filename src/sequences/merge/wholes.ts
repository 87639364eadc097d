import type { Words } from "../frequentWords.ts";
import type { Beginnings } from "./beginnings.ts";
import { type Candidate, partOf, TOGETHER, type WordCounts } from "./candidates.ts";

/** As often as a part, at least, for the steps that are more to belong to it. */
const NEARLY = 0.75;
/** As often as a part, at least, for being one of several that it is a part of. */
const ONE_OF_FEW = 0.3;

/** Words of one look, and the longer ones that they are nothing but parts of. */
export class Wholes {
	readonly #words: Words;
	readonly #left: WordCounts;
	readonly #candidates: readonly Candidate[];
	readonly #beginnings: Beginnings;

	constructor(
		words: Words,
		left: WordCounts,
		candidates: readonly Candidate[],
		beginnings: Beginnings,
	) {
		this.#words = words;
		this.#left = left;
		this.#candidates = candidates;
		this.#beginnings = beginnings;
	}

	/**
	 * The word itself, or the first longer one of those that together are nearly all that it occurs in.
	 *
	 * @param isNew whether a word may be listed
	 * @param isLate whether something was listed in this look, which may have taken steps that were left
	 * @returns null where another look has to tell: only by steps that may be taken are they no wholes
	 */
	of(part: Candidate, isNew: (one: Candidate) => boolean, isLate: boolean): Candidate | null {
		const longer = this.#candidates.filter((one) => this.#isLonger(part, one) && isNew(one));
		const wholes = longer.filter((one) => this.#isWhole(part, one));
		const [first] = wholes;
		if (first !== undefined && this.#isMadeUpOf(part, wholes)) {
			return this.of(first, isNew, isLate);
		}
		return isLate && this.#isMadeUpOf(part, longer) ? null : part;
	}

	#isLonger(part: Candidate, whole: Candidate): boolean {
		return whole.left >= ONE_OF_FEW * part.left && offsetOf(part, whole) >= 0;
	}

	/** Whether a longer one is how it nearly always goes on, or one of few habits with this part in them. */
	#isWhole(part: Candidate, whole: Candidate): boolean {
		const offset = offsetOf(part, whole);
		if (whole.left >= NEARLY * part.left || whole.isLoop) return true;
		const after = offset + part.functions.length;
		const before = this.#countOf(whole, 0, offset);
		const behind = this.#countOf(whole, after, whole.functions.length);
		return whole.left >= TOGETHER * Math.max(before, behind);
	}

	/** How often some steps of a word occur; 0 for none. */
	#countOf({ example }: Candidate, from: number, to: number): number {
		return from === to ? 0 : partOf(this.#words, this.#left, to - from, example + from).left;
	}

	/** Whether they are nearly all that it occurs in. */
	#isMadeUpOf(part: Candidate, wholes: readonly Candidate[]): boolean {
		const within = new Set<number>();
		for (const whole of wholes) {
			const offset = offsetOf(part, whole);
			for (const start of this.#beginnings.of(whole)) within.add(start + offset);
		}
		return within.size >= NEARLY * part.occurrences;
	}
}

/** Where the one stands first in the other, which is longer; -1 where it does not. */
function offsetOf({ functions: part }: Candidate, { functions: whole }: Candidate): number {
	if (whole.length <= part.length) return -1;
	for (let at = 0; at + part.length <= whole.length; at++) {
		if (part.every((code, step) => code === whole[at + step])) return at;
	}
	return -1;
}
