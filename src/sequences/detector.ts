import type { CallColumns } from "./callColumns.ts";
import { findWords, partsOf, type Words } from "./frequentWords.ts";
import type { SequenceMeasures } from "./measures.ts";
import { type MergedFound, mergeWords } from "./merge/mergeWords.ts";
import { release } from "./release.ts";
import { type Steps, stepsOf } from "./steps.ts";
import { Sums } from "./sums.ts";
import { type Level, NONE } from "./windows.ts";

const MIN_LENGTH = 2;
const MAX_LENGTH = 5;

/** Functions that are called one after the other again and again. */
export interface FoundSequence extends SequenceMeasures {
	/** Codes, 2 to 5. */
	readonly functions: readonly number[];
}

/** What a search gives. */
export interface Found {
	/** Closed sequences of 2 to 5 steps; none with `onlyJoined`. */
	readonly sequences: FoundSequence[];
	/** What they come to, see `mergeWords`. */
	readonly merged: MergedFound[];
}

/**
 * Finds contiguous sequences of 2 to 5 different steps that occur at least 3 times in at least 2
 * sessions, and only closed ones: where a longer one of at most 5 steps occurs just as often, the
 * shorter is nothing but a part of it. Every place where a sequence begins is an occurrence; A→B→A→B
 * has A→B twice, and A→B→A→B→A has A→B→A twice, with the step in the middle in both.
 *
 * lift = (occurrences / windows of that length) / Π (steps of the function / all steps), which is
 * how often it occurs over how often it would if each step were drawn by itself; 1 is chance
 * (Brin, Motwani, Ullman and Tsur, 1997, for sets; here for windows).
 *
 * Time and memory grow linearly with the calls.
 *
 * @param options without samples none of the columns is needed any more once it returns; `onlyJoined`
 * takes calls that cannot be one with others for gaps
 */
export function detectSequences(
	calls: CallColumns,
	functionCount: number,
	{ hasSamples = true, onlyJoined = false } = {},
): Found {
	const steps = stepsOf(calls, onlyJoined);
	const words = findWords(steps, functionCount);
	const merged = mergeWords(words, hasSamples);
	const sequences = onlyJoined ? [] : closedSequences(words);
	const { order, firstCalls, times: _, ...rest } = steps;
	release([...words.levels.slice(2).map(({ starts }) => starts)]);
	release(Object.values(rest));
	if (!hasSamples) release([order, firstCalls]);
	return { sequences, merged };
}

/** Those of at most {@link MAX_LENGTH} steps, which the table holds. */
function closedSequences({ steps, levels }: Words): FoundSequence[] {
	const [, single] = levels;
	if (single === undefined) return [];
	return levels.slice(MIN_LENGTH, MAX_LENGTH + 1).flatMap((level, at) => {
		const length = at + MIN_LENGTH;
		const longer = length < MAX_LENGTH ? levels[length + 1] : undefined;
		const isPart = longer === undefined ? new Uint8Array(level.count) : partsOf(level, longer);
		const chance = chanceOf(steps, single, length);
		return describe({ steps, level, length, isPart, chance });
	});
}

/** How often a sequence of these functions would occur by chance. */
function chanceOf(steps: Steps, { occurrences }: Level, length: number) {
	const windows = countWindows(steps, length);
	return (functions: readonly number[]): number =>
		functions.reduce((share, code) => (share * (occurrences[code] ?? 0)) / steps.length, windows);
}

function countWindows({ runs, length: all }: Steps, length: number): number {
	let windows = 0;
	for (let step = 0; step + length <= all; step++) {
		if (runs[step] === runs[step + length - 1]) windows++;
	}
	return windows;
}

interface Described {
	readonly steps: Steps;
	readonly level: Level;
	readonly length: number;
	readonly isPart: Uint8Array;
	readonly chance: (functions: readonly number[]) => number;
}

function describe(described: Described): FoundSequence[] {
	const { steps, level, length, isPart, chance } = described;
	const sums = new Sums(level.count, false);
	for (let step = 0; step < steps.length; step++) {
		const number = level.starts[step] ?? NONE;
		if (number !== NONE && isPart[number] === 0) sums.add(number, steps, step, length);
	}
	const found: FoundSequence[] = [];
	for (let number = 0; number < level.count; number++) {
		if (isPart[number] !== 0) continue;
		const example = level.examples[number] ?? 0;
		const functions = Array.from(steps.functions.subarray(example, example + length));
		const occurrences = level.occurrences[number] ?? 0;
		const { finished: _, succeeded: __, ...measures } = sums.of(number);
		found.push({
			functions,
			occurrences,
			sessions: level.sessions[number] ?? 0,
			lift: occurrences / chance(functions),
			...measures,
		});
	}
	return found;
}
