import type { AgentEvent } from "../events/events.ts";
import { LiveGraph } from "../graph/liveGraph.ts";
import { countUntil } from "./times.ts";

/** As often as that it is looked what only time tells, ms; as for the live graph. */
const REAP_EVERY_MS = 30_000;

/** A graph, and how much it was told. */
interface Moment {
	readonly graph: LiveGraph;
	/** How many of the events. */
	count: number;
	/** When silence was looked for last, ms since the epoch. */
	reapedAt: number;
}

/**
 * The live graph of any moment of a session: that which was told until then. Some graphs on the way
 * are kept, as copies, so that none of them is far from any moment.
 */
export class Replay {
	readonly #silenceMs: number;
	readonly #keyframeEvery: number;
	#events: readonly AgentEvent[] = [];
	/** The first to the last, each some events after the one before. */
	#keyframes: Moment[] = [];
	/** What was asked for last, from where it may go on. */
	#head: Moment | null = null;
	/** Goes ahead of all keyframes to make more of them. */
	#ahead: Moment | null = null;

	/**
	 * @param silenceMs silence after which an agent counts as lost
	 * @param keyframeEvery events between two graphs that are kept to go on from
	 */
	constructor(silenceMs: number, keyframeEvery = 2500) {
		this.#silenceMs = silenceMs;
		this.#keyframeEvery = keyframeEvery;
	}

	get events(): readonly AgentEvent[] {
		return this.#events;
	}

	/** @param events sorted by time; what is the same as before need not be told again */
	set events(events: readonly AgentEvent[]) {
		const before = this.#events;
		this.#events = events;
		let same = 0;
		while (same < before.length && before[same] === events[same]) same++;
		this.#keyframes = this.#keyframes.filter(({ count }) => count <= same);
		if ((this.#head?.count ?? 0) > same) this.#head = null;
		if ((this.#ahead?.count ?? 0) > same) this.#ahead = null;
	}

	/**
	 * The graph as it was then. It is the same one as long as it goes forward, and changes with the next
	 * question.
	 *
	 * @param time ms since the epoch
	 */
	at(time: number): LiveGraph {
		const count = countUntil(this.#events, time);
		const before = this.#head;
		const keyframe = this.#keyframes.findLast((each) => each.count <= count);
		const goesOn =
			before !== null &&
			before.count <= count &&
			before.reapedAt <= time &&
			before.count >= (keyframe?.count ?? 0);
		const head = goesOn ? before : this.#from(keyframe);
		this.#head = head;
		this.#tell(head, count);
		this.#reap(head, time);
		return head.graph;
	}

	/**
	 * Makes keyframes ahead of any question.
	 *
	 * @param events of how many at most
	 * @returns whether there is more to do
	 */
	prepare(events: number): boolean {
		const ahead = this.#ahead ?? this.#from(this.#keyframes.at(-1));
		this.#ahead = ahead;
		this.#tell(ahead, Math.min(this.#events.length, ahead.count + events));
		if (ahead.count < this.#events.length) return true;
		this.#ahead = null;
		return false;
	}

	#from(keyframe: Moment | undefined): Moment {
		if (keyframe !== undefined) return { ...keyframe, graph: keyframe.graph.copy() };
		return { graph: new LiveGraph(), count: 0, reapedAt: 0 };
	}

	#tell(moment: Moment, count: number): void {
		while (moment.count < count) {
			const event = this.#events[moment.count];
			if (event === undefined) return;
			if (moment.count === 0) moment.reapedAt = event.ts;
			if (event.ts - moment.reapedAt >= REAP_EVERY_MS) this.#reap(moment, event.ts);
			moment.graph.apply(event);
			moment.count++;
			if (moment.count % this.#keyframeEvery === 0) this.#keep(moment);
		}
	}

	#reap(moment: Moment, time: number): void {
		moment.graph.reap(time, this.#silenceMs);
		moment.reapedAt = time;
	}

	#keep(moment: Moment): void {
		if ((this.#keyframes.at(-1)?.count ?? 0) >= moment.count) return;
		this.#keyframes.push({ ...moment, graph: moment.graph.copy() });
	}
}
