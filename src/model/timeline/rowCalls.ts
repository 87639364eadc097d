import { isFailure } from "../calls/mergeCalls.ts";
import type { EndedWait } from "../calls/waits.ts";
import type { KeptCall } from "../graph/told/nodeHistory.ts";
import { layLanes } from "./lanes.ts";

/** It goes on, or was cut off with its session or agent. */
export const OPEN = 0;
const SUCCEEDED = 1;
export const FAILED = 2;

/**
 * The calls of one row by columns, sorted by their starts: what is asked of many at once is read
 * without touching the calls themselves. Times are ms since the epoch.
 */
export class RowCalls {
	count = 0;
	starts = new Float64Array();
	/** Infinity of calls that go on. */
	ends = new Float64Array();
	/** The latest end of a call and of all before it. */
	reaches = new Float64Array();
	/** {@link OPEN}, {@link SUCCEEDED} or {@link FAILED}. */
	results = new Uint8Array();
	/** Of calls that overlap each lies in a lane of its own, from 0, of so many. */
	lanes = new Uint8Array();
	laneCounts = new Uint8Array();
	/** The calls as the graph has them. */
	calls: readonly KeptCall[] = [];

	/**
	 * @param waits a call that waited for a permission begins when it got it
	 * @param lastEnd when its agent ended: calls that nothing told the end of ended then at the latest
	 */
	fill(calls: readonly KeptCall[], waits: readonly EndedWait[], lastEnd: number): void {
		this.#resize(calls.length);
		const begun = begunBy(waits);
		this.calls = inOrder(calls, begun);
		let reach = Number.NEGATIVE_INFINITY;
		for (const [index, call] of this.calls.entries()) {
			const start = startOf(call, begun);
			const end = Math.max(start, endOf(call, start, lastEnd));
			reach = Math.max(reach, end);
			this.starts[index] = start;
			this.ends[index] = end;
			this.reaches[index] = reach;
			this.results[index] = isFailure(call) ? FAILED : call.success ? SUCCEEDED : OPEN;
		}
		layLanes(this);
	}

	/** Index of the first call that may last until `at`; the number of calls where none does. */
	firstReaching(at: number): number {
		return firstOf(this.count, (index) => (this.reaches[index] ?? 0) >= at);
	}

	/** Index of the first call that begins at `at` or later; the number of calls where none does. */
	firstFrom(at: number): number {
		return firstOf(this.count, (index) => (this.starts[index] ?? 0) >= at);
	}

	#resize(count: number): void {
		this.count = count;
		if (this.starts.length >= count) return;
		const room = Math.max(16, Math.ceil(count * 1.5));
		this.starts = new Float64Array(room);
		this.ends = new Float64Array(room);
		this.reaches = new Float64Array(room);
		this.results = new Uint8Array(room);
		this.lanes = new Uint8Array(room);
		this.laneCounts = new Uint8Array(room);
	}
}

/** When calls that waited began to run, by their ids. */
function begunBy(waits: readonly EndedWait[]): ReadonlyMap<string, number> {
	const begun = new Map<string, number>();
	for (const { call, until } of waits) if (call !== null) begun.set(call, until);
	return begun;
}

function inOrder(
	calls: readonly KeptCall[],
	begun: ReadonlyMap<string, number>,
): readonly KeptCall[] {
	const at = (call: KeptCall): number => startOf(call, begun);
	const isSorted = calls.every((call, index) => {
		const before = calls[index - 1];
		return before === undefined || at(before) <= at(call);
	});
	return isSorted ? calls : calls.toSorted((a, b) => at(a) - at(b));
}

function startOf(call: KeptCall, begun: ReadonlyMap<string, number>): number {
	const at = begun.size === 0 ? undefined : begun.get(call.id);
	return at === undefined ? call.startedAt : Math.max(call.startedAt, at);
}

/** The client's own measure leaves a wait out; the difference of two times has it in. */
function endOf(call: KeptCall, start: number, lastEnd: number): number {
	const { durationMs, durationFrom, startedAt } = call;
	if (durationMs === null) return lastEnd;
	return (durationFrom === "hook" ? start : startedAt) + durationMs;
}

/** Where a condition that once true stays true becomes so. */
function firstOf(count: number, isTrue: (index: number) => boolean): number {
	let low = 0;
	let high = count;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (isTrue(middle)) high = middle;
		else low = middle + 1;
	}
	return low;
}
