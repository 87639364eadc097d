import type { AgentEvent } from "../model/events.ts";

/** Tells events whose rows were pruned, and that must not be counted again when they come again. */
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
		return events.filter((event) => !this.#isPruned(event));
	}

	#isPruned(event: AgentEvent): boolean {
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
