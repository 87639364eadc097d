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
	/** What was hashed last: who asks for an id that it has not got mostly sets it next. */
	#hashed: string | null = null;
	#low = 0;
	#high = 0;

	/** The number of an id; 0 where it has none. */
	get(id: string): number {
		if (this.#count === 0) return 0;
		this.#hash(id);
		return this.#table[this.#find(this.#low, this.#high) + 2] ?? 0;
	}

	/** @param number from 1 to 2^32 - 1 */
	set(id: string, number: number): void {
		if ((this.#count + 1) * WORDS * 4 > this.#table.length * 3) this.#grow();
		this.#hash(id);
		if (this.#put(this.#low, this.#high, number)) this.#count++;
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
		for (let at = 0; at < old.length; at += WORDS) {
			const [low = 0, high = 0, number = 0] = old.subarray(at, at + WORDS);
			if (number !== 0) this.#put(low, high, number);
		}
	}

	/** @returns true where the slot was free */
	#put(low: number, high: number, number: number): boolean {
		const at = this.#find(low, high);
		const wasFree = this.#table[at + 2] === 0;
		this.#table[at] = low;
		this.#table[at + 1] = high;
		this.#table[at + 2] = number;
		return wasFree;
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
		if (id === this.#hashed) return;
		this.#hashed = id;
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
