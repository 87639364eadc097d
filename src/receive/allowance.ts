/** How many of something may come: so many at once, and so many a second in the long run. */
export class Allowance {
	readonly #burst: number;
	readonly #perSecond: number;
	#left: number;
	#at = 0;

	constructor(burst: number, perSecond: number) {
		this.#burst = burst;
		this.#perSecond = perSecond;
		this.#left = burst;
	}

	/**
	 * @param now ms, of a clock that never goes back
	 * @returns 0 where one more may come, else the seconds until it may, rounded up
	 */
	take(now: number): number {
		const more = (Math.max(0, now - this.#at) / 1000) * this.#perSecond;
		this.#left = Math.min(this.#burst, this.#left + more);
		this.#at = now;
		if (this.#left < 1) return Math.ceil((1 - this.#left) / this.#perSecond);
		this.#left--;
		return 0;
	}
}
