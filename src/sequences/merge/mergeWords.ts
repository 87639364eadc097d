import type { Words } from "../frequentWords.ts";
import type { SequenceMeasures } from "../measures.ts";
import { release } from "../release.ts";
import { callsAt } from "../steps.ts";
import { Sums } from "../sums.ts";
import { NONE } from "../windows.ts";
import { type Candidate, findCandidates } from "./candidates.ts";
import { areRelated, type Cycle, isInterrupted } from "./relation.ts";
import { Uncovered } from "./uncovered.ts";

/** As often as a part, at least, for a step more to belong to it. */
const NEARLY = 0.75;

/** As often as the whole, at most, for a step more to be an interruption. */
const SELDOM = 0.5;

/** What is shown of all words that are one and the same habit. */
export interface MergedFound extends SequenceMeasures, Cycle<number> {
	/** Other words that it stands for: rotations, parts, and longer ones. */
	readonly merged: number;
	/** Occurrences whose end is known, and those of them in which no call failed. */
	readonly finished: number;
	readonly succeeded: number;
	/** The latest occurrences, newest first: their calls, as places in the columns. */
	samples(): number[][];
}

/**
 * Lists each habit once. The word that explains most steps comes first (occurrences × passages in it).
 * Each of the others is
 *
 * - merged into one that is listed, where it is a rotation or a part of it or contains it;
 * - left out, where what is listed explains it, or its parts meet no more than by chance where nothing
 *   listed explains it: see {@link Uncovered};
 * - else listed too.
 *
 * So no two that are listed are related, and one that is rare hides none that is frequent.
 */
export function mergeWords(words: Words, hasSamples: boolean): MergedFound[] {
	const { all: candidates, limit } = findCandidates(words);
	const places = new Places(words, candidates);
	const uncovered = new Uncovered(words, limit);
	const listed = new Listed(words);
	const isNew = (one: Candidate): boolean =>
		listed.of(one) === null && uncovered.isLeft(one, places.of(one));
	for (const candidate of candidates) {
		const entry = listed.of(candidate);
		if (entry !== null && entry.candidate !== candidate) entry.merged++;
		if (!isNew(candidate)) continue;
		const whole = wholesOf(candidate, candidates).find(isNew) ?? candidate;
		uncovered.coverAll(whole, places.of(whole));
		listed.add({ candidate: whole, place: listed.all.length, merged: Number(whole !== candidate) });
	}
	const found = listed.all.map((one) => describe(words, one, places.of(one.candidate), hasSamples));
	release([...places.all(), ...uncovered.arrays()]);
	return found;
}

/** What goes on for more steps nearly as often, the longest first. */
function wholesOf(part: Candidate, candidates: readonly Candidate[]): Candidate[] {
	const size = part.functions.length;
	return candidates
		.filter((one) => one.functions.length > size && one.occurrences >= part.occurrences * NEARLY)
		.filter((one) => areRelated(part, one))
		.sort((a, b) => b.functions.length - a.functions.length);
}

/**
 * Whether whoever reads of one needs not be told of the other: they are related, or the other is a part
 * of it in which, much less often, a single step of something else comes between, such as a launch.
 */
function standsFor(one: Candidate, other: Candidate): boolean {
	if (areRelated(one, other)) return true;
	return other.occurrences <= one.occurrences * SELDOM && isInterrupted(other, one);
}

interface Entry {
	readonly candidate: Candidate;
	/** In the list. */
	readonly place: number;
	merged: number;
}

/** What is listed, by the pairs of functions within: whatever is related to another shares one. */
class Listed {
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

	add(entry: Entry): void {
		this.all.push(entry);
		for (const pair of this.#pairsOf(entry.candidate, 1)) {
			const others = this.#byPair.get(pair);
			if (others === undefined) this.#byPair.set(pair, [entry]);
			else others.push(entry);
		}
	}

	/** Each function and the one so many steps on, where the last is followed by the first. */
	#pairsOf({ functions }: Candidate, apart: number): number[] {
		return functions.map(
			(code, at) => code * this.#functions + (functions[(at + apart) % functions.length] ?? 0),
		);
	}
}

interface Room {
	readonly starts: Int32Array;
	filled: number;
}

/** Where each candidate begins; asked of all steps at once. */
class Places {
	readonly #starts = new Map<Candidate, Int32Array>();

	constructor({ steps, levels }: Words, candidates: readonly Candidate[]) {
		const rooms = levels.map(({ count }) => new Array<Room | undefined>(count));
		for (const one of candidates) {
			const starts = new Int32Array(one.occurrences);
			this.#starts.set(one, starts);
			const own = rooms[one.functions.length];
			if (own !== undefined) own[one.number] = { starts, filled: 0 };
		}
		for (let step = 0; step < steps.length; step++) {
			for (let length = 2; length < levels.length; length++) {
				const number = levels[length]?.starts[step] ?? NONE;
				// Of a word that is not frequent no longer one is.
				if (number === NONE) break;
				const room = rooms[length]?.[number];
				if (room !== undefined) room.starts[room.filled++] = step;
			}
		}
	}

	all(): Iterable<Int32Array> {
		return this.#starts.values();
	}

	of(candidate: Candidate): Int32Array {
		return this.#starts.get(candidate) ?? new Int32Array();
	}
}

function describe(
	{ steps, levels }: Words,
	{ candidate, merged }: Entry,
	starts: Int32Array,
	hasSamples: boolean,
): MergedFound {
	const { functions, isLoop, occurrences, lift, number } = candidate;
	const sums = new Sums(1);
	for (const start of starts) sums.add(0, steps, start, functions.length);
	const samples = hasSamples ? sums.samplesOf(0) : [];
	return {
		functions,
		isLoop,
		merged,
		occurrences,
		lift,
		sessions: levels[functions.length]?.sessions[number] ?? 0,
		...sums.of(0),
		samples: () => samples.map((step) => callsAt(steps, step, functions.length)),
	};
}
