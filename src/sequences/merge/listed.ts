import type { Words } from "../frequentWords.ts";
import type { Candidate } from "./candidates.ts";
import { areRelated, isInterrupted } from "./relation.ts";

/** As often as the whole, at most, for a step more to be an interruption. */
const SELDOM = 0.5;

/** A word that is shown. */
export interface Entry {
	readonly candidate: Candidate;
	/** Names of those that it stands for. */
	readonly others: Set<string>;
	/** In the list. */
	readonly place: number;
}

/** What is listed, by the pairs of functions within: whatever is related to another shares one. */
export class Listed {
	readonly all: Entry[] = [];
	readonly #byPair = new Map<number, Entry[]>();
	readonly #functions: number;

	constructor({ levels }: Words) {
		this.#functions = levels[1]?.count ?? 0;
	}

	/** The first that stands for a word, if any does. */
	of(candidate: Candidate): Entry | null {
		let first: Entry | null = null;
		for (const pair of [...this.#pairsOf(candidate, 1), ...this.#pairsOf(candidate, 2)]) {
			for (const entry of this.#byPair.get(pair) ?? []) {
				if (first !== null && first.place <= entry.place) continue;
				if (standsFor(entry.candidate, candidate)) first = entry;
			}
		}
		return first;
	}

	add(candidate: Candidate): void {
		const entry = { candidate, others: new Set<string>(), place: this.all.length };
		this.all.push(entry);
		for (const pair of this.#pairsOf(candidate, 1)) {
			const others = this.#byPair.get(pair);
			if (others === undefined) this.#byPair.set(pair, [entry]);
			else others.push(entry);
		}
	}

	/** WordCounts a word, once, for the first that stands for it. */
	merge(candidate: Candidate): void {
		const entry = this.of(candidate);
		if (entry === null || entry.candidate === candidate) return;
		entry.others.add(candidate.functions.join());
	}

	/** Each function and the one so many steps on, where the last is followed by the first. */
	#pairsOf({ functions }: Candidate, apart: number): number[] {
		return functions.map(
			(code, at) => code * this.#functions + (functions[(at + apart) % functions.length] ?? 0),
		);
	}
}

/**
 * Whether whoever reads of one needs not be told of the other: they are related, or the other is a part
 * of it in which, much less often, a single step of something else comes between, such as a launch.
 */
function standsFor(one: Candidate, other: Candidate): boolean {
	if (areRelated(one, other)) return true;
	return other.occurrences <= one.occurrences * SELDOM && isInterrupted(other, one);
}
