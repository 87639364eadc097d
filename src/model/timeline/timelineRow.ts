import type { Span } from "../agents/lifeOf.ts";
import type { NodeHistory } from "../graph/told/nodeHistory.ts";
import type { NodeView } from "../views/view.ts";
import { RowCalls } from "./rowCalls.ts";

/** A wait for a permission, ms since the epoch; `until` is null while it goes on. */
export interface RowWait {
	readonly tool: string;
	readonly since: number;
	readonly until: number | null;
}

/** One agent, or the orchestrator, over time. */
export class TimelineRow {
	view: NodeView;
	/** 0 for the orchestrator, one more per nesting. */
	depth = 0;
	/** Where it stands among all, from 0. */
	index = 0;
	lives: readonly Span[] = [];
	waits: readonly RowWait[] = [];
	readonly calls = new RowCalls();
	#seen = "";

	constructor(view: NodeView) {
		this.view = view;
	}

	/** Gives back whether its calls, waits or lives may have changed. */
	take(history: NodeHistory): boolean {
		const { view } = history;
		this.view = view;
		const { since } = view.waiting ?? { since: 0 };
		const { callChanges, waits } = history;
		const lives = history.lives ?? [{ began: view.startedAt, endedAt: view.endedAt }];
		const ends = lives.map(({ began, endedAt }) => `${began}-${endedAt}`).join();
		const seen = [callChanges, waits.length, since, ends].join("/");
		if (seen === this.#seen) return false;
		this.#seen = seen;
		this.lives = lives.length === 0 ? [{ began: view.startedAt, endedAt: view.endedAt }] : lives;
		this.waits = view.waiting === null ? waits : [...waits, { ...view.waiting, until: null }];
		this.calls.fill(history.calls(), waits, view.endedAt ?? Number.POSITIVE_INFINITY);
		return true;
	}
}
