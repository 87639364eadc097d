import { FINISHED_AGENTS_SHOWN } from "../../../model/events/limits.ts";
import { isAlive, type NodeView } from "../../../model/views/view.ts";

/** One line of the table. */
export interface TableRow {
	readonly view: NodeView;
	/** 1 for sessions and finished agents, one more per nesting. */
	readonly level: number;
}

export interface TableRows {
	/** Sessions with their living agents nested below, in the order in which they came. */
	readonly living: readonly TableRow[];
	/** Finished agents, the latest first. */
	readonly finished: readonly TableRow[];
	/** Finished agents that are not listed. */
	readonly more: number;
}

/**
 * Orders the nodes that pass for the table. `finishedInAll` is the number of agents that ever
 * ended; null where a filter is on, then only what is known here is counted.
 */
export function tableRows(
	views: Iterable<NodeView>,
	passes: (view: NodeView) => boolean,
	finishedInAll: number | null,
): TableRows {
	const living: NodeView[] = [];
	const finished: NodeView[] = [];
	for (const view of views) {
		if (!passes(view)) continue;
		if (isAlive(view)) living.push(view);
		else if (view.kind === "agent") finished.push(view);
	}
	finished.sort((a, b) => endOf(b) - endOf(a));
	const listed = finished.slice(0, FINISHED_AGENTS_SHOWN);
	const known = finishedInAll ?? finished.length;
	return {
		living: nested(living),
		finished: listed.map((view) => ({ view, level: 1 })),
		more: Math.max(0, known - listed.length),
	};
}

function endOf(view: NodeView): number {
	return view.endedAt ?? view.startedAt;
}

function nested(views: readonly NodeView[]): TableRow[] {
	const keys = new Set(views.map((view) => view.key));
	const children = new Map<string, NodeView[]>();
	const roots: NodeView[] = [];
	for (const view of views) {
		// An agent whose parent is not listed stands on its own.
		if (view.parent === null || !keys.has(view.parent)) roots.push(view);
		else children.set(view.parent, [...(children.get(view.parent) ?? []), view]);
	}
	const rows: TableRow[] = [];
	const add = (view: NodeView, level: number): void => {
		rows.push({ view, level });
		for (const child of children.get(view.key) ?? []) add(child, level + 1);
	};
	for (const root of roots) add(root, 1);
	return rows;
}
