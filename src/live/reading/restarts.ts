/** Waits before each new start, ms: an end by chance is over at once, one with a cause comes again. */
const WAITS_MS = [1000, 30_000, 300_000];
/** What ran for so long has not ended for the reason that it ended for before, ms. */
const STEADY_MS = 3_600_000;

/** Starts a thread again that ended by itself: soon, then later, and after some times no more. */
export class Restarts {
	readonly #start: () => void;
	readonly #waitsMs: readonly number[];
	readonly #now: () => number;
	#count = 0;
	#startedAt: number;
	#timer: NodeJS.Timeout | undefined;

	/** @param now ms, of a clock that only goes forward */
	constructor(
		start: () => void,
		waitsMs: readonly number[] = WAITS_MS,
		now: () => number = () => performance.now(),
	) {
		this.#start = start;
		this.#waitsMs = waitsMs;
		this.#now = now;
		this.#startedAt = now();
	}

	/** @returns false when it has ended too often and is left alone */
	schedule(): boolean {
		if (this.#now() - this.#startedAt > STEADY_MS) this.#count = 0;
		const wait = this.#waitsMs[this.#count];
		if (wait === undefined) return false;
		this.#count++;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			this.#startedAt = this.#now();
			this.#start();
		}, wait);
		return true;
	}

	/** What is started from now on is another one: nothing waits, and no end counts. */
	reset(): void {
		clearTimeout(this.#timer);
		this.#count = 0;
		this.#startedAt = this.#now();
	}
}
