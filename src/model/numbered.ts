/** Things by small numbers, from 0 in the order of their first use. */
export class Numbered<T> {
	readonly #things: T[] = [];
	readonly #numbers = new Map<T, number>();

	numberOf(thing: T): number {
		let number = this.#numbers.get(thing);
		if (number === undefined) {
			number = this.#things.push(thing) - 1;
			this.#numbers.set(thing, number);
		}
		return number;
	}

	/** @param of the thing in the copy */
	copy(of: (thing: T) => T): Numbered<T> {
		const copy = new Numbered<T>();
		for (const thing of this.#things) copy.numberOf(of(thing));
		return copy;
	}

	at(number: number): T {
		const thing = this.#things[number];
		if (thing === undefined) throw new RangeError(`nothing has the number ${number}`);
		return thing;
	}
}
