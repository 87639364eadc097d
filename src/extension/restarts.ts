/** Waits before each new start, ms: an end by chance is over at once, one with a cause comes again. */
const WAITS_MS = [1000, 30_000, 300_000];

/** Starts a thread again that ended by itself: soon, then later, and after some times no more. */
export class Restarts {
	readonly #start: () => void;
	readonly #waitsMs: readonly number[];
	#count = 0;
	#timer: NodeJS.Timeout | undefined;

	constructor(start: () => void, waitsMs: readonly number[] = WAITS_MS) {
		this.#start = start;
		this.#waitsMs = waitsMs;
	}

	/** @returns false when it has ended too often and is left alone */
	schedule(): boolean {
		const wait = this.#waitsMs[this.#count];
		if (wait === undefined) return false;
		this.#count++;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(this.#start, wait);
		return true;
	}

	/** What is started from now on is another one: nothing waits, and no end counts. */
	reset(): void {
		clearTimeout(this.#timer);
		this.#count = 0;
	}
}
