import type { CallBand } from "../../../model/timeline/callBand.ts";
import type { TimelineRow } from "../../../model/timeline/timelineRow.ts";
import { BAR, ROW, yOf } from "../geometry.ts";
import { inkOfRow, type TimelinePainter } from "./timelinePainter.ts";

/** Calls in one column of pixels from which on it has its full height. */
const FULL_COUNT = 24;
/** Marks of failures stand apart at least, px. */
const MARK_GAP = 6;

/** Calls that are too thin for bars, column by column: the more of them, the taller. */
export function drawDensity(painter: TimelinePainter, row: TimelineRow, band: CallBand): void {
	if (band.first > band.last) return;
	const { context, palette } = painter;
	const ink = inkOfRow(row, palette);
	context.globalAlpha = 0.82;
	context.fillStyle = ink.line;
	traceColumns(painter, row, band, band.counts);
	context.globalAlpha = 1;
	context.fillStyle = palette.red.line;
	traceColumns(painter, row, band, band.failures);
	drawMarks(painter, row, band);
}

function traceColumns(
	{ context, geometry }: TimelinePainter,
	row: TimelineRow,
	{ first, last, counts }: CallBand,
	shown: Uint32Array,
): void {
	const { left } = geometry;
	const middle = yOf(geometry, row.index) + ROW / 2;
	context.beginPath();
	for (let column = first; column <= last; column++) {
		const count = shown[column] ?? 0;
		if (count === 0) continue;
		// Failures take their share of the column.
		const height = heightOf(counts[column] ?? 0) * Math.sqrt(count / (counts[column] ?? count));
		context.rect(left + column, middle - height / 2, 1, height);
	}
	context.fill();
}

function heightOf(count: number): number {
	const share = Math.min(1, Math.log(1 + count) / Math.log(1 + FULL_COUNT));
	return BAR * (0.45 + 0.55 * share);
}

/** Failures are told by shape too: triangles in one path, as there may be many. */
function drawMarks(
	{ context, geometry }: TimelinePainter,
	row: TimelineRow,
	{ first, last, failures }: CallBand,
): void {
	const y = yOf(geometry, row.index) + (ROW + BAR) / 2 + 1;
	let free = Number.NEGATIVE_INFINITY;
	context.beginPath();
	for (let column = first; column <= last; column++) {
		if ((failures[column] ?? 0) === 0 || column < free) continue;
		free = column + MARK_GAP;
		const x = geometry.left + column + 0.5;
		context.moveTo(x, y);
		context.lineTo(x + 2.5, y + 3.5);
		context.lineTo(x - 2.5, y + 3.5);
	}
	context.fill();
}
