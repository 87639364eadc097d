import type { KeptCall } from "../../src/model/graph/told/nodeHistory.ts";
import { RowCalls } from "../../src/model/timeline/rowCalls.ts";

/** A call by what its place in time depends on; `length` in ms, null while it goes on. */
export interface Timed {
	readonly start: number;
	readonly length: number | null;
	readonly isFailure: boolean;
}

/** Where calls that go on have come to. */
export const NOW = 7000;

export function columnsOf(timed: readonly Timed[]): RowCalls {
	const columns = new RowCalls();
	columns.fill(timed.map(callOf), [], Number.POSITIVE_INFINITY);
	return columns;
}

function callOf({ start, length, isFailure }: Timed, index: number): KeptCall {
	return {
		id: `c${index}`,
		tool: "Bash",
		detail: "",
		startedAt: start,
		durationMs: length,
		success: length === null ? null : !isFailure,
		errorClass: isFailure && length !== null ? "exit_1" : "",
		durationFrom: "hook",
	};
}
