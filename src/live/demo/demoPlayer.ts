import { parseLine } from "../../ingest/eventLog/parseLine.ts";
import type { AgentEvent } from "../../model/events/events.ts";
import type { LineProblem } from "../../model/events/lineProblem.ts";
import { LiveGraph } from "../../model/graph/liveGraph.ts";
import { PartGatherer, type RecordedPart } from "../recording/partGatherer.ts";
import { DEMO_ROUND_MS, type DemoStep, demoRound } from "./demoScript.ts";

/** @param ts when it happens, ms since the epoch */
export function playStep(graph: LiveGraph, step: DemoStep, ts: number): void {
	for (const event of eventsOf(step, ts)) {
		if (typeof event === "string") graph.countProblem(event);
		else graph.apply(event);
	}
}

function eventsOf({ event, usage }: DemoStep, ts: number): (AgentEvent | LineProblem)[] {
	const line = event && parseLine(JSON.stringify({ ...event, ts: new Date(ts).toISOString() }));
	return [
		...(line === undefined ? [] : [line]),
		...(usage === undefined ? [] : [{ ...usage, ts }]),
	];
}

/**
 * Plays the demo into a graph of its own, the lines of it through the parser of real ones.
 * Nothing of it is written anywhere.
 */
export class DemoPlayer {
	readonly graph: LiveGraph;
	readonly #onChange: () => void;
	#timer: NodeJS.Timeout | undefined;
	#round = 0;
	#roundStartedAt = Date.now();
	#steps: DemoStep[] = demoRound(0);
	#next = 0;
	/** Whoever is handed over what is played of a session. */
	readonly #recorders = new Map<PartGatherer, string>();

	constructor(onChange: () => void, keyPrefix?: string) {
		this.graph = new LiveGraph({ keyPrefix });
		this.#onChange = onChange;
		this.#playDue();
	}

	dispose(): void {
		clearTimeout(this.#timer);
		for (const gatherer of this.#recorders.keys()) gatherer.dispose();
	}

	/** @returns ends it */
	record(session: string, tell: (part: RecordedPart) => void): () => void {
		const gatherer = new PartGatherer(tell, ["log"]);
		for (let round = 0; round <= this.#round; round++) {
			const isOver = round < this.#round;
			const steps = isOver ? demoRound(round) : this.#steps.slice(0, this.#next);
			const startedAt = this.#roundStartedAt - (this.#round - round) * DEMO_ROUND_MS;
			for (const step of steps) gatherer.add(ownOf(session, step, startedAt + step.at));
		}
		gatherer.noteRead("log");
		this.#recorders.set(gatherer, session);
		return () => {
			this.#recorders.delete(gatherer);
			gatherer.dispose();
		};
	}

	#playDue(): void {
		const now = Date.now();
		const elapsed = now - this.#roundStartedAt;
		let step = this.#steps[this.#next];
		while (step !== undefined && step.at <= elapsed) {
			const ts = this.#roundStartedAt + step.at;
			playStep(this.graph, step, ts);
			for (const [gatherer, session] of this.#recorders) gatherer.add(ownOf(session, step, ts));
			step = this.#steps[++this.#next];
		}
		this.#onChange();
		if (step === undefined) this.#beginRound();
		this.#timer = setTimeout(() => this.#playDue(), this.#waitFor(step));
	}

	#beginRound(): void {
		this.#round++;
		this.#roundStartedAt += DEMO_ROUND_MS;
		this.#steps = demoRound(this.#round);
		this.#next = 0;
	}

	#waitFor(step: DemoStep | undefined): number {
		const at = this.#roundStartedAt + (step?.at ?? 0);
		return Math.max(0, at - Date.now());
	}
}

/** What a step tells of a session. */
function ownOf(session: string, step: DemoStep, ts: number): AgentEvent[] {
	return eventsOf(step, ts).flatMap((event) =>
		typeof event !== "string" && event.session === session ? [event] : [],
	);
}
