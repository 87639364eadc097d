import { quantilesOf } from "../model/calls/logHistogram.ts";
import {
	CALL_FAILED,
	CALL_INTERRUPTED,
	CALL_OPEN,
	CALL_SUCCEEDED,
	type FunctionColumns,
	type MeasuredCalls,
	NO_BUCKET,
} from "./columns.ts";
import { BUCKETS, bucketAt } from "./dense.ts";
import { Calendar, type Period } from "./period.ts";

/** Calls of one function in a period. */
export interface FunctionCalls {
	readonly functionId: string;
	readonly calls: number;
	/** Failed; those that were cut off with their session are none. */
	readonly errors: number;
	readonly interrupted: number;
	/** 0 to 1, of the calls that came to an end; null where none did. */
	readonly errorRate: number | null;
	/** ms, as are the percentiles, without waits for a person; null where none is known. */
	readonly meanMs: number | null;
	readonly p50Ms: number | null;
	readonly p95Ms: number | null;
	readonly p99Ms: number | null;
	/** All durations together, ms. */
	readonly sumMs: number;
	/** ms since the epoch */
	readonly lastUsedAt: number;
}

/** Whether a call is to be counted. */
export type PassesCall = (at: number) => boolean;

/** @param passing by actor, 1 for those that count */
export function callsWithin(
	{ times, actors }: MeasuredCalls,
	period: Period,
	passing: Uint8Array,
	weekHour?: number,
): PassesCall {
	const { from, until } = period;
	const isWithin: PassesCall = (at) => {
		const ts = times[at] ?? 0;
		return ts >= from && ts < until && passing[actors[at] ?? 0] === 1;
	};
	if (weekHour === undefined) return isWithin;
	const calendar = new Calendar(period, "week");
	return (at) => isWithin(at) && calendar.weekHourOf(times[at] ?? 0) === weekHour;
}

/** What the calls of each function came to; functions without a call are left out. Linear. */
export function functionFigures(
	{ calls, functions }: FunctionColumns,
	passes: PassesCall,
): FunctionCalls[] {
	const sums = new CallSums(functions.names.length);
	for (let at = 0; at < calls.length; at++) {
		if (passes(at)) sums.add(calls.functions[at] ?? 0, calls, at);
	}
	return functions.names.flatMap((functionId, place) => {
		const figures = sums.at(place);
		return figures === null ? [] : [{ functionId, ...figures }];
	});
}

/** Calls of all functions together. */
export type CallTotals = Pick<FunctionCalls, "calls" | "errors" | "interrupted">;

export function totalOf(figures: readonly FunctionCalls[]): CallTotals {
	const sum = { calls: 0, errors: 0, interrupted: 0 };
	for (const { calls, errors, interrupted } of figures) {
		sum.calls += calls;
		sum.errors += errors;
		sum.interrupted += interrupted;
	}
	return sum;
}

export type CallFigures = Omit<FunctionCalls, "functionId">;

/** Ends of calls, {@link CALL_OPEN} and the like, are so many. */
const ENDS = 4;

/** Sums of calls by place: a function, a day, an agent type. */
export class CallSums {
	/** By place and end. */
	readonly #ends: Int32Array;
	readonly #sumMs: Float64Array;
	readonly #lastAt: Float64Array;
	/** A dense histogram a place. */
	readonly #buckets: Int32Array;

	constructor(places: number) {
		this.#ends = new Int32Array(places * ENDS);
		this.#sumMs = new Float64Array(places);
		this.#lastAt = new Float64Array(places);
		this.#buckets = new Int32Array(places * BUCKETS);
	}

	add(place: number, calls: MeasuredCalls, at: number): void {
		increase(this.#ends, place * ENDS + (calls.ends[at] ?? CALL_OPEN), 1);
		const ts = calls.times[at] ?? 0;
		if (ts > (this.#lastAt[place] ?? 0)) this.#lastAt[place] = ts;
		const bucket = calls.buckets[at] ?? NO_BUCKET;
		if (bucket === NO_BUCKET) return;
		increase(this.#buckets, place * BUCKETS + bucket, 1);
		increase(this.#sumMs, place, calls.durationsMs[at] ?? 0);
	}

	/** null where nothing was added. */
	at(place: number): CallFigures | null {
		const endsOf = (end: number): number => this.#ends[place * ENDS + end] ?? 0;
		const [errors, interrupted] = [endsOf(CALL_FAILED), endsOf(CALL_INTERRUPTED)];
		const ended = endsOf(CALL_SUCCEEDED) + errors;
		const calls = ended + interrupted + endsOf(CALL_OPEN);
		if (calls === 0) return null;
		const counts = this.#countsOf(place);
		const timed = counts.reduce((sum, [, count]) => sum + count, 0);
		const sumMs = this.#sumMs[place] ?? 0;
		const [p50Ms = null, p95Ms = null, p99Ms = null] = quantilesOf(counts, [0.5, 0.95, 0.99]);
		return {
			calls,
			errors,
			interrupted,
			errorRate: ended === 0 ? null : errors / ended,
			meanMs: timed === 0 ? null : sumMs / timed,
			p50Ms,
			p95Ms,
			p99Ms,
			sumMs,
			lastUsedAt: this.#lastAt[place] ?? 0,
		};
	}

	/** Durations of a place, as a dense histogram. */
	dense(place: number): Int32Array {
		return this.#buckets.subarray(place * BUCKETS, (place + 1) * BUCKETS);
	}

	#countsOf(place: number): [bucket: number, count: number][] {
		const counts: [number, number][] = [];
		const dense = this.dense(place);
		for (let at = 0; at < dense.length; at++) {
			const count = dense[at] ?? 0;
			if (count > 0) counts.push([bucketAt(at), count]);
		}
		return counts;
	}
}

function increase(sums: Int32Array | Float64Array, at: number, by: number): void {
	sums[at] = (sums[at] ?? 0) + by;
}
