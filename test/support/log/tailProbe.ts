import { EventTail, type TailStatus } from "../../../src/ingest/files/eventTail.ts";
import type { FilePosition } from "../../../src/ingest/files/tailedFile.ts";

/** A tail that remembers what it delivered and lets a test wait for it. */
export class TailProbe {
	readonly lines: string[] = [];
	readonly problems: string[] = [];
	readonly tail: EventTail;
	#waiters: (() => void)[] = [];
	status: TailStatus | null = null;

	/** @param start where to begin if the path still names that file */
	constructor(path: string, start: FilePosition | null = null) {
		const listener = {
			line: (text: string) => {
				this.lines.push(text);
				this.#wake();
			},
			problem: (problem: string) => {
				this.problems.push(problem);
				this.#wake();
			},
			status: (status: TailStatus) => {
				this.status = status;
				this.#wake();
			},
		};
		this.tail = new EventTail(path, listener, { start });
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
