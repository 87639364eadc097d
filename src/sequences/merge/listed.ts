import type { Words } from "../frequentWords.ts";
import type { Candidate } from "./candidates.ts";
import { areRelated, isInterrupted } from "./relation.ts";

/** As often as the whole, at most, for a step more to be an interruption. */
const SELDOM = 0.5;

/** As much as a longer one that is listed, at least, for a word to come in its place: less is left of any loop. */
const HIDING = 4;

/** A word that is shown. */
export interface Entry {
	readonly candidate: Candidate;
	/** Names of those that it stands for. */
	readonly others: Set<string>;
}

/** What is listed, by the pairs of functions within: whatever is related to another shares one. */
export class Listed {
	/** In the order in which they were listed. */
	readonly all = new Set<Entry>();
	readonly #byPair = new Map<number, Set<Entry>>();
	readonly #functions: number;

	constructor({ levels }: Words) {
		this.#functions = levels[1]?.count ?? 0;
	}

	/** Whether nothing stands for a word, or nothing but what it comes in place of. */
	hasPlaceFor(candidate: Candidate): boolean {
		return [...this.#standingFor(candidate)].every((entry) => isOutweighed(entry, candidate));
	}

	/** In place of all that stands for it. */
	add(candidate: Candidate): void {
		const entry = { candidate, others: new Set<string>() };
		for (const replaced of this.#standingFor(candidate)) {
			this.#drop(replaced);
			for (const other of replaced.others) entry.others.add(other);
			entry.others.add(nameOf(replaced.candidate));
		}
		entry.others.delete(nameOf(candidate));
		this.all.add(entry);
		for (const pair of this.#pairsOf(candidate, 1)) {
			const others = this.#byPair.get(pair);
			if (others === undefined) this.#byPair.set(pair, new Set([entry]));
			else others.add(entry);
		}
	}

	/** Counts a word, once, for the first that stands for it. */
	merge(candidate: Candidate): void {
		const standing = this.#standingFor(candidate);
		for (const entry of standing.size > 1 ? this.all : standing) {
			if (!standing.has(entry)) continue;
			if (entry.candidate !== candidate) entry.others.add(nameOf(candidate));
			return;
		}
	}

	#standingFor(candidate: Candidate): Set<Entry> {
		const found = new Set<Entry>();
		for (const pair of [...this.#pairsOf(candidate, 1), ...this.#pairsOf(candidate, 2)]) {
			for (const entry of this.#byPair.get(pair) ?? []) {
				if (!found.has(entry) && standsFor(entry.candidate, candidate)) found.add(entry);
			}
		}
		return found;
	}

	#drop(entry: Entry): void {
		this.all.delete(entry);
		for (const pair of this.#pairsOf(entry.candidate, 1)) this.#byPair.get(pair)?.delete(entry);
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

/**
 * Whether a shorter word would have come first, had it been known as no accident in time: what is left of it
 * explains far more than the longer one that was listed.
 */
function isOutweighed({ candidate: listed }: Entry, candidate: Candidate): boolean {
	const passages = listed.functions.length - 1;
	if (candidate.functions.length > passages) return false;
	const times = candidate.isLoop && !listed.isLoop ? 1 : HIDING;
	return listed.occurrences * passages * times < candidate.explained;
}

function nameOf({ functions }: Candidate): string {
	return functions.join();
}
