import type { Words } from "../frequentWords.ts";
import { NONE } from "../windows.ts";
import type { Candidate } from "./candidates.ts";

/** Where words begin: the steps in the order of the pairs that stand there. */
export class Beginnings {
	readonly #words: Words;
	/** Where those of each pair begin, and one more. */
	readonly #from: Int32Array;
	readonly #steps: Int32Array;

	constructor(words: Words) {
		this.#words = words;
		const pairs = words.levels[2];
		const count = pairs?.count ?? 0;
		this.#from = new Int32Array(count + 1);
		for (let pair = 0; pair < count; pair++) {
			this.#from[pair + 1] = (this.#from[pair] ?? 0) + (pairs?.occurrences[pair] ?? 0);
		}
		this.#steps = new Int32Array(this.#from[count] ?? 0);
		const next = this.#from.slice();
		for (const [step, pair] of pairs?.starts.entries() ?? []) {
			if (pair === NONE) continue;
			const place = next[pair] ?? 0;
			this.#steps[place] = step;
			next[pair] = place + 1;
		}
	}

	/** Steps at which a word begins, in order; of two steps or more. */
	of({
		functions,
		number,
		example,
	}: Pick<Candidate, "functions" | "number" | "example">): Int32Array {
		const { levels } = this.#words;
		const pair = levels[2]?.starts[example] ?? 0;
		const starts = this.#steps.subarray(this.#from[pair], this.#from[pair + 1]);
		const own = levels[functions.length]?.starts;
		return functions.length === 2 ? starts : starts.filter((step) => own?.[step] === number);
	}

	/** What it holds, to be let go of. */
	arrays(): ArrayBufferView[] {
		return [this.#from, this.#steps];
	}
}
