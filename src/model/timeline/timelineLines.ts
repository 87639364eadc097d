import type { TimelineRow } from "./timelineRow.ts";

/** One line of a timeline as text: an agent, or one of its calls. */
export interface TimelineLine {
	readonly row: TimelineRow;
	/** Index of the call; -1 on the line of the agent itself. */
	readonly call: number;
}

/** All agents with their calls below them, as lines that are made when they are asked for. */
export class TimelineLines {
	readonly count: number;
	readonly #rows: readonly TimelineRow[];
	/** Index of each row's own line. */
	readonly #starts: readonly number[];

	constructor(rows: readonly TimelineRow[]) {
		let count = 0;
		this.#rows = rows;
		this.#starts = rows.map(({ calls }) => {
			const start = count;
			count += 1 + calls.count;
			return start;
		});
		this.count = count;
	}

	/** Null beyond the last line. */
	at(index: number): TimelineLine | null {
		if (index < 0 || index >= this.count) return null;
		let low = 0;
		let high = this.#rows.length;
		while (high - low > 1) {
			const middle = (low + high) >> 1;
			if ((this.#starts[middle] ?? 0) <= index) low = middle;
			else high = middle;
		}
		const row = this.#rows[low];
		return row === undefined ? null : { row, call: index - (this.#starts[low] ?? 0) - 1 };
	}

	/** Index of a line; 0 where there is none of that row. */
	indexOf({ row, call }: TimelineLine): number {
		return (this.#starts[row.index] ?? 0) + 1 + call;
	}
}
