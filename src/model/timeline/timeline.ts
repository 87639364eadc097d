import type { Recording } from "../recording/recording.ts";
import { isAlive, type NodeView } from "../views/view.ts";
import { orderRows } from "./orderRows.ts";
import { TimelineRow } from "./timelineRow.ts";
import { type Turn, Turns } from "./turns.ts";

/** What of a timeline is new since it was last looked at. */
export interface TimelineChange {
	/** Rows whose calls, waits or lives changed. */
	readonly changed: ReadonlySet<TimelineRow>;
	/** Rows came, went, or changed their place. */
	readonly isReordered: boolean;
}

/**
 * What every agent of a recorded session did and when, as rows. It is the only one to take the patches
 * of the recording's graph.
 */
export class Timeline {
	/** Agents nested under their parents. */
	rows: readonly TimelineRow[] = [];
	/** From the first to the last that is known, ms since the epoch; both 0 where nothing is. */
	from = 0;
	until = 0;
	/** How many are. */
	#atWork = 0;
	readonly #recording: Pick<Recording, "graph" | "told">;
	/** How much of what was told has been looked at. */
	#seen = 0;
	readonly #byKey = new Map<string, TimelineRow>();
	readonly #turns = new Turns();

	constructor(recording: Pick<Recording, "graph" | "told">) {
		this.#recording = recording;
	}

	/** The orchestrator's turns. */
	get turns(): readonly Turn[] {
		return this.#turns.all;
	}

	/** Somebody is at work: a session that waits for a prompt does not go on. */
	get isLive(): boolean {
		return this.#atWork > 0;
	}

	get callCount(): number {
		return this.rows.reduce((sum, { calls }) => sum + calls.count, 0);
	}

	/** Takes in what was recorded since the last update. */
	update(): TimelineChange {
		const { graph, told } = this.#recording;
		for (; this.#seen < told.length; this.#seen++) this.#turns.note(told[this.#seen]);
		const { histories, removes } = graph.takeHistories();
		const changed = new Set<TimelineRow>();
		let isReordered = false;
		for (const key of removes) isReordered = this.#forget(key) || isReordered;
		for (const history of histories) {
			const known = this.#byKey.get(history.view.key);
			isReordered ||= known === undefined || isElsewhere(known.view, history.view);
			const row = known ?? this.#addRow(history.view);
			this.#count(row.view, -1);
			if (row.take(history)) changed.add(row);
			this.#count(row.view, 1);
		}
		if (isReordered) this.rows = orderRows(this.#byKey);
		return { changed, isReordered };
	}

	#addRow(view: NodeView): TimelineRow {
		const row = new TimelineRow(view);
		this.#byKey.set(view.key, row);
		this.#count(view, 1);
		return row;
	}

	#forget(key: string): boolean {
		const row = this.#byKey.get(key);
		if (row !== undefined) this.#count(row.view, -1);
		return this.#byKey.delete(key);
	}

	/** All rows need not be looked at for what one of them changes. */
	#count(view: NodeView, sign: 1 | -1): void {
		if (isAlive(view) && view.state !== "idle") this.#atWork += sign;
		const { startedAt, endedAt, heardAt } = view;
		if (sign < 0 || startedAt === 0) return;
		this.from = this.from === 0 ? startedAt : Math.min(this.from, startedAt);
		this.until = Math.max(this.until, heardAt, endedAt ?? 0, this.from);
	}
}

/** Whether its row belongs to another place now. */
function isElsewhere(before: NodeView, after: NodeView): boolean {
	return before.parent !== after.parent || before.startedAt !== after.startedAt;
}
