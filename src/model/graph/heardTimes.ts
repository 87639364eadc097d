/**
 * When each node of a session was first and last heard of, ms since the epoch, 0 for never, by the node's
 * number. On the nodes themselves each time would be an object of its own.
 */
export class HeardTimes {
	#times = new Float64Array(0);

	first(node: number): number {
		return this.#times[node * 2] ?? 0;
	}

	last(node: number): number {
		return this.#times[node * 2 + 1] ?? 0;
	}

	hear(node: number, at: number): void {
		if (node * 2 >= this.#times.length) this.#grow(node);
		const first = this.first(node);
		if (at !== 0 && (first === 0 || at < first)) this.#times[node * 2] = at;
		this.#times[node * 2 + 1] = Math.max(this.last(node), at);
	}

	/** It was not heard of later than that. */
	bound(node: number, at: number): void {
		if (this.last(node) > at) this.#times[node * 2 + 1] = at;
	}

	copy(): HeardTimes {
		const copy = new HeardTimes();
		copy.#times = this.#times.slice();
		return copy;
	}

	#grow(node: number): void {
		const times = this.#times;
		this.#times = new Float64Array(Math.max(32, Math.ceil((node + 1) * 3)));
		this.#times.set(times);
	}
}
