import type { TimeSpan } from "./timeView.ts";

/** Height of a row and of the axis above all rows, px. */
export const ROW = 24;
export const HEAD = 24;
/** Height of a bar that shares its time with no other, px. */
export const BAR = 14;
/** Free at the right end of the plot, px. */
const RIGHT = 12;

/** Where on the canvas rows and times are, px. */
export interface Geometry {
	readonly width: number;
	readonly height: number;
	/** Where the labels end and the plot begins and ends. */
	readonly left: number;
	readonly right: number;
	/** How far the rows are scrolled. */
	readonly scrollTop: number;
	readonly span: TimeSpan;
}

export function geometryOf(
	size: { readonly width: number; readonly height: number },
	scrollTop: number,
	span: TimeSpan,
): Geometry {
	const { width, height } = size;
	const left = Math.round(Math.min(230, Math.max(104, width * 0.22)));
	return { width, height, left, right: Math.max(left + 40, width - RIGHT), scrollTop, span };
}

/** Px per ms. */
export function scaleOf({ left, right, span }: Geometry): number {
	return (right - left) / (span.until - span.from);
}

export function xOf(geometry: Geometry, at: number): number {
	return geometry.left + (at - geometry.span.from) * scaleOf(geometry);
}

export function timeAt(geometry: Geometry, x: number): number {
	return geometry.span.from + (x - geometry.left) / scaleOf(geometry);
}

/** Top of a row by its index. */
export function yOf({ scrollTop }: Geometry, index: number): number {
	return HEAD + index * ROW - scrollTop;
}

/** Index of the row at a height; may be beyond the last. */
export function rowAt({ scrollTop }: Geometry, y: number): number {
	return y < HEAD ? -1 : Math.floor((y - HEAD + scrollTop) / ROW);
}

/** Indices of the rows that can be seen, the last one left out. */
export function rowsInView({ height, scrollTop }: Geometry, count: number) {
	const first = Math.max(0, Math.floor(scrollTop / ROW));
	const last = Math.min(count, Math.ceil((scrollTop + height - HEAD) / ROW));
	return { first, last: Math.max(first, last) };
}

/** Top and height of a call in its lane, from the top of its row. */
export function laneBox(lane: number, lanes: number): { readonly top: number; height: number } {
	const height = lanes <= 1 ? BAR : Math.max(2.5, (BAR + 4 - (lanes - 1)) / lanes);
	const all = lanes * height + (lanes - 1);
	return { top: (ROW - all) / 2 + lane * (height + 1), height };
}
