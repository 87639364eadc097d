import { FAILED, OPEN, SUCCEEDED } from "./callColumns.ts";
import { endOf, type Steps, startOf, worse } from "./steps.ts";
import { NONE } from "./windows.ts";

/** Occurrences of each sequence whose calls can be looked at. */
const MAX_SAMPLES = 5;

/** Part of FoundSequence, where its fields are told of. */
interface SummedUp {
	readonly finished: number;
	readonly succeeded: number;
	readonly successRate: number | null;
	readonly meanDurationMs: number | null;
	readonly firstTs: number;
	readonly lastTs: number;
}

/** What the occurrences of each sequence of one length add up to. */
export class Sums {
	readonly #finished: Int32Array;
	readonly #succeeded: Int32Array;
	readonly #timed: Int32Array;
	readonly #durationsUs: Float64Array;
	readonly #firstTimes: Float64Array;
	readonly #lastTimes: Float64Array;
	/** {@link MAX_SAMPLES} places for each sequence, newest first. */
	readonly #samples: Int32Array;
	readonly #sampleTimes: Float64Array;

	/** @param hasSamples whether occurrences of each are kept, to be looked at */
	constructor(count: number, hasSamples: boolean) {
		const samples = hasSamples ? count * MAX_SAMPLES : 0;
		this.#finished = new Int32Array(count);
		this.#succeeded = new Int32Array(count);
		this.#timed = new Int32Array(count);
		this.#durationsUs = new Float64Array(count);
		this.#firstTimes = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
		this.#lastTimes = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
		this.#samples = new Int32Array(samples).fill(NONE);
		this.#sampleTimes = new Float64Array(samples).fill(Number.NEGATIVE_INFINITY);
	}

	/** @param from, to the first step and the one behind the last */
	addSteps(number: number, steps: Steps, from: number, to: number): void {
		let outcome = SUCCEEDED;
		let durationUs = 0;
		for (let step = from; step < to; step++) {
			outcome = worse(outcome, steps.outcomes[step] ?? OPEN);
			durationUs += steps.durationsUs[step] ?? Number.NaN;
		}
		const first = startOf(steps, from);
		this.add(number, outcome, durationUs, first, endOf(steps, to - 1));
		if (this.#samples.length > 0) this.#sample(number, from, first);
	}

	/**
	 * Takes an occurrence in its parts: an object for each would cost as much as the rest.
	 *
	 * @param durationUs NaN where it is not known
	 */
	add(number: number, outcome: number, durationUs: number, first: number, last: number): void {
		if (outcome !== OPEN) increase(this.#finished, number, 1);
		if (outcome !== OPEN && outcome !== FAILED) increase(this.#succeeded, number, 1);
		if (!Number.isNaN(durationUs)) {
			increase(this.#timed, number, 1);
			increase(this.#durationsUs, number, durationUs);
		}
		if (first < (this.#firstTimes[number] ?? 0)) this.#firstTimes[number] = first;
		if (last > (this.#lastTimes[number] ?? 0)) this.#lastTimes[number] = last;
	}

	of(number: number): SummedUp {
		const [finished, timed] = [this.#finished[number] ?? 0, this.#timed[number] ?? 0];
		const durationMs = (this.#durationsUs[number] ?? 0) / 1000;
		const succeeded = this.#succeeded[number] ?? 0;
		return {
			finished,
			succeeded,
			successRate: finished === 0 ? null : succeeded / finished,
			meanDurationMs: timed === 0 ? null : durationMs / timed,
			firstTs: this.#firstTimes[number] ?? 0,
			lastTs: this.#lastTimes[number] ?? 0,
		};
	}

	samplesOf(number: number): number[] {
		const from = number * MAX_SAMPLES;
		return Array.from(this.#samples.subarray(from, from + MAX_SAMPLES)).filter(
			(step) => step !== NONE,
		);
	}

	/** Keeps the latest, by insertion: there are few. */
	#sample(number: number, step: number, time: number): void {
		const from = number * MAX_SAMPLES;
		let at = from + MAX_SAMPLES;
		while (at > from && (this.#sampleTimes[at - 1] ?? 0) < time) at--;
		if (at === from + MAX_SAMPLES) return;
		const last = from + MAX_SAMPLES - 1;
		this.#samples.copyWithin(at + 1, at, last);
		this.#sampleTimes.copyWithin(at + 1, at, last);
		this.#samples[at] = step;
		this.#sampleTimes[at] = time;
	}
}

function increase(sums: Int32Array | Float64Array, at: number, by: number): void {
	sums[at] = (sums[at] ?? 0) + by;
}
