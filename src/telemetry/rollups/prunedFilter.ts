import type { AgentEvent } from "../../model/events/events.ts";

/** Tells events that are too old to be kept: they were counted once, or never are. */
export class PrunedFilter {
	/** ms since the epoch */
	#before: number;
	/** Calls whose beginning was skipped, until their result is skipped too. */
	readonly #skipped = new Set<string>();

	constructor(before: number) {
		this.#before = before;
	}

	raise(before: number): void {
		this.#before = Math.max(this.#before, before);
	}

	/** The events that are to be written. */
	keep(events: readonly AgentEvent[]): readonly AgentEvent[] {
		if (this.#before === Number.NEGATIVE_INFINITY) return events;
		return events.filter((event) => this.keeps(event));
	}

	/** Whether it is to be written; asked once for each event, in their order. */
	keeps(event: AgentEvent): boolean {
		return !this.#isPruned(event);
	}

	#isPruned(event: AgentEvent): boolean {
		// Read before any line of its transcript, the file beside it has no time at all.
		if (event.event === "agent_meta" && event.ts === 0) return false;
		if (event.event === "tool_use" && event.ts < this.#before) {
			this.#skipped.add(event.id);
			return true;
		}
		if (event.event === "tool_result" || event.event === "skill_use") {
			const began = event.ts - (event.durationMs ?? 0);
			return this.#skipped.delete(event.id) || began < this.#before;
		}
		return event.ts < this.#before;
	}
}
