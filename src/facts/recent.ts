/** What was asked for last, within a bound: what was not asked for longest goes first. */
export class Recent<Value> {
	readonly #maxSize: number;
	readonly #values = new Map<string, { readonly value: Value; readonly size: number }>();
	#size = 0;

	/** @param maxSize of all values together, in whatever they are measured in */
	constructor(maxSize: number) {
		this.#maxSize = maxSize;
	}

	get(key: string): Value | undefined {
		const kept = this.#values.get(key);
		if (kept === undefined) return undefined;
		this.#values.delete(key);
		this.#values.set(key, kept);
		return kept.value;
	}

	/** Keeps a value under a key that none is kept under, unless it is too large by itself. */
	add(key: string, value: Value, size: number): void {
		if (size > this.#maxSize) return;
		this.#values.set(key, { value, size });
		this.#size += size;
		for (const [oldest, kept] of this.#values) {
			if (this.#size <= this.#maxSize) return;
			this.#values.delete(oldest);
			this.#size -= kept.size;
		}
	}
}
