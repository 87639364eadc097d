/** Runs at once when it was quiet, then at most once per interval while called again. */
export class Throttle {
	readonly #interval: number;
	readonly #run: () => void;
	#isWaiting = false;
	#isDue = false;

	/** `interval` in ms. */
	constructor(interval: number, run: () => void) {
		this.#interval = interval;
		this.#run = run;
	}

	call(): void {
		if (this.#isWaiting) {
			this.#isDue = true;
			return;
		}
		this.#isWaiting = true;
		setTimeout(() => this.#endInterval(), this.#interval);
		this.#run();
	}

	/** Runs now, whatever the time; for what the user has just done. */
	flush(): void {
		this.#isDue = false;
		this.#run();
	}

	#endInterval(): void {
		this.#isWaiting = false;
		if (!this.#isDue) return;
		this.#isDue = false;
		this.call();
	}
}
