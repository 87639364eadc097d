/** Words of a slot: two of the id's hash, and the number, 0 where the slot is free. */
const WORDS = 3;
const FIRST_SLOTS = 64;

/**
 * Numbers by id, for hundreds of thousands of ids: an id is kept as its 64 bit hash outside the heap,
 * about 24 bytes each. Two of a million ids are taken for one another with a chance of 1 in 37 million.
 */
export class IdTable {
	/** Open addressing, at most three quarters full; slots are a power of two. */
	#table = new Uint32Array(0);
	#count = 0;
	/**
	 * What was hashed last, and where it stands or would: who asks for an id that it has not got mostly sets
	 * it next, and lines of one call or agent come in runs.
	 */
	#hashed: string | null = null;
	#low = 0;
	#high = 0;
	#at = 0;

	/** The number of an id; 0 where it has none. */
	get(id: string): number {
		if (this.#count === 0) return 0;
		this.#seek(id);
		return this.#table[this.#at + 2] ?? 0;
	}

	/** @param number from 1 to 2^32 - 1 */
	set(id: string, number: number): void {
		if ((this.#count + 1) * WORDS * 4 > this.#table.length * 3) this.#grow();
		this.#seek(id);
		if (this.#table[this.#at + 2] === 0) this.#count++;
		this.#put(this.#at, this.#low, this.#high, number);
	}

	copy(): IdTable {
		const copy = new IdTable();
		copy.#table = this.#table.slice();
		copy.#count = this.#count;
		return copy;
	}

	#grow(): void {
		const old = this.#table;
		this.#table = new Uint32Array(Math.max(FIRST_SLOTS * WORDS, old.length * 2));
		this.#hashed = null;
		for (let at = 0; at < old.length; at += WORDS) {
			const number = old[at + 2] ?? 0;
			if (number === 0) continue;
			const [low, high] = [old[at] ?? 0, old[at + 1] ?? 0];
			this.#put(this.#find(low, high), low, high, number);
		}
	}

	#put(at: number, low: number, high: number, number: number): void {
		this.#table[at] = low;
		this.#table[at + 1] = high;
		this.#table[at + 2] = number;
	}

	#seek(id: string): void {
		if (id === this.#hashed) return;
		this.#hash(id);
		this.#hashed = id;
		this.#at = this.#find(this.#low, this.#high);
	}

	/** Where the slot of a hash begins, or the free one that it would get. */
	#find(low: number, high: number): number {
		const table = this.#table;
		const mask = table.length / WORDS - 1;
		for (let slot = low & mask; ; slot = (slot + 1) & mask) {
			const at = slot * WORDS;
			if (table[at + 2] === 0 || (table[at] === low && table[at + 1] === high)) return at;
		}
	}

	/** Two multiplicative hashes, each finished with the other's bits (cyrb53, all 64 bits kept). */
	#hash(id: string): void {
		let low = 0xdeadbeef;
		let high = 0x41c6ce57;
		for (let index = 0; index < id.length; index++) {
			const unit = id.charCodeAt(index);
			low = Math.imul(low ^ unit, 2654435761);
			high = Math.imul(high ^ unit, 1597334677);
		}
		const [first, second] = [low, high];
		low =
			Math.imul(first ^ (first >>> 16), 2246822507) ^
			Math.imul(second ^ (second >>> 13), 3266489909);
		high =
			Math.imul(second ^ (second >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
		this.#low = low >>> 0;
		this.#high = high >>> 0;
	}
}
