/** The host's clock as far as its messages tell it; the two need not run on one machine. */
export class HostClock {
	#offset: number | null = null;

	/** Host clock now, ms since the epoch; the page's own before the first message. */
	now(): number {
		return this.#offset === null ? Date.now() : performance.now() + this.#offset;
	}

	/** `hostNow` was sent with a message that has just come. */
	note(hostNow: number, isSnapshot: boolean): void {
		const offset = hostNow - performance.now();
		// A message that was delayed makes the clock look slow: the fastest one is right.
		const isLate = this.#offset !== null && offset < this.#offset && !isSnapshot;
		if (!isLate) this.#offset = offset;
	}
}
