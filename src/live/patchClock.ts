/** Shortest time between two patches, ms: faster than the eye needs, slow enough for the channel. */
const PATCH_INTERVAL_MS = 50;

/**
 * Lets something happen at once when it has not happened for an interval, else at its end; however
 * often it is asked for in between, it happens once.
 */
export class PatchClock {
	readonly #act: () => void;
	readonly #intervalMs: number;
	#timer: NodeJS.Timeout | null = null;
	#lastAt = Number.NEGATIVE_INFINITY;

	constructor(act: () => void, intervalMs = PATCH_INTERVAL_MS) {
		this.#act = act;
		this.#intervalMs = intervalMs;
	}

	request(): void {
		if (this.#timer !== null) return;
		const wait = this.#lastAt + this.#intervalMs - performance.now();
		if (wait <= 0) this.#fire();
		else this.#timer = setTimeout(() => this.#fire(), wait);
	}

	dispose(): void {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
	}

	#fire(): void {
		this.#timer = null;
		this.#lastAt = performance.now();
		this.#act();
	}
}
