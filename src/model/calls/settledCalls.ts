import type { GraphNode } from "../graph/graphNode.ts";
import { IdTable } from "./idTable.ts";

/**
 * Who made the calls that are over and no longer shown, so that a line of one that is repeated or
 * late is known for what it is. A busy log holds hundreds of thousands, see {@link IdTable}: where two
 * ids were taken for one another, the second call would not be counted.
 */
export class SettledCalls {
	/** Number of the owner by tool_use_id. */
	readonly #calls = new IdTable();
	readonly #owners: GraphNode[] = [];
	readonly #numbers = new Map<GraphNode, number>();

	/** @param id tool_use_id that was not added before */
	add(id: string, owner: GraphNode): void {
		this.#calls.set(id, this.#numberOf(owner));
	}

	/** The node that made a settled call, or that it turned out to be; null for any other id. */
	ownerOf(id: string): GraphNode | null {
		let owner = this.#owners[this.#calls.get(id) - 1] ?? null;
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
}
