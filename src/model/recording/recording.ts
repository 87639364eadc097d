import type { AgentEvent } from "../events/events.ts";
import { LiveGraph } from "../graph/liveGraph.ts";
import { inOrder } from "./inOrder.ts";

/**
 * Everything that was told of one session, in any order and as often as its sources like: what it was
 * at any moment follows from it.
 */
export class Recording {
	readonly session: string;
	/** All of it merged, with every call of every node. */
	readonly graph = new LiveGraph({ keyPrefix: "r", keepsAllCalls: true });
	/** All of it, in the order in which it came. */
	readonly told: readonly AgentEvent[];
	readonly #told: AgentEvent[] = [];
	#events: readonly AgentEvent[] | null = [];

	constructor(session: string) {
		this.session = session;
		this.told = this.#told;
	}

	/** Sorted by time, those of one time as they were told. Another list once more was told. */
	get events(): readonly AgentEvent[] {
		this.#events ??= inOrder(this.#told);
		return this.#events;
	}

	/** When the first and the last of it happened, ms since the epoch; 0 while nothing is told. */
	get from(): number {
		return this.events[0]?.ts ?? 0;
	}

	get until(): number {
		return this.events.at(-1)?.ts ?? 0;
	}

	add(events: readonly AgentEvent[]): void {
		if (events.length === 0) return;
		for (const event of events) {
			this.graph.apply(event);
			this.#told.push(event);
		}
		this.#events = null;
	}
}
