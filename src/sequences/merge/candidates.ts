import { partsOf, type Words } from "../frequentWords.ts";
import type { Level } from "../windows.ts";
import { logChance, logLimit } from "./chance.ts";
import type { Cycle } from "./relation.ts";

/** Share of the cases where either part occurs in which two habits are one. */
const TOGETHER = 0.6;

/** A word that may be shown. */
export interface Candidate extends Cycle<number> {
	/** Of its level. */
	readonly number: number;
	/** A step at which it begins. */
	readonly example: number;
	readonly occurrences: number;
	/** How many times more often than by chance, at the cut where that is least. */
	readonly lift: number;
}

interface Candidates {
	readonly all: readonly Candidate[];
	/** See {@link logLimit}. */
	readonly limit: number;
}

/**
 * Words that are no accident, the one that explains most steps first. Asked about are closed words,
 * and of one that repeats itself after some steps, as A B C A does, each round instead: such a round
 * is a loop where it is no accident either that it begins anew.
 *
 * A word is no accident if at every cut the part before and the part after meet more often than by
 * chance (as productive itemsets do, Webb 2010).
 */
export function findCandidates(words: Words): Candidates {
	const rounds = findRounds(words);
	const limit = logLimit(rounds.reduce((sum, { isAsked }) => sum + count(isAsked), 0));
	const found: Candidate[] = [];
	for (const [length, { isAsked, closings }] of rounds.entries()) {
		const level = levelOf(words, length);
		for (let number = 0; number < level.count; number++) {
			if (isAsked[number] !== 1) continue;
			const example = level.examples[number] ?? 0;
			const lift = liftOf(words, example, length, limit);
			if (lift === null) continue;
			const occurrences = level.occurrences[number] ?? 0;
			const functions = [...words.steps.functions.subarray(example, example + length)];
			const isLoop = isClosing(words, functions, occurrences, closings[number] ?? 0, limit);
			found.push({ functions, isLoop, number, example, occurrences, lift });
		}
	}
	return { all: inOrder(words, found), limit };
}

/** Those that are two habits, which often follow each other, come last: by then each of these is known. */
function inOrder(words: Words, found: readonly Candidate[]): Candidate[] {
	const isFound = words.levels.map(({ count: size }) => new Uint8Array(size));
	for (const { functions, number } of found) isFound[functions.length]?.fill(1, number, number + 1);
	const isTwo = ({ functions, example, occurrences }: Candidate): boolean =>
		functions.slice(2, -1).some((_, at) => {
			const parts = [
				{ length: at + 2, start: example },
				{ length: functions.length - at - 2, start: example + at + 2 },
			];
			return parts.every(
				({ length, start }) =>
					isFound[length]?.[words.levels[length]?.starts[start] ?? 0] === 1 &&
					occurrences < TOGETHER * countAt(words.levels, length, start),
			);
		});
	const one: Candidate[] = [];
	const two: Candidate[] = [];
	for (const candidate of found) (isTwo(candidate) ? two : one).push(candidate);
	return [...one.sort(byExplained), ...two.sort(byExplained)];
}

function byExplained(a: Candidate, b: Candidate): number {
	const [one, other] = [a, b].map((each) => each.occurrences * (each.functions.length - 1));
	// Whose first function was recorded first has the lower code.
	const at = a.functions.findIndex((code, place) => code !== b.functions[place]);
	return (
		(other ?? 0) - (one ?? 0) ||
		b.occurrences - a.occurrences ||
		(a.functions[at] ?? 0) - (b.functions[at] ?? 0)
	);
}

/** Of one length: which words are asked about, and how often each is followed by its first step. */
interface Rounds {
	readonly isAsked: Uint8Array;
	readonly closings: Int32Array;
}

function findRounds({ steps, levels }: Words): Rounds[] {
	const rounds = levels.map(({ count }) => ({
		isAsked: new Uint8Array(count),
		closings: new Int32Array(count),
	}));
	for (let length = 2; length < levels.length; length++) {
		const level = levels[length];
		if (level === undefined) break;
		const longer = levels[length + 1];
		const isPart = longer === undefined ? null : partsOf(level, longer);
		for (let number = 0; number < level.count; number++) {
			if (isPart?.[number] === 1) continue;
			const example = level.examples[number] ?? 0;
			const period = periodOf(steps.functions, example, length);
			for (let at = example; at + period <= example + length; at++) {
				const round = levels[period]?.starts[at] ?? 0;
				const own = rounds[period];
				// One that repeats itself in turn stands in other words with its own rounds.
				if (own === undefined || periodOf(steps.functions, at, period) < period) continue;
				own.isAsked[round] = 1;
				if (at + period === example + length) continue;
				const closed = levels[period + 1];
				own.closings[round] = closed?.occurrences[closed.starts[at] ?? 0] ?? 0;
			}
		}
	}
	return rounds;
}

/** After how many steps a word repeats itself; its length where it does not. */
function periodOf(functions: Int32Array, from: number, length: number): number {
	for (let period = 2; period < length; period++) {
		let at = from;
		while (at + period < from + length && functions[at] === functions[at + period]) at++;
		if (at + period === from + length) return period;
	}
	return length;
}

/** @returns null where the word may be an accident */
function liftOf(words: Words, example: number, length: number, limit: number): number | null {
	const { levels } = words;
	const met = countAt(levels, length, example);
	const places = placesOf(words);
	let least = Number.POSITIVE_INFINITY;
	for (let cut = 1; cut < length; cut++) {
		const first = countAt(levels, cut, example);
		const second = countAt(levels, length - cut, example + cut);
		if (logChance(met, first, second, places) > limit) return null;
		least = Math.min(least, (met / first / second) * places);
	}
	return least;
}

/** Whether a word begins anew where it ends, and not by chance. */
function isClosing(
	words: Words,
	[first = 0]: readonly number[],
	occurrences: number,
	closings: number,
	limit: number,
): boolean {
	const again = words.levels[1]?.occurrences[first] ?? 0;
	return closings > 0 && logChance(closings, occurrences, again, placesOf(words)) <= limit;
}

/** Where something could begin or a run end: that nothing follows is as good as another step. */
function placesOf({ steps }: Words): number {
	return steps.length + (steps.runs[steps.length - 1] ?? -1) + 1;
}

/** How often the word of this length occurs that stands at a step. */
function countAt(levels: readonly Level[], length: number, step: number): number {
	const level = levels[length];
	return level?.occurrences[level.starts[step] ?? 0] ?? 0;
}

function levelOf({ levels }: Words, length: number): Level {
	const level = levels[length];
	if (level === undefined) throw new Error(`no words of ${length} steps`);
	return level;
}

function count(flags: Uint8Array): number {
	return flags.reduce((sum, flag) => sum + flag, 0);
}
