import type { PermissionWaitEvent } from "../events/events.ts";
import { OVERTAKING_MS } from "../events/limits.ts";

/** Events of calls that begin together are logged within this, ms; nobody answers as fast. */
const BESIDE_MS = 500;

/** A call that waits for the user's permission. */
interface Wait {
	readonly tool: string;
	/** Whether it is an agent that shall be launched. */
	readonly isLaunch: boolean;
	readonly since: number;
	/** How long after it the client reminds at the latest, ms; null where it never does. */
	readonly remindedWithinMs: number | null;
	/** tool_use_id, where the call could be told; the permission event itself names none. */
	call: string | null;
	/** Nobody said so, but the client would have reminded of it otherwise. */
	isAnswered: boolean;
}

/**
 * The calls of one node that wait for permission. The client says when a wait begins, never when it
 * ends: it ends with the call's result, or, when the user said no, with whatever the node does next.
 */
export class WaitList {
	#waits: Wait[] = [];
	/** The call whose result ended a wait last: told again it ends no other. */
	#ended = "";

	/** The oldest wait that is not answered, as shown; null when there is none. */
	get first(): { readonly since: number; readonly tool: string } | null {
		const wait = this.#waits.find(({ isAnswered }) => !isAnswered);
		return wait === undefined ? null : { since: wait.since, tool: wait.tool };
	}

	get isEmpty(): boolean {
		return this.#waits.length === 0;
	}

	/** @param open calls of this tool by this node that have no result yet, newest first */
	begin(event: PermissionWaitEvent, open: readonly string[]): void {
		const { tool, kind, ts: since, remindedWithinMs } = event;
		const same = this.#waits.filter((wait) => wait.tool === tool);
		if (same.some((wait) => wait.since === since)) return;
		const call = open.find((id) => !this.#isAwaited(id)) ?? null;
		const isToldTwice = same.some((wait) => since - wait.since < BESIDE_MS);
		if (call === null && open.length > 0 && isToldTwice) return;
		this.#waits.push({
			tool,
			isLaunch: kind === "launch",
			since,
			remindedWithinMs,
			call,
			isAnswered: false,
		});
	}

	/**
	 * Whether a question is open that was asked in that time, as far as is known.
	 *
	 * @param after ms since the epoch, as is `until`
	 */
	hasAsked(after: number, until: number): boolean {
		return this.#waits.some(
			({ isAnswered, since }) => !isAnswered && since > after && since <= until,
		);
	}

	/** The client reminded of what it asked before. @returns whether that changed anything */
	remind(ts: number): boolean {
		return this.#setAnswered(({ since, isAnswered }) => isAnswered && since > ts);
	}

	/**
	 * A call that was allowed may run for long before its result says so. No reminder tells it, where
	 * the client reminds.
	 *
	 * @param remindedAt when it last did, ms since the epoch
	 * @param oldest when the oldest open question of the session was asked: those behind it are not
	 * shown yet
	 * @param now ms since the epoch
	 * @returns whether that changed anything
	 */
	presumeAnswered(remindedAt: number, oldest: number, now: number): boolean {
		return this.#setAnswered(
			({ since, remindedWithinMs, isAnswered }) =>
				isAnswered ||
				(since > remindedAt &&
					since <= oldest &&
					now - since >= (remindedWithinMs ?? Number.POSITIVE_INFINITY)),
		);
	}

	/**
	 * A call begins. Either it is the one that waits, its event overtaken, or it began beside that one,
	 * or the node moved on.
	 *
	 * @param tool null for the launch of an agent, whatever its tool is called
	 * @param startedAt ms since the epoch
	 */
	callBegan(id: string, tool: string | null, startedAt: number): void {
		if (this.isEmpty) return;
		const overtaken = this.#waits.find(
			(wait) => wait.call === null && isOf(wait, tool) && wait.since + OVERTAKING_MS > startedAt,
		);
		if (overtaken !== undefined) overtaken.call = id;
		this.#waits = this.#waits.filter(
			(wait) => wait === overtaken || wait.since + BESIDE_MS > startedAt,
		);
	}

	/**
	 * A call has its result, or the agent that it launches runs. Which of several calls of one tool
	 * waits the client does not say, but a call that waited began to run after its wait, and one beside
	 * it before.
	 *
	 * @param tool null for the launch of an agent
	 * @param ranAt when the call began to run, ms since the epoch; null where nobody knows
	 * @param open other calls of the tool without a result, newest first
	 */
	callEnded(id: string, tool: string | null, ranAt: number | null, open: readonly string[]): void {
		const bound = this.#waits.find((wait) => wait.call === id);
		const wait = bound ?? this.#waits.find((each) => id !== this.#ended && isOf(each, tool));
		if (wait === undefined) return;
		const hasWaited = ranAt !== null && ranAt >= wait.since + BESIDE_MS;
		const other = open.find((each) => !this.#isAwaited(each));
		if (!hasWaited && other !== undefined) {
			if (wait === bound) wait.call = other;
		} else if (hasWaited || wait === bound || wait.call === null) {
			this.#waits = this.#waits.filter((each) => each !== wait);
			this.#ended = id;
		}
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

	#isAwaited(call: string): boolean {
		return this.#waits.some((wait) => wait.call === call);
	}
}

function isOf({ tool, isLaunch }: Wait, called: string | null): boolean {
	return called === null ? isLaunch : tool === called;
}
