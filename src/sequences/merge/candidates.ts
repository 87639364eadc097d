import { partsOf, type Words } from "../frequentWords.ts";
import { type Level, MIN_OCCURRENCES } from "../windows.ts";
import { liftOf, logChance, logLimit, type Part } from "./chance.ts";
import type { Cycle } from "./relation.ts";

/** Share of the cases where either part occurs in which two habits are one. */
export const TOGETHER = 0.6;

/** How many times as often as by chance two parts meet, at least. */
const MIN_LIFT = 1.5;
/** And in what share of the cases where the rarer of them occurs. */
const AT_TIMES = 0.3;

/** How often each word occurs, by length and number. */
export type WordCounts = readonly Int32Array[];

/** A word that may be shown. */
export interface Candidate extends Cycle<number> {
	/** Of its level. */
	readonly number: number;
	/** A step at which it begins. */
	readonly example: number;
	readonly occurrences: number;
	/** Those in which no step belongs to a listed one. */
	readonly left: number;
	/** Passages from a step to the next in those, of a loop also those to its beginning. */
	readonly explained: number;
	/** How many times more often than by chance, at the cut where that is least. */
	readonly lift: number;
}

interface Candidates {
	readonly all: readonly Candidate[];
	/** How many words were asked about, in the look that asked most. */
	readonly asked: number;
}

/**
 * Words that are no accident, the one that explains most steps first. Asked about are closed words,
 * and of one that repeats itself after some steps, as A B C A does, each round instead: such a round
 * is a loop where it is no accident either that it begins anew.
 *
 * A word is no accident if at every cut the part before and the part after meet more often than by
 * chance (as productive itemsets do, Webb 2010), and often for the rarer of the two.
 *
 * @param left how often each word occurs where nothing listed explains it
 * @param askedBefore words that were asked about in an earlier look, 0 without any
 */
export function findCandidates(words: Words, left: WordCounts, askedBefore: number): Candidates {
	const rounds = findRounds(words, left);
	const asked = rounds.reduce((sum, { isAsked }) => sum + count(isAsked), 0);
	const tests = Math.max(asked, askedBefore);
	const cuts = new Cuts(words, left, logLimit(tests));
	const found: Candidate[] = [];
	for (const [length, { isAsked, closings }] of rounds.entries()) {
		const level = levelOf(words, length);
		for (let number = 0; number < level.count; number++) {
			if (isAsked[number] !== 1) continue;
			const example = level.examples[number] ?? 0;
			const lift = cuts.leastLift(example, length);
			if (lift === null) continue;
			const closed = closings[number] ?? 0;
			const isLoop = cuts.isClosing(example, length, closed);
			const own = left[length]?.[number] ?? 0;
			found.push({
				functions: [...words.steps.functions.subarray(example, example + length)],
				isLoop,
				number,
				example,
				occurrences: level.occurrences[number] ?? 0,
				left: own,
				explained: own * (length - 1) + (isLoop ? closed : 0),
				lift,
			});
		}
	}
	return { all: inOrder(words, left, found), asked: tests };
}

/** Those that are several habits, which often follow each other, come last: by then each of these is known. */
function inOrder(words: Words, left: WordCounts, found: readonly Candidate[]): Candidate[] {
	const isFound = words.levels.map(({ count: size }) => new Uint8Array(size));
	for (const { functions, number } of found) isFound[functions.length]?.fill(1, number, number + 1);
	const isOften = (own: number, start: number, length: number): boolean =>
		isFound[length]?.[words.levels[length]?.starts[start] ?? 0] === 1 &&
		own < TOGETHER * partOf(words, left, length, start).left;
	const isSeveral = (own: number, start: number, length: number, most: number): boolean => {
		for (let first = 2; first + 2 <= length; first++) {
			if (!isOften(own, start, first)) continue;
			const rest = [own, start + first, length - first] as const;
			if (isOften(...rest) || (most > 2 && isSeveral(...rest, most - 1))) return true;
		}
		return false;
	};
	const one: Candidate[] = [];
	const several: Candidate[] = [];
	for (const candidate of found) {
		const { functions, example, left: own } = candidate;
		const { length } = functions;
		// A loop whose steps are all different may well be made of parts that others share.
		const most = new Set(functions).size < length ? length : 2;
		(isSeveral(own, example, length, most) ? several : one).push(candidate);
	}
	return [...one.sort(byExplained), ...several.sort(byExplained)];
}

function byExplained(a: Candidate, b: Candidate): number {
	// Whose first function was recorded first has the lower code.
	const at = a.functions.findIndex((code, place) => code !== b.functions[place]);
	return (
		b.explained - a.explained || b.left - a.left || (a.functions[at] ?? 0) - (b.functions[at] ?? 0)
	);
}

/** Of one length: which words are asked about, and how often each is followed by its first step. */
interface Rounds {
	readonly isAsked: Uint8Array;
	readonly closings: Int32Array;
}

function findRounds({ steps, levels }: Words, left: WordCounts): Rounds[] {
	const rounds = levels.map(({ count }) => ({
		isAsked: new Uint8Array(count),
		closings: new Int32Array(count),
	}));
	for (let length = 2; length < levels.length; length++) {
		const level = levels[length];
		if (level === undefined) break;
		const longer = levels[length + 1];
		const isPart =
			longer === undefined ? null : partsOf(level, longer, left[length], left[length + 1]);
		for (let number = 0; number < level.count; number++) {
			if (isPart?.[number] === 1 || (left[length]?.[number] ?? 0) < MIN_OCCURRENCES) continue;
			const example = level.examples[number] ?? 0;
			for (const [from, end, period] of stretchesOf(steps.functions, example, length)) {
				for (let at = from; at + period <= end; at++) {
					const round = levels[period]?.starts[at] ?? 0;
					const own = rounds[period];
					// One that repeats itself in turn stands in other words with its own rounds.
					if (own === undefined || hasTwice(steps.functions, at, period)) continue;
					own.isAsked[round] = 1;
					if (at + period === end) continue;
					const closed = levels[period + 1]?.starts[at] ?? 0;
					own.closings[round] = left[period + 1]?.[closed] ?? 0;
				}
			}
		}
	}
	return rounds;
}

/** Steps of a word, from one up to another, that repeat themselves after so many. */
type Stretch = readonly [from: number, end: number, period: number];

/**
 * Of a word those stretches that go through the same steps twice in a row, or of one that repeats itself from its
 * first step to its last all of it, with the fewest steps a round; all of it, as one round, where there are none.
 */
function stretchesOf(functions: Int32Array, from: number, length: number): Stretch[] {
	const last = from + length;
	for (let period = 2; period < length; period++) {
		const found: Stretch[] = [];
		for (let begin = from; begin + period < last; ) {
			let at = begin;
			while (at + period < last && functions[at] === functions[at + period]) at++;
			const isAll = begin === from && at + period === last;
			if (at > begin && (isAll || at - begin >= period)) found.push([begin, at + period, period]);
			begin = at + 1;
		}
		if (found.length > 0) return found;
	}
	return [[from, last, length]];
}

/** Whether some of its steps repeat themselves within. */
function hasTwice(functions: Int32Array, from: number, length: number): boolean {
	return stretchesOf(functions, from, length)[0]?.[2] !== length;
}

/** Asks whether two parts meet by chance. */
class Cuts {
	readonly #words: Words;
	readonly #left: WordCounts;
	/** See {@link logLimit}. */
	readonly #limit: number;
	/** Where something could begin or a run end: that nothing follows is as good as another step. */
	readonly #places: number;

	constructor(words: Words, left: WordCounts, limit: number) {
		const { runs, length } = words.steps;
		this.#words = words;
		this.#left = left;
		this.#limit = limit;
		this.#places = length + (runs[length - 1] ?? -1) + 1;
	}

	/** @returns null where the word may be an accident */
	leastLift(example: number, length: number): number | null {
		const met = this.#part(example, length).left;
		let least = Number.POSITIVE_INFINITY;
		for (let cut = 1; cut < length; cut++) {
			const first = this.#part(example, cut);
			const second = this.#part(example + cut, length - cut);
			if (met < AT_TIMES * Math.min(first.left, second.left)) return null;
			const lift = liftOf(met, first, second, this.#places);
			if (lift < MIN_LIFT || !this.#isNoAccident(met, first, second)) return null;
			least = Math.min(least, lift);
		}
		return least;
	}

	/** Whether a word begins anew where it ends, and not by chance. */
	isClosing(example: number, length: number, closings: number): boolean {
		if (closings === 0) return false;
		return this.#isNoAccident(closings, this.#part(example, length), this.#part(example, 1));
	}

	#isNoAccident(met: number, first: Part, second: Part): boolean {
		return logChance(met, first, second, this.#places) <= this.#limit;
	}

	#part(step: number, length: number): Part {
		return partOf(this.#words, this.#left, length, step);
	}
}

/** How often the word of this length occurs that stands at a step. */
export function partOf({ levels }: Words, left: WordCounts, length: number, step: number): Part {
	const number = levels[length]?.starts[step] ?? 0;
	return { all: levels[length]?.occurrences[number] ?? 0, left: left[length]?.[number] ?? 0 };
}

function levelOf({ levels }: Words, length: number): Level {
	const level = levels[length];
	if (level === undefined) throw new Error(`no words of ${length} steps`);
	return level;
}

function count(flags: Uint8Array): number {
	return flags.reduce((sum, flag) => sum + flag, 0);
}
