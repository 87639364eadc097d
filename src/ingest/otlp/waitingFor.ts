import { RecentMap } from "./recentMap.ts";

interface Waiting<Item> {
	readonly since: number;
	readonly items: Item[];
}

/** What was received of somebody of whom it is not known yet whose agent that is, by a name of theirs. */
export class WaitingFor<Item> {
	readonly #waiting: RecentMap<Waiting<Item>>;
	readonly #most: number;
	readonly #patienceMs: number;

	/**
	 * @param kept how many are waited for at most
	 * @param most items that wait for one of them at most; what comes behind those is left out
	 * @param patienceMs how long they are waited for
	 */
	constructor(kept: number, most: number, patienceMs: number) {
		this.#waiting = new RecentMap(kept);
		this.#most = most;
		this.#patienceMs = patienceMs;
	}

	/** @param now ms since the epoch */
	add(who: string, items: readonly Item[], now: number): void {
		const waiting = this.#waiting.get(who) ?? { since: now, items: [] };
		this.#waiting.set(who, waiting);
		waiting.items.push(...items.slice(0, this.#most - waiting.items.length));
	}

	/** What waited for one of them, and does so no longer. */
	take(who: string): readonly Item[] {
		const { items = [] } = this.#waiting.get(who) ?? {};
		this.#waiting.delete(who);
		return items;
	}

	/** Whoever is waited for. */
	get names(): string[] {
		return this.#waiting.entries().map(([who]) => who);
	}

	/** Whoever was waited for too long. @param now ms since the epoch */
	late(now: number): string[] {
		return this.#waiting
			.entries()
			.filter(([, { since }]) => now - since >= this.#patienceMs)
			.map(([who]) => who);
	}
}
