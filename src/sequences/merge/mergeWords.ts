import type { Words } from "../frequentWords.ts";
import type { SequenceMeasures } from "../measures.ts";
import { release } from "../release.ts";
import { callsAt } from "../steps.ts";
import { Sums } from "../sums.ts";
import { NONE } from "../windows.ts";
import { Beginnings } from "./beginnings.ts";
import { type Candidate, findCandidates } from "./candidates.ts";
import { type Entry, Listed } from "./listed.ts";
import type { Cycle } from "./relation.ts";
import { Uncovered } from "./uncovered.ts";
import { Wholes } from "./wholes.ts";

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
 * Lists each habit once: those words that are no accident, then those that are none among the steps
 * which belong to nothing listed yet, and so on until nothing is left.
 *
 * So no two that are listed are related, one that is rare hides none that is frequent, and one whose
 * functions others use far more often is found all the same.
 */
export function mergeWords(words: Words, hasSamples: boolean): MergedFound[] {
	const beginnings = new Beginnings(words);
	const uncovered = new Uncovered(words);
	const listed = new Listed(words);
	let [isMore, asked] = [true, 0];
	while (isMore) {
		const left = uncovered.counts();
		const candidates = findCandidates(words, left, asked);
		asked = candidates.asked;
		const wholes = new Wholes(words, left, candidates.all, beginnings);
		isMore = listNew(candidates.all, wholes, beginnings, uncovered, listed);
	}
	const found = describe(words, [...listed.all], beginnings, hasSamples);
	release([...beginnings.arrays(), ...uncovered.arrays()]);
	return found;
}

/** The word that explains most steps comes first (occurrences × passages in it). @returns whether there was any */
function listNew(
	candidates: readonly Candidate[],
	wholes: Wholes,
	beginnings: Beginnings,
	uncovered: Uncovered,
	listed: Listed,
): boolean {
	let isAny = false;
	const isNew = (one: Candidate): boolean =>
		listed.hasPlaceFor(one) && uncovered.isLeft(one, beginnings.of(one));
	for (const candidate of candidates) {
		if (!isNew(candidate)) continue;
		const whole = wholes.of(candidate, isNew, isAny);
		if (whole === null) continue;
		uncovered.coverAll(whole, beginnings.of(whole));
		listed.add(whole);
		isAny = true;
	}
	for (const candidate of candidates) listed.merge(candidate);
	return isAny;
}

function describe(
	{ steps, levels }: Words,
	listed: readonly Entry[],
	beginnings: Beginnings,
	hasSamples: boolean,
): MergedFound[] {
	const sums = new Sums(listed.length, hasSamples);
	// No two of them begin at one step: they would be related.
	const entries = new Int32Array(steps.length).fill(NONE);
	for (const [place, { candidate }] of listed.entries()) {
		for (const start of beginnings.of(candidate)) entries[start] = place;
	}
	for (let start = 0; start < steps.length; start++) {
		const place = entries[start] ?? NONE;
		const size = listed[place]?.candidate.functions.length;
		if (size !== undefined) sums.addSteps(place, steps, start, start + size);
	}
	release([entries]);
	return listed.map(({ candidate, others }, place) => {
		const { functions, isLoop, occurrences, lift, number } = candidate;
		const samples = hasSamples ? sums.samplesOf(place) : [];
		return {
			functions,
			isLoop,
			merged: others.size,
			occurrences,
			lift,
			sessions: levels[functions.length]?.sessions[number] ?? 0,
			...sums.of(place),
			samples: () => samples.map((step) => callsAt(steps, step, functions.length)),
		};
	});
}
