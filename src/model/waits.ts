import { launchesAgent } from "./agentTools.ts";

/** Events of calls that begin together are logged within this, ms; nobody answers as fast. */
const BESIDE_MS = 500;

/** A call that waits for the user's permission. */
interface Wait {
	readonly tool: string;
	readonly since: number;
	/** tool_use_id, where the call could be told; the permission event itself names none. */
	call: string | null;
	/** Nobody said so, but the client would have reminded of it otherwise. */
	isAnswered: boolean;
}

/** The client reminds of a question that is open after about 6 s. */
const REMINDER_MS = 10_000;

/**
 * The calls of one node that wait for permission. The client says when a wait begins, never when it
 * ends: it ends with the call's result, or, when the user said no, with whatever the node does next.
 */
export class WaitList {
	#waits: Wait[] = [];

	/** The oldest wait that is not answered, as shown; null when there is none. */
	get first(): { readonly since: number; readonly tool: string } | null {
		const wait = this.#waits.find(({ isAnswered }) => !isAnswered);
		return wait === undefined ? null : { since: wait.since, tool: wait.tool };
	}

	/**
	 * @param call id of the newest open call of this tool by this node, null when none was seen yet
	 */
	begin(tool: string, since: number, call: string | null): void {
		if (call !== null && this.#waits.some((wait) => wait.call === call)) return;
		this.#waits.push({ tool, since, call, isAnswered: false });
	}

	/** The client reminded of what it asked before. @returns whether that changed anything */
	remind(ts: number): boolean {
		return this.#setAnswered(({ since, isAnswered }) => isAnswered && since > ts);
	}

	/**
	 * A call that was allowed may run for long before its result says so. No reminder tells it, where
	 * the client reminds.
	 *
	 * @param remindedAt of what it last did, ms since the epoch
	 * @param now ms since the epoch
	 * @returns whether that changed anything
	 */
	presumeAnswered(remindedAt: number, now: number): boolean {
		return this.#setAnswered(
			({ since, isAnswered }) => isAnswered || (since > remindedAt && now - since >= REMINDER_MS),
		);
	}

	/**
	 * A call begins. Either it is the one that waits, its event overtaken, or it began beside that one,
	 * or the node moved on.
	 *
	 * @param startedAt ms since the epoch
	 */
	callBegan(id: string, tool: string, startedAt: number): void {
		const overtaken = this.#waits.find((wait) => wait.call === null && wait.tool === tool);
		if (overtaken !== undefined) overtaken.call = id;
		else this.#waits = this.#waits.filter(({ since }) => since + BESIDE_MS > startedAt);
	}

	/**
	 * A call has its result. Which of several calls of one tool waits the client does not say, but a
	 * call that waited began to run after its wait, and one beside it before.
	 *
	 * @param ranAt when the call began to run, ms since the epoch; null where nobody knows
	 * @param other another call of the tool without a result; null when there is none
	 */
	callEnded(id: string, tool: string, ranAt: number | null, other: string | null): void {
		const bound = this.#waits.find((wait) => wait.call === id);
		const wait = bound ?? this.#waits.find((each) => each.tool === tool);
		if (wait === undefined) return;
		const hasWaited = ranAt !== null && ranAt >= wait.since + BESIDE_MS;
		if (!hasWaited && other !== null) {
			if (wait === bound) wait.call = other;
		} else if (hasWaited || wait === bound || wait.call === null) this.#drop(wait);
	}

	/** An agent runs, so its launch was allowed. @param ts ms since the epoch */
	launched(ts: number): void {
		const wait = this.#waits.find(({ tool, since }) => launchesAgent(tool) && since <= ts);
		if (wait !== undefined) this.#drop(wait);
	}

	/** @param before only those that began before then, ms since the epoch; null for all */
	clear(before: number | null = null): void {
		this.#waits = this.#waits.filter(({ since }) => before !== null && since >= before);
	}

	#setAnswered(isAnswered: (wait: Wait) => boolean): boolean {
		const before = this.first;
		for (const wait of this.#waits) wait.isAnswered = isAnswered(wait);
		return before?.since !== this.first?.since;
	}

	#drop(wait: Wait): void {
		this.#waits = this.#waits.filter((each) => each !== wait);
	}
}
