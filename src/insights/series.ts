import type { FunctionColumns } from "./columns.ts";
import { CallSums, type PassesCall } from "./functionFigures.ts";
import type { Calendar } from "./period.ts";

/** Days that the lines of the table tell of. */
export const LINE_DAYS = 30;

/** Calls of a function over time, for a line as small as a word. */
export interface FunctionSeries {
	readonly functionId: string;
	/** By the calendar's keys. */
	readonly calls: readonly number[];
	readonly errors: readonly number[];
	/** ms; null on a day without a duration. */
	readonly p95Ms: readonly (number | null)[];
}

/** Lines of some functions. Linear in all calls; memory in functions times days. */
export function functionSeries(
	{ calls, functions }: FunctionColumns,
	functionIds: readonly string[],
	passes: PassesCall,
	calendar: Calendar,
): FunctionSeries[] {
	const days = calendar.keys.length;
	const places = new Int32Array(functions.names.length).fill(-1);
	for (const [place, id] of functionIds.entries()) {
		const code = functions.find(id);
		if (code >= 0) places[code] = place;
	}
	const sums = new CallSums(functionIds.length * days);
	for (let at = 0; at < calls.length; at++) {
		const place = places[calls.functions[at] ?? 0] ?? -1;
		if (place < 0 || !passes(at)) continue;
		sums.add(place * days + calendar.placeOf(calls.times[at] ?? 0), calls, at);
	}
	return functionIds.map((functionId, place) => {
		const figures = calendar.keys.map((_, day) => sums.at(place * days + day));
		return {
			functionId,
			calls: figures.map((each) => each?.calls ?? 0),
			errors: figures.map((each) => each?.errors ?? 0),
			p95Ms: figures.map((each) => each?.p95Ms ?? null),
		};
	});
}
