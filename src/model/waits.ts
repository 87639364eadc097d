/** A call that waits for the user's permission. */
interface Wait {
	readonly tool: string;
	readonly since: number;
	/** tool_use_id, where the call could be told; the permission event itself names none. */
	call: string | null;
}

/**
 * The calls of one node that wait for permission. The client says when a wait begins, never when it
 * ends: it ends with the call's result, or, when the user said no, with whatever the node does next.
 */
export class WaitList {
	#waits: Wait[] = [];

	/** The oldest wait, as shown; null when there is none. */
	get first(): { readonly since: number; readonly tool: string } | null {
		const wait = this.#waits[0];
		return wait === undefined ? null : { since: wait.since, tool: wait.tool };
	}

	/**
	 * @param call id of the newest open call of this tool by this node, null when none was seen yet
	 */
	begin(tool: string, since: number, call: string | null): void {
		if (call !== null && this.#waits.some((wait) => wait.call === call)) return;
		this.#waits.push({ tool, since, call });
	}

	/**
	 * A call begins. Either it is the one that waits, its event overtaken, or the node moved on.
	 *
	 * @param startedAt ms since the epoch, where the call may have begun before a wait that is known
	 * already; null where it is the latest there is to know
	 */
	callBegan(id: string, tool: string, startedAt: number | null = null): void {
		const overtaken = this.#waits.find((wait) => wait.call === null && wait.tool === tool);
		if (overtaken !== undefined) overtaken.call = id;
		else this.#waits = this.#waits.filter(({ since }) => startedAt !== null && since >= startedAt);
	}

	callEnded(id: string, tool: string): void {
		const byId = this.#waits.findIndex((wait) => wait.call === id);
		const index =
			byId >= 0 ? byId : this.#waits.findIndex((wait) => wait.call === null && wait.tool === tool);
		if (index >= 0) this.#waits.splice(index, 1);
	}

	clear(): void {
		this.#waits = [];
	}
}
