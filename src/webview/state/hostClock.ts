/** The host's clock as far as its messages tell it; the two need not run on one machine. */
export class HostClock {
	#offset: number | null = null;
	#heldAt: number | null = null;

	/**
	 * Host clock now, ms since the epoch; the page's own before the first message, and the moment that is
	 * replayed while one is.
	 */
	now(): number {
		if (this.#heldAt !== null) return this.#heldAt;
		return this.#offset === null ? Date.now() : performance.now() + this.#offset;
	}

	/** Whether it stands still. */
	get isHeld(): boolean {
		return this.#heldAt !== null;
	}

	/** Stands still at a moment, ms since the epoch, until null. */
	hold(moment: number | null): void {
		this.#heldAt = moment;
	}

	/** `hostNow` was sent with a message that has just come. */
	note(hostNow: number, isSnapshot: boolean): void {
		const offset = hostNow - performance.now();
		// A message that was delayed makes the clock look slow: the fastest one is right.
		const isLate = this.#offset !== null && offset < this.#offset && !isSnapshot;
		if (!isLate) this.#offset = offset;
	}
}
