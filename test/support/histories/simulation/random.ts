/** Chances that a seed decides: the same seed gives the same history on every machine. */
export class Random {
	#state: number;

	constructor(seed: number) {
		// Neighbouring seeds must not give similar histories.
		this.#state = (Math.imul(seed + 1, 0x9e3779b1) ^ 0x5f356495) >>> 0;
		for (let warmUp = 0; warmUp < 4; warmUp++) this.next();
	}

	/** From 0 to below 1. The generator is mulberry32, of the public domain. */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	}

	/** A whole number, both bounds included. */
	whole(least: number, most: number): number {
		return least + Math.floor(this.next() * (most - least + 1));
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	/** A time in ms as things take it: short ones are common, long ones are not. */
	gap(least: number, most: number): number {
		return Math.round(least * (most / least) ** this.next());
	}

	pick<T>(choices: readonly T[]): T {
		if (choices.length === 0) throw new Error("nothing to pick from");
		return choices[this.whole(0, choices.length - 1)] as T;
	}

	/** One of several, by how often each is to be taken. */
	weighted<T extends string>(weights: Readonly<Partial<Record<T, number>>>): T {
		const entries = Object.entries(weights) as [T, number][];
		let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
		for (const [choice, weight] of entries) {
			left -= weight;
			if (left < 0) return choice;
		}
		throw new Error("nothing to pick from");
	}

	/** Letters and digits, as ids are made of. */
	hex(length: number): string {
		let text = "";
		while (text.length < length) text += this.whole(0, 15).toString(16);
		return text;
	}
}
