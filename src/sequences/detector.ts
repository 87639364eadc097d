import { type CallColumns, OPEN } from "./callColumns.ts";
import { findWords, partsOf, type Words } from "./frequentWords.ts";
import type { SequenceMeasures } from "./measures.ts";
import { type MergedFound, mergeWords } from "./merge/mergeWords.ts";
import { release } from "./release.ts";
import { endOf, type Steps, startOf, stepsOf, worse } from "./steps.ts";
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
	const closed = levels.slice(0, MAX_LENGTH + 1).map((level, length) => {
		const longer = length < MAX_LENGTH ? levels[length + 1] : undefined;
		const isPart = longer === undefined ? new Uint8Array(level.count) : partsOf(level, longer);
		return { level, isPart, sums: new Sums(level.count, false) };
	});
	addUp(steps, closed);
	return closed
		.slice(MIN_LENGTH)
		.flatMap((one, at) => describe(steps, one, at + MIN_LENGTH, single));
}

/** Sequences of one length. */
interface Closed {
	readonly level: Level;
	/** 1 for those that are nothing but a part of a longer one. */
	readonly isPart: Uint8Array;
	readonly sums: Sums;
}

/** Those of all lengths at once: each is the one before and a step more. */
function addUp(steps: Steps, closed: readonly Closed[]): void {
	for (let from = 0; from < steps.length; from++) {
		const first = startOf(steps, from);
		let outcome = steps.outcomes[from] ?? OPEN;
		let durationUs = steps.durationsUs[from] ?? Number.NaN;
		for (let length = MIN_LENGTH; length < closed.length; length++) {
			const one = closed[length];
			const number = one?.level.starts[from] ?? NONE;
			// Of a sequence that is not frequent no longer one is.
			if (one === undefined || number === NONE) break;
			const last = from + length - 1;
			outcome = worse(outcome, steps.outcomes[last] ?? OPEN);
			durationUs += steps.durationsUs[last] ?? Number.NaN;
			if (one.isPart[number] === 1) continue;
			one.sums.add(number, outcome, durationUs, first, endOf(steps, last));
		}
	}
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

function describe(
	steps: Steps,
	{ level, isPart, sums }: Closed,
	length: number,
	single: Level,
): FoundSequence[] {
	const chance = chanceOf(steps, single, length);
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
