import { LiveGraph } from "../../model/liveGraph.ts";
import { DEMO_ROUND_MS, type DemoStep, demoRound } from "./demoScript.ts";

/**
 * Plays the demo into a graph of its own, through the same parser that real lines go through.
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
			const ts = new Date(this.#roundStartedAt + step.at).toISOString();
			this.graph.applyLine(JSON.stringify({ ...step.event, ts }));
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
