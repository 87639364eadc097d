import { IdTable } from "./idTable.ts";

/**
 * Who made the calls that are over and no longer shown, so that a line of one that is repeated or
 * late is known for what it is. A busy log holds hundreds of thousands, see {@link IdTable}: where two
 * ids were taken for one another, the second call would not be counted.
 */
export class AnsweredCalls<Owner extends object> {
	/** Number of the owner by tool_use_id. */
	#calls = new IdTable();
	readonly #owners: Owner[] = [];
	readonly #numbers = new Map<Owner, number>();

	/** @param id tool_use_id that was not added before */
	add(id: string, owner: Owner): void {
		this.#calls.set(id, this.#numberOf(owner));
	}

	/** Who made a settled call; null for any other id. */
	ownerOf(id: string): Owner | null {
		return this.#owners[this.#calls.get(id) - 1] ?? null;
	}

	/** @param of the owner in the copy */
	copy(of: (owner: Owner) => Owner): AnsweredCalls<Owner> {
		const copy = new AnsweredCalls<Owner>();
		copy.#calls = this.#calls.copy();
		for (const owner of this.#owners) copy.#numberOf(of(owner));
		return copy;
	}

	#numberOf(owner: Owner): number {
		let number = this.#numbers.get(owner);
		if (number === undefined) {
			number = this.#owners.push(owner);
			this.#numbers.set(owner, number);
		}
		return number;
	}
}
