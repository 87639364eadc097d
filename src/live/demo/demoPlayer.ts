import { applyLine } from "../../ingest/eventLog/applyLine.ts";
import { LiveGraph } from "../../model/graph/liveGraph.ts";
import { DEMO_ROUND_MS, type DemoStep, demoRound } from "./demoScript.ts";

/** @param ts when it happens, ms since the epoch */
export function playStep(graph: LiveGraph, { event, usage }: DemoStep, ts: number): void {
	if (event !== undefined) {
		applyLine(graph, JSON.stringify({ ...event, ts: new Date(ts).toISOString() }));
	}
	if (usage !== undefined) graph.apply({ ...usage, ts });
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

	constructor(onChange: () => void, keyPrefix?: string) {
		this.graph = new LiveGraph(keyPrefix);
		this.#onChange = onChange;
		this.#playDue();
	}

	dispose(): void {
		clearTimeout(this.#timer);
	}

	#playDue(): void {
		const now = Date.now();
		const elapsed = now - this.#roundStartedAt;
		let step = this.#steps[this.#next];
		while (step !== undefined && step.at <= elapsed) {
			playStep(this.graph, step, this.#roundStartedAt + step.at);
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
