import { endOfBucket } from "../model/calls/logHistogram.ts";
import { CALL_FAILED, type FunctionColumns, NO_BUCKET } from "./columns.ts";
import { bucketAt } from "./dense.ts";
import { type CallFigures, CallSums, type PassesCall } from "./functionFigures.ts";
import type { Calendar } from "./period.ts";

/** A call after a longer silence of whoever made it does not follow from the one before, ms. */
const GAP_MS = 600_000;
const MAX_NEIGHBOURS = 10;
const MAX_CALLS = 20;
/** Places of the fine histogram that make a bar of the picture. */
const BAR_PLACES = 12;

/** Calls of one function by a name: a day, an agent type, a model. */
export interface NamedCalls extends CallFigures {
	readonly name: string;
}

/** What stands behind the row of one function. */
export interface FunctionInsight {
	readonly functionId: string;
	/** null where it was not called in the period. */
	readonly all: CallFigures | null;
	/** Calls by how long they took, without gaps. */
	readonly durations: readonly {
		/** Tells it from the others of any period. */
		readonly bar: number;
		/** ms: at most so long, and longer than the bar before. */
		readonly untilMs: number;
		readonly calls: number;
	}[];
	/** Without gaps; null on a day without a call. */
	readonly over: readonly { readonly name: string; readonly figures: CallFigures | null }[];
	/** Most calls first. */
	readonly agentTypes: readonly NamedCalls[];
	readonly models: readonly NamedCalls[];
	readonly errors: readonly { readonly name: string; readonly calls: number }[];
	/** What the same agent called right before and right after, most often first. */
	readonly before: readonly { readonly name: string; readonly calls: number }[];
	readonly after: readonly { readonly name: string; readonly calls: number }[];
	/** The latest, newest first, as places in the columns. */
	readonly latest: readonly number[];
}

/** Everything of one function that its calls tell. Linear in all calls. */
export function functionInsight(
	columns: FunctionColumns,
	functionId: string,
	passes: PassesCall,
	calendar: Calendar,
): FunctionInsight {
	const { calls, actors, functions, types, models, errors } = columns;
	const wanted = functions.find(functionId);
	const all = new CallSums(1);
	const over = new CallSums(calendar.keys.length);
	const byType = new CallSums(types.names.length);
	const byModel = new CallSums(models.names.length);
	const byError = new Int32Array(errors.names.length);
	const own: number[] = [];
	for (let at = 0; at < calls.length; at++) {
		if (calls.functions[at] !== wanted || !passes(at)) continue;
		const actor = actors[calls.actors[at] ?? -1];
		all.add(0, calls, at);
		over.add(calendar.placeOf(calls.times[at] ?? 0), calls, at);
		if (actor !== undefined) byType.add(actor.type, calls, at);
		if (actor !== undefined) byModel.add(actor.model, calls, at);
		const error = calls.errors[at] ?? 0;
		if (calls.ends[at] === CALL_FAILED) byError[error] = (byError[error] ?? 0) + 1;
		own.push(at);
	}
	return {
		functionId,
		all: all.at(0),
		durations: bars(all),
		over: calendar.keys.map((name, at) => ({ name, figures: over.at(at) })),
		agentTypes: named(byType, types.names),
		models: named(byModel, models.names),
		errors: counted(byError, errors.names, errors.names.length),
		...neighbours(columns, wanted, passes),
		latest: newest(columns, own),
	};
}

/** Of one function the calls of a bar of its durations, or those that failed in one way. */
export interface CallsWanted {
	readonly functionId: string;
	readonly bar?: number | undefined;
	readonly error?: string | undefined;
}

/** The latest of those, newest first, as places in the columns. Linear in all calls. */
export function latestCalls(
	columns: FunctionColumns,
	{ functionId, bar, error }: CallsWanted,
	passes: PassesCall,
): number[] {
	const { calls, functions, errors } = columns;
	const wanted = functions.find(functionId);
	const failed = error === undefined ? null : errors.find(error);
	const own: number[] = [];
	for (let at = 0; at < calls.length; at++) {
		if (calls.functions[at] !== wanted || !passes(at)) continue;
		if (bar !== undefined && barOf(calls.buckets[at] ?? NO_BUCKET) !== bar) continue;
		const isFailed = calls.ends[at] === CALL_FAILED;
		if (failed === null || (isFailed && calls.errors[at] === failed)) own.push(at);
	}
	return newest(columns, own);
}

function newest({ calls }: FunctionColumns, places: number[]): number[] {
	return places
		.sort((a, b) => (calls.times[b] ?? 0) - (calls.times[a] ?? 0) || b - a)
		.slice(0, MAX_CALLS);
}

/** The bar that a place of the fine histogram is in; -1 for a duration that is not known. */
function barOf(place: number): number {
	return Math.floor(place / BAR_PLACES);
}

function bars(all: CallSums): FunctionInsight["durations"] {
	const counts = all.dense(0);
	const used = [...counts.keys()].filter((place) => (counts[place] ?? 0) > 0);
	const [first, last] = [used[0], used.at(-1)];
	if (first === undefined || last === undefined) return [];
	const found = Array.from({ length: barOf(last) - barOf(first) + 1 }, (_, at) => ({
		bar: barOf(first) + at,
		untilMs: endOfBucket(bucketAt((barOf(first) + at + 1) * BAR_PLACES - 1)),
		calls: 0,
	}));
	for (const place of used) {
		const bar = found[barOf(place) - barOf(first)];
		if (bar !== undefined) bar.calls += counts[place] ?? 0;
	}
	return found;
}

function named(sums: CallSums, names: readonly string[]): NamedCalls[] {
	return names
		.flatMap((name, at) => {
			const figures = sums.at(at);
			return figures === null ? [] : [{ name, ...figures }];
		})
		.sort((a, b) => b.calls - a.calls);
}

function counted(
	counts: Int32Array,
	names: readonly string[],
	most: number,
): { name: string; calls: number }[] {
	return [...counts]
		.map((calls, at) => ({ name: names[at] ?? "", calls }))
		.filter(({ calls }) => calls > 0)
		.sort((a, b) => b.calls - a.calls || (a.name < b.name ? -1 : 1))
		.slice(0, most);
}

/** Calls of one agent stand in the order in which they were recorded. */
function neighbours(
	{ calls, actors, functions }: FunctionColumns,
	wanted: number,
	passes: PassesCall,
): Pick<FunctionInsight, "before" | "after"> {
	const before = new Int32Array(functions.names.length);
	const after = new Int32Array(functions.names.length);
	const last = new Int32Array(actors.length).fill(-1);
	const increase = (counts: Int32Array, at: number): void => {
		counts[at] = (counts[at] ?? 0) + 1;
	};
	for (let at = 0; at < calls.length; at++) {
		const actor = calls.actors[at] ?? 0;
		const previous = last[actor] ?? -1;
		last[actor] = at;
		if (previous < 0 || !passes(at)) continue;
		if ((calls.times[at] ?? 0) - (calls.times[previous] ?? 0) > GAP_MS) continue;
		const [one, other] = [calls.functions[previous] ?? 0, calls.functions[at] ?? 0];
		if (other === wanted) increase(before, one);
		if (one === wanted) increase(after, other);
	}
	return {
		before: counted(before, functions.names, MAX_NEIGHBOURS),
		after: counted(after, functions.names, MAX_NEIGHBOURS),
	};
}
