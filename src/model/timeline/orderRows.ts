import type { TimelineRow } from "./timelineRow.ts";

/** Rows nested under their parents, those of one parent in the order in which they were launched. */
export function orderRows(rows: ReadonlyMap<string, TimelineRow>): TimelineRow[] {
	const children = new Map<TimelineRow | null, TimelineRow[]>();
	for (const row of rows.values()) {
		const parent = rows.get(row.view.parent ?? "") ?? null;
		const siblings = children.get(parent);
		if (siblings === undefined) children.set(parent, [row]);
		else siblings.push(row);
	}
	const ordered: TimelineRow[] = [];
	const rest = lastFirst(children.get(null));
	for (let row = rest.pop(); row !== undefined; row = rest.pop()) {
		const parent = rows.get(row.view.parent ?? "");
		row.depth = parent === undefined ? 0 : parent.depth + 1;
		row.index = ordered.length;
		ordered.push(row);
		rest.push(...lastFirst(children.get(row)));
	}
	return ordered;
}

function lastFirst(rows: readonly TimelineRow[] = []): TimelineRow[] {
	return rows.toSorted((a, b) => a.view.startedAt - b.view.startedAt).reverse();
}
