import type { Origin } from "./events.ts";

const NEVER = Number.NEGATIVE_INFINITY;

/**
 * When the lives of an agent, or the turns of a session, began and ended, as each source tells it.
 *
 * Within the log the position decides, as its contract says. Between the two sources there is no
 * order but time, and it can be relied on: both clocks are the same machine's. So what one source
 * tells late never undoes what the other has told meanwhile of a later moment.
 */
export class Lives {
	readonly #begun = { hook: NEVER, transcript: NEVER };
	readonly #over = { hook: NEVER, transcript: NEVER };
	/** Ends told, each life's once, by source. */
	readonly #ends = { hook: 0, transcript: 0 };

	/** Lives that are known to have ended: what the source that saw more of them says. */
	get ends(): number {
		return Math.max(this.#ends.hook, this.#ends.transcript);
	}

	/** @returns false when the life that begins is known to be over */
	begins(origin: Origin, ts: number): boolean {
		const isPast = this.isOver(origin, ts);
		this.#begun[origin] = Math.max(this.#begun[origin], ts);
		return !isPast;
	}

	/** @returns false when another life is known to have begun after the one that ends */
	endsAt(origin: Origin, ts: number): boolean {
		// Of the lines of a transcript several may end one life: parts of the last message.
		const isCounted = origin === "hook" || this.#over.transcript <= this.#begun.transcript;
		if (isCounted) this.#ends[origin]++;
		this.#over[origin] = Math.max(this.#over[origin], ts);
		return this.isLatest(origin, ts);
	}

	/** Whether no life is known to have begun after a moment, beyond what the position decides. */
	isLatest(origin: Origin, ts: number): boolean {
		const { hook, transcript } = this.#begun;
		return ts >= (origin === "hook" ? transcript : Math.max(hook, transcript));
	}

	/** The whole session ended, which is no end of the life's own. @returns as {@link endsAt} */
	cutOff(origin: Origin, ts: number): boolean {
		this.#over[origin] = Math.max(this.#over[origin], ts);
		return this.isLatest(origin, ts);
	}

	/** An end that nothing but a report tells of. */
	endedUnseen(ends: number): void {
		this.#ends.hook = Math.max(this.#ends.hook, ends);
	}

	/** Whether a source has told of an end itself. */
	hasEnded(origin: Origin): boolean {
		return this.#over[origin] !== NEVER;
	}

	/** Whether a moment lies before an end that was told already, so that it proves no life. */
	isOver(origin: Origin, ts: number): boolean {
		const { hook, transcript } = this.#over;
		return ts <= (origin === "hook" ? transcript : Math.max(hook, transcript));
	}
}
