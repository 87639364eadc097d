import { asObject, type Raw } from "../kit/raw.ts";
import { isOlder } from "./threads.ts";

/** Lines that are copied are written at once, ms; a person takes longer to go on. */
const AT_ONCE_MS = 250;

/**
 * Tells what a thread has taken over from the one that it was forked from. Such turns are older than the
 * thread; versions that gave them no ids say that there are some, and write them all at once.
 */
export class CopiedTurns {
	readonly #thread: string;
	#isOlderTurn = false;
	/** Where turns have no ids: when the last copied line was written; null outside of those. */
	#copiedAt: number | null = null;

	/** @param thread that goes on */
	constructor(thread: string) {
		this.#thread = thread;
	}

	get isCopying(): boolean {
		return this.#isOlderTurn || this.#copiedAt !== null;
	}

	/** @param ts of the line, ms since the epoch */
	has(type: string, payload: Raw, ts: number): boolean {
		const passed = asObject(payload.internal_chat_message_metadata_passthrough);
		const turn = payload.turn_id ?? passed?.turn_id;
		if (type === "session_meta") {
			const isOthers = typeof payload.id === "string" && payload.id !== this.#thread;
			if (isOthers || typeof payload.forked_from_id === "string") this.#copiedAt = ts;
			return isOthers;
		}
		if (typeof turn === "string") {
			this.#isOlderTurn = isOlder(turn, this.#thread);
			if (!this.#isOlderTurn) this.#copiedAt = null;
			return this.#isOlderTurn;
		}
		return this.#isOlderTurn || this.#isCopiedWith(ts);
	}

	#isCopiedWith(ts: number): boolean {
		if (this.#copiedAt === null) return false;
		const isAtOnce = ts - this.#copiedAt < AT_ONCE_MS;
		this.#copiedAt = isAtOnce ? ts : null;
		return isAtOnce;
	}
}
