import type { CallColumns } from "./callColumns.ts";
import { release } from "./release.ts";
import { type Steps, stepsOf } from "./steps.ts";
import { Sums } from "./sums.ts";
import { firstLevel, type Level, NONE, nextLevel, Room } from "./windows.ts";

const MIN_LENGTH = 2;
const MAX_LENGTH = 5;

/** What is said of a sequence, however its functions are named. */
export interface SequenceMeasures {
	readonly occurrences: number;
	readonly sessions: number;
	/** 0 to 1: occurrences without a failed call, of those whose end is known; null without any. */
	readonly successRate: number | null;
	/** ms that the calls of an occurrence take together; null where never all are known. */
	readonly meanDurationMs: number | null;
	/** How much more often than by chance: see {@link detectSequences}. */
	readonly lift: number;
	/** ms since the epoch: first call of the earliest, last call of the latest occurrence. */
	readonly firstTs: number;
	readonly lastTs: number;
}

/** Functions that are called one after the other again and again. */
export interface FoundSequence extends SequenceMeasures {
	/** Codes, 2 to 5. */
	readonly functions: readonly number[];
	/** Occurrences whose end is known, and those of them in which no call failed. */
	readonly finished: number;
	readonly succeeded: number;
	/** The latest occurrences, newest first: their calls, as places in the columns. */
	samples(): number[][];
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
): FoundSequence[] {
	const steps = stepsOf(calls, onlyJoined);
	const single = firstLevel(steps, functionCount);
	const found: FoundSequence[][] = [];
	const room = new Room(steps);
	let level = nextLevel(steps, single, MIN_LENGTH, room);
	for (let length = MIN_LENGTH; length <= MAX_LENGTH && level.count > 0; length++) {
		const longer = length < MAX_LENGTH ? nextLevel(steps, level, length + 1, room) : null;
		const isPart = longer === null ? new Uint8Array(level.count) : partsOf(level, longer);
		const chance = chanceOf(steps, single, length);
		found.push(describe({ steps, level, length, isPart, chance, hasSamples }));
		release([level.starts]);
		if (longer === null) break;
		level = longer;
	}
	const { order, firstCalls, times: _, ...rest } = steps;
	release([...Object.values(room), ...Object.values(rest)]);
	if (!hasSamples) release([order, firstCalls]);
	return found.flat();
}

/** Marks the sequences that occur as often as one that is a step longer. */
function partsOf(level: Level, longer: Level): Uint8Array {
	const isPart = new Uint8Array(level.count);
	for (let number = 0; number < longer.count; number++) {
		const step = longer.examples[number] ?? 0;
		for (const part of [level.starts[step] ?? 0, level.starts[step + 1] ?? 0]) {
			if (level.occurrences[part] === longer.occurrences[number]) isPart[part] = 1;
		}
	}
	return isPart;
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
	readonly hasSamples: boolean;
}

function describe(described: Described): FoundSequence[] {
	const { steps, level, length, isPart, chance, hasSamples } = described;
	const sums = new Sums(level.count);
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
		found.push({
			functions,
			occurrences,
			sessions: level.sessions[number] ?? 0,
			lift: occurrences / chance(functions),
			...sums.of(number),
			samples: hasSamples ? samplesOf(described, sums.samplesOf(number)) : NO_SAMPLES,
		});
	}
	return found;
}

/** One for all of them: there may be a hundred thousand. */
const NO_SAMPLES = (): number[][] => [];

function samplesOf({ steps, length }: Described, starts: readonly number[]): () => number[][] {
	return () => starts.map((step) => callsAt(steps, step, length));
}

/** The calls of a step and those after it, as places in the columns. */
export function callsAt({ order, firstCalls }: Steps, step: number, length: number): number[] {
	return Array.from(order.subarray(firstCalls[step], firstCalls[step + length]));
}
