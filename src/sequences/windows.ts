import type { Steps } from "./steps.ts";

export const MIN_OCCURRENCES = 3;
const MIN_SESSIONS = 2;
/** Pairs that a table has room for at first; a power of two. */
const LEAST_PAIRS = 4096;
/** In the arrays of windows: no frequent sequence begins at this step. */
export const NONE = -1;

/**
 * The frequent sequences of one length, numbered from 0. Of a sequence that is not frequent no
 * longer one is, so each length is found among the windows of the one before.
 */
export interface Level {
	/** Number of the sequence that begins at each step, or {@link NONE}. */
	readonly starts: Int32Array;
	/** How many there are. */
	readonly count: number;
	/** How often each occurs; every start counts, overlapping ones too. */
	readonly occurrences: Int32Array;
	readonly sessions: Int32Array;
	/** A step at which each begins. */
	readonly examples: Int32Array;
}

/** Functions as the level of length 1; all of them, as their counts are needed for the lift. */
export function firstLevel(steps: Steps, functionCount: number): Level {
	const occurrences = new Int32Array(functionCount);
	for (let step = 0; step < steps.length; step++) {
		const code = steps.functions[step] ?? 0;
		occurrences[code] = (occurrences[code] ?? 0) + 1;
	}
	return {
		starts: steps.functions,
		count: functionCount,
		occurrences,
		sessions: new Int32Array(functionCount),
		examples: new Int32Array(functionCount),
	};
}

/**
 * Finds the sequences that are one step longer. Two windows are the same sequence if and only if
 * both of their shorter windows are, so a pair of numbers names it exactly, without a hash of its
 * content (Karp, Miller and Rosenberg, 1972).
 */
export function nextLevel(steps: Steps, level: Level, length: number, room: Room): Level {
	const pairs = new PairNumbers();
	const starts = new Int32Array(steps.length).fill(NONE);
	for (let step = 0; step + length <= steps.length; step++) {
		if (isWindow(steps, level, length, step)) {
			starts[step] = pairs.numberOf(level.starts[step] ?? 0, level.starts[step + 1] ?? 0);
		}
	}
	return frequentOf(steps, starts, pairs.count, room);
}

/**
 * Arrays that every level needs anew for a short time. A quiet worker would not collect them for
 * long, so one set serves all.
 */
export class Room {
	readonly occurrences: Int32Array;
	readonly sessions: Int32Array;
	readonly examples: Int32Array;
	readonly lastSessions: Int32Array;

	constructor(steps: Steps) {
		this.occurrences = new Int32Array(steps.length);
		this.sessions = new Int32Array(steps.length);
		this.examples = new Int32Array(steps.length);
		this.lastSessions = new Int32Array(steps.length);
	}
}

/** Whether the step begins a window whose two shorter windows are frequent. */
function isWindow({ runs }: Steps, { starts }: Level, length: number, step: number): boolean {
	if ((starts[step] ?? NONE) === NONE || (starts[step + 1] ?? NONE) === NONE) return false;
	// Longer windows share a step with both of theirs, which are within one run already.
	return length > 2 || runs[step] === runs[step + 1];
}

function frequentOf(steps: Steps, starts: Int32Array, candidates: number, room: Room): Level {
	const { occurrences, sessions, examples, lastSessions } = room;
	occurrences.fill(0, 0, candidates);
	sessions.fill(0, 0, candidates);
	lastSessions.fill(NONE, 0, candidates);
	for (let step = 0; step < steps.length; step++) {
		const number = starts[step] ?? NONE;
		if (number === NONE) continue;
		occurrences[number] = (occurrences[number] ?? 0) + 1;
		examples[number] = step;
		// The steps of a session stand together.
		const session = steps.sessions[step] ?? 0;
		if (lastSessions[number] !== session) sessions[number] = (sessions[number] ?? 0) + 1;
		lastSessions[number] = session;
	}
	return keepFrequent({ starts, count: candidates, occurrences, sessions, examples }, lastSessions);
}

/** Renumbers in place, so that later arrays are as long as there are frequent sequences. */
function keepFrequent(all: Level, numbers: Int32Array): Level {
	const { starts, occurrences, sessions, examples } = all;
	let count = 0;
	for (let number = 0; number < all.count; number++) {
		const isFrequent =
			(occurrences[number] ?? 0) >= MIN_OCCURRENCES && (sessions[number] ?? 0) >= MIN_SESSIONS;
		numbers[number] = isFrequent ? count : NONE;
		if (!isFrequent) continue;
		occurrences[count] = occurrences[number] ?? 0;
		sessions[count] = sessions[number] ?? 0;
		examples[count] = examples[number] ?? 0;
		count++;
	}
	for (let step = 0; step < starts.length; step++) {
		const number = starts[step] ?? NONE;
		if (number !== NONE) starts[step] = numbers[number] ?? NONE;
	}
	return {
		starts,
		count,
		occurrences: occurrences.slice(0, count),
		sessions: sessions.slice(0, count),
		examples: examples.slice(0, count),
	};
}

/**
 * Numbers pairs of numbers from 0, as they come; a table with open addressing that grows with the
 * different ones, so that it stays where the processor reaches it fast.
 */
class PairNumbers {
	count = 0;
	/** Pairs by their number. */
	#firsts = new Int32Array(LEAST_PAIRS);
	#seconds = new Int32Array(LEAST_PAIRS);
	/** Numbers, twice as many as there may be, or {@link NONE}. */
	#slots = new Int32Array(2 * LEAST_PAIRS).fill(NONE);

	numberOf(first: number, second: number): number {
		const slot = this.#slotOf(first, second);
		const known = this.#slots[slot] ?? NONE;
		if (known !== NONE) return known;
		const number = this.count++;
		this.#slots[slot] = number;
		this.#firsts[number] = first;
		this.#seconds[number] = second;
		if (this.count === this.#firsts.length) this.#grow();
		return number;
	}

	/** Where a pair stands, or could stand. */
	#slotOf(first: number, second: number): number {
		const mask = this.#slots.length - 1;
		let slot = mixed(first, second) & mask;
		for (;;) {
			const number = this.#slots[slot] ?? NONE;
			if (number === NONE) return slot;
			if (this.#firsts[number] === first && this.#seconds[number] === second) return slot;
			slot = (slot + 1) & mask;
		}
	}

	#grow(): void {
		const size = 2 * this.count;
		const [firsts, seconds] = [this.#firsts, this.#seconds];
		this.#firsts = new Int32Array(size);
		this.#firsts.set(firsts);
		this.#seconds = new Int32Array(size);
		this.#seconds.set(seconds);
		this.#slots = new Int32Array(2 * size).fill(NONE);
		for (let number = 0; number < this.count; number++) {
			this.#slots[this.#slotOf(firsts[number] ?? 0, seconds[number] ?? 0)] = number;
		}
	}
}

/** Spreads neighbouring numbers, as the finaliser of MurmurHash3 does. */
function mixed(first: number, second: number): number {
	let hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return hash ^ (hash >>> 16);
}
