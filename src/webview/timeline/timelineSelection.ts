import type { Timeline } from "../../model/timeline/timeline.ts";
import type { TimelineRow } from "../../model/timeline/timelineRow.ts";
import type { NodeView } from "../../model/views/view.ts";
import type { PageModel } from "../state/pageModel.ts";

/**
 * The page's one selection as the timeline has it. A recording is a graph of its own with other keys,
 * so that nodes are known by session and id.
 */
export class TimelineSelection {
	row: TimelineRow | null = null;
	/** tool_use_id of the selected call; null where the agent as a whole is selected. */
	call: string | null = null;
	readonly #model: PageModel;
	readonly #select: (key: string | null) => void;
	/** The page's selection when it was last looked at. */
	#key: string | null = null;

	constructor(model: PageModel, select: (key: string | null) => void) {
		this.#model = model;
		this.#select = select;
	}

	/** Index of the selected call; -1 for none. */
	get callIndex(): number {
		const { row, call } = this;
		return row === null || call === null ? -1 : row.calls.calls.findIndex(({ id }) => id === call);
	}

	/** Selects an agent here and everywhere, and one of its calls. */
	pick(row: TimelineRow | null, call: string | null): void {
		// The page forgets agents that ended long ago: those are selected here alone.
		const key = row === null ? null : this.keyOf(row.view);
		this.row = row;
		this.call = call;
		this.#key = key;
		this.#select(key);
	}

	/** The page may have selected another node; gives back whether it has. */
	follow(timeline: Timeline): boolean {
		const view = this.#model.selectedView();
		const key = view?.key ?? null;
		const isGone = this.row !== null && timeline.rows[this.row.index] !== this.row;
		const isMissing = this.row === null && view !== undefined;
		if (key === this.#key && !isGone && !isMissing) return false;
		const before = this.row;
		this.#key = key;
		this.row = (view && timeline.rows.find((row) => isSame(row.view, view))) ?? null;
		if (this.row !== before) this.call = null;
		return this.row !== before;
	}

	/** Key of a node in the page's own graph; null where that does not know it. */
	keyOf(view: NodeView): string | null {
		for (const other of this.#model.graph.views()) if (isSame(other, view)) return other.key;
		return null;
	}
}

function isSame(a: NodeView, b: NodeView): boolean {
	return a.id === b.id && a.session === b.session;
}
