import type { GraphNode } from "./graphNode.ts";

/** Words of a slot: two of the id's hash, and the number of the owner, 0 where the slot is free. */
const WORDS = 3;
const FIRST_SLOTS = 64;

/**
 * Who made the calls that are over and no longer shown, so that a line of one that is repeated or
 * late is known for what it is. A busy log holds hundreds of thousands: an id is kept as its 64 bit
 * hash outside the heap, about 24 bytes a call. Two of a million ids are taken for one another with
 * a chance of 1 in 37 million; the second would then not be counted.
 */
export class SettledCalls {
	/** Open addressing, at most three quarters full; slots are a power of two. */
	#table = new Uint32Array(FIRST_SLOTS * WORDS);
	#count = 0;
	readonly #owners: GraphNode[] = [];
	readonly #numbers = new Map<GraphNode, number>();
	/** Of the id hashed last. */
	#low = 0;
	#high = 0;

	/** @param id tool_use_id that was not added before */
	add(id: string, owner: GraphNode): void {
		if ((this.#count + 1) * WORDS * 4 > this.#table.length * 3) this.#grow();
		this.#hash(id);
		this.#put(this.#low, this.#high, this.#numberOf(owner));
		this.#count++;
	}

	/** The node that made a settled call, or that it turned out to be; null for any other id. */
	ownerOf(id: string): GraphNode | null {
		if (this.#count === 0) return null;
		this.#hash(id);
		const number = this.#table[this.#find(this.#low, this.#high) + 2] ?? 0;
		let owner = this.#owners[number - 1] ?? null;
		while (owner !== null && owner.mergedInto !== null) owner = owner.mergedInto;
		return owner;
	}

	#numberOf(owner: GraphNode): number {
		let number = this.#numbers.get(owner);
		if (number === undefined) {
			number = this.#owners.push(owner);
			this.#numbers.set(owner, number);
		}
		return number;
	}

	#grow(): void {
		const old = this.#table;
		this.#table = new Uint32Array(old.length * 2);
		for (let at = 0; at < old.length; at += WORDS) {
			const [low = 0, high = 0, number = 0] = old.subarray(at, at + WORDS);
			if (number !== 0) this.#put(low, high, number);
		}
	}

	#put(low: number, high: number, number: number): void {
		const at = this.#find(low, high);
		this.#table[at] = low;
		this.#table[at + 1] = high;
		this.#table[at + 2] = number;
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
