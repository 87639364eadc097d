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

/** A wait that is over. */
export interface EndedWait {
	readonly tool: string;
	/** ms since the epoch, as is `until` */
	readonly since: number;
	readonly until: number;
	/** tool_use_id of the call that went on with it; null where the node did something else. */
	readonly call: string | null;
}

/**
 * The calls of one node that wait for permission. The client says when a wait begins, never when it
 * ends: it ends with the call's result, or, when the user said no, with whatever the node does next.
 */
export class WaitList {
	#waits: Wait[] = [];
	/** People end them, so there are few. */
	#over: EndedWait[] = [];
	/** The call whose result ended a wait last: told again it ends no other. */
	#ended = "";

	/** The oldest wait that is not answered, as shown; null when there is none. */
	get first(): { readonly since: number; readonly tool: string } | null {
		const wait = this.#waits.find(({ isAnswered }) => !isAnswered);
		return wait === undefined ? null : { since: wait.since, tool: wait.tool };
	}

	/** Those that are over, in the order in which they ended. */
	get over(): readonly EndedWait[] {
		return this.#over;
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
		this.#end((wait) => wait !== overtaken && wait.since + BESIDE_MS <= startedAt, startedAt);
	}

	/**
	 * A call has its result, or the agent that it launches runs. Which of several calls of one tool
	 * waits the client does not say, but a call that waited began to run after its wait, and one beside
	 * it before.
	 *
	 * @param tool null for the launch of an agent
	 * @param ranAt when the call began to run, ms since the epoch; null where nobody knows
	 * @param open other calls of the tool without a result, newest first
	 * @param at when it had its result, ms since the epoch
	 */
	callEnded(
		id: string,
		tool: string | null,
		ranAt: number | null,
		open: readonly string[],
		at: number,
	): void {
		if (ranAt !== null) this.#correct(id, ranAt);
		const bound = this.#waits.find((wait) => wait.call === id);
		const wait = bound ?? this.#waits.find((each) => id !== this.#ended && isOf(each, tool));
		if (wait === undefined) return;
		const hasWaited = ranAt !== null && ranAt >= wait.since + BESIDE_MS;
		const other = open.find((each) => !this.#isAwaited(each));
		if (!hasWaited && other !== undefined) {
			if (wait === bound) wait.call = other;
		} else if (hasWaited || wait === bound || wait.call === null) {
			this.#end((each) => each === wait, ranAt ?? at, id);
			this.#ended = id;
		}
	}

	/**
	 * @param at when they ended, ms since the epoch
	 * @param before only those that began before then, ms since the epoch; null for all
	 */
	clear(at: number, before: number | null = null): void {
		this.#end(({ since }) => before === null || since < before, at);
	}

	#end(isOver: (wait: Wait) => boolean, at: number, call: string | null = null): void {
		const going: Wait[] = [];
		for (const wait of this.#waits) {
			const { tool, since } = wait;
			if (!isOver(wait)) going.push(wait);
			else this.#over.push({ tool, since, until: Math.max(since, at), call });
		}
		this.#waits = going;
	}

	/** Another source of the same result knows when the call began to run. */
	#correct(id: string, ranAt: number): void {
		this.#over = this.#over.map((wait) => {
			if (wait.call !== id || ranAt >= wait.until) return wait;
			return { ...wait, until: Math.max(wait.since, ranAt) };
		});
	}

	copy(): WaitList {
		const copy = new WaitList();
		copy.#waits = this.#waits.map((wait) => ({ ...wait }));
		copy.#over = [...this.#over];
		copy.#ended = this.#ended;
		return copy;
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
