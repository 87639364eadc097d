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
	#isLive = false;
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
		return this.#isLive;
	}

	get callCount(): number {
		return this.rows.reduce((sum, { calls }) => sum + calls.count, 0);
	}

	/** Takes in what was recorded since the last update. */
	update(): TimelineChange {
		const { graph, told } = this.#recording;
		for (; this.#seen < told.length; this.#seen++) this.#turns.note(told[this.#seen]);
		const patch = graph.takePatch();
		const changed = new Set<TimelineRow>();
		if (patch === null) return { changed, isReordered: false };
		let isReordered = false;
		for (const key of patch.removes) isReordered = this.#byKey.delete(key) || isReordered;
		for (const view of patch.upserts) isReordered = this.#see(view) || isReordered;
		const keys = new Set(patch.upserts.map(({ key }) => key));
		for (const history of graph.histories(keys)) {
			const row = this.#byKey.get(history.key);
			if (row?.take(history)) changed.add(row);
		}
		if (isReordered) this.rows = orderRows(this.#byKey);
		this.#measure();
		return { changed, isReordered };
	}

	/** Gives back whether the view's row is new, or belongs elsewhere. */
	#see(view: NodeView): boolean {
		const row = this.#byKey.get(view.key);
		if (row === undefined) {
			this.#byKey.set(view.key, new TimelineRow(view));
			return true;
		}
		const { parent, startedAt } = row.view;
		row.view = view;
		return parent !== view.parent || startedAt !== view.startedAt;
	}

	#measure(): void {
		const views = this.rows.map(({ view }) => view);
		this.#isLive = views.some((view) => isAlive(view) && view.state !== "idle");
		const starts = views.map(({ startedAt }) => startedAt).filter((at) => at > 0);
		const ends = views.map(({ endedAt, heardAt }) => Math.max(endedAt ?? 0, heardAt));
		// Not spread over arguments: there may be thousands.
		this.from = starts.length === 0 ? 0 : starts.reduce((a, b) => Math.min(a, b));
		this.until = ends.reduce((a, b) => Math.max(a, b), this.from);
	}
}
