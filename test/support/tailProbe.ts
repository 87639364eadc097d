import { EventTail, type TailStatus } from "../../src/ingest/eventTail.ts";

/** A tail that remembers what it delivered and lets a test wait for it. */
export class TailProbe {
	readonly lines: string[] = [];
	readonly problems: string[] = [];
	readonly tail: EventTail;
	#waiters: (() => void)[] = [];
	status: TailStatus | null = null;

	constructor(path: string) {
		this.tail = new EventTail(path, {
			line: (text) => {
				this.lines.push(text);
				this.#wake();
			},
			problem: (problem) => {
				this.problems.push(problem);
				this.#wake();
			},
			status: (status) => {
				this.status = status;
				this.#wake();
			},
		});
	}

	/** Resolves once the condition holds; mocha's timeout ends a wait that never does. */
	async until(condition: () => boolean): Promise<void> {
		while (!condition()) await new Promise<void>((resolve) => this.#waiters.push(resolve));
	}

	#wake(): void {
		const waiters = this.#waiters;
		this.#waiters = [];
		for (const wake of waiters) wake();
	}
}
