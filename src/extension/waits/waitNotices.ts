import type { NodeView } from "../../model/views/view.ts";

/** Waits that the user was notified of are kept in mind; far more than anyone leaves open. */
const MAX_NOTIFIED = 200;

/** Time as a notice needs it, so that tests can turn it. */
export interface NoticeClock {
	/** ms since the epoch */
	now(): number;
	/** Calls back once after that many ms, unless the function returned is called before. */
	after(ms: number, act: () => void): () => void;
}

export const systemClock: NoticeClock = {
	now: () => Date.now(),
	after(ms, act) {
		const timer = setTimeout(act, ms);
		return () => clearTimeout(timer);
	},
};

interface OpenWait {
	/** The same for the same wait also in another window, or after a reload of this one. */
	readonly id: string;
	readonly since: number;
	/** Takes the notice back that is due; null where none is. */
	cancel: (() => void) | null;
}

/**
 * When to tell the user that a call waits for permission: once it has waited for long enough, once
 * for each wait, and not at all when it is over before.
 */
export class WaitNotices {
	readonly #tell: (key: string) => void;
	readonly #clock: NoticeClock;
	readonly #notified: Set<string>;
	/** By the key of the node that waits. */
	readonly #open = new Map<string, OpenWait>();
	/** ms; 0 for never */
	#afterMs = 0;

	/**
	 * @param tell told the key of the node whose call has waited for long enough
	 * @param notified {@link notified} of an earlier run
	 */
	constructor(
		tell: (key: string) => void,
		clock: NoticeClock = systemClock,
		notified: readonly string[] = [],
	) {
		this.#tell = tell;
		this.#clock = clock;
		this.#notified = new Set(notified);
	}

	/** Waits that the user was notified of, the newest last. */
	get notified(): readonly string[] {
		return [...this.#notified];
	}

	/** @param afterMs how long a call has to wait; 0 for never. Holds for open waits too. */
	configure(afterMs: number): void {
		if (afterMs === this.#afterMs) return;
		this.#afterMs = afterMs;
		for (const [key, wait] of this.#open) this.#schedule(key, wait);
	}

	/** Takes in a node as it is now. */
	note({ key, session, id, waiting }: NodeView): void {
		if (waiting === null) {
			this.forget(key);
			return;
		}
		const waitId = JSON.stringify([session, id, waiting.since, waiting.tool]);
		if (this.#open.get(key)?.id === waitId) return;
		this.forget(key);
		const wait: OpenWait = { id: waitId, since: waiting.since, cancel: null };
		this.#open.set(key, wait);
		this.#schedule(key, wait);
	}

	/** The node waits no more, or is gone. */
	forget(key: string): void {
		this.#open.get(key)?.cancel?.();
		this.#open.delete(key);
	}

	/** All nodes are gone; what was notified of stays so. */
	clear(): void {
		for (const key of [...this.#open.keys()]) this.forget(key);
	}

	#schedule(key: string, wait: OpenWait): void {
		wait.cancel?.();
		wait.cancel = null;
		if (this.#afterMs === 0 || this.#notified.has(wait.id)) return;
		// A line may come from a clock that is wrong: no notice is later than a fresh wait's.
		const left = wait.since + this.#afterMs - this.#clock.now();
		const delay = Math.min(Math.max(left, 0), this.#afterMs);
		wait.cancel = this.#clock.after(delay, () => this.#due(key, wait));
	}

	#due(key: string, wait: OpenWait): void {
		wait.cancel = null;
		this.#notified.add(wait.id);
		for (const oldest of this.#notified) {
			if (this.#notified.size <= MAX_NOTIFIED) break;
			this.#notified.delete(oldest);
		}
		this.#tell(key);
	}
}
