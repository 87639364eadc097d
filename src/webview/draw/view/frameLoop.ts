/**
 * One loop of animation frames that stops when nothing moves. `draw` gets the frame clock in ms
 * and the ms since the last frame (0 after a rest), and tells whether another frame is needed.
 */
export class FrameLoop {
	readonly #draw: (now: number, elapsed: number) => boolean;
	#request = 0;
	#last = 0;
	#wake: ReturnType<typeof setTimeout> | undefined;

	constructor(draw: (now: number, elapsed: number) => boolean) {
		this.#draw = draw;
	}

	/** Asks for a frame; asking again before it came costs nothing. */
	request(): void {
		if (this.#request === 0) this.#request = requestAnimationFrame(() => this.#run());
	}

	/** Draws at once, in place of a frame that was asked for. */
	runNow(): void {
		if (this.#request !== 0) cancelAnimationFrame(this.#request);
		this.#run();
	}

	/** Asks for one frame at a later moment, ms from now; replaces the moment asked for before. */
	wakeIn(delay: number): void {
		clearTimeout(this.#wake);
		if (Number.isFinite(delay)) this.#wake = setTimeout(() => this.request(), delay);
	}

	#run(): void {
		this.#request = 0;
		const now = performance.now();
		const elapsed = this.#last === 0 ? 0 : now - this.#last;
		const goesOn = this.#draw(now, elapsed);
		this.#last = goesOn ? now : 0;
		if (goesOn) this.request();
	}
}
