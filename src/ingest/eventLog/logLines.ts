import type { AgentEvent } from "../../model/events/events.ts";
import type { LineProblem } from "../../model/events/lineProblem.ts";
import { parseLine } from "./parseLine.ts";

/**
 * Reads the lines of one log in their order: one whose time cannot be read happened when the line
 * before it did.
 */
export class LogLines {
	/** When the last line happened, ms since the epoch; 0 while nothing tells. */
	lastTs: number;

	constructor(lastTs = 0) {
		this.lastTs = lastTs;
	}

	/** @returns as {@link parseLine}; `no_time` where no line has told a time yet */
	read(line: string): AgentEvent | LineProblem {
		const event = parseLine(line, this.lastTs);
		if (typeof event === "string") return event;
		this.lastTs = event.ts;
		// A hook without jq cannot tell the time, and what it says is of none.
		return event.ts === 0 && event.event !== "hook_error" ? "no_time" : event;
	}
}
