import { CallBand } from "../../../model/timeline/callBand.ts";
import { FAILED, OPEN } from "../../../model/timeline/rowCalls.ts";
import type { TimelineRow } from "../../../model/timeline/timelineRow.ts";
import type { Ink } from "../../draw/colors/palette.ts";
import { BAR, laneBox, ROW, xOf, yOf } from "../geometry.ts";
import { drawDensity } from "./drawDensity.ts";
import { inkOfRow, type TimelinePainter } from "./timelinePainter.ts";

/** Gap between calls that touch, px. */
const GAP = 0.5;
/** How far a call that goes on fades out, px. */
const OPEN_END = 11;
/** A bar that is narrower has no room for a cross, px. */
const CROSS_FROM = 9;

/** Where a bar is, px. */
interface BarBox {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

const band = new CallBand();

/** The calls of the rows in view: bars where there is room for them, density where there is not. */
export function drawCalls(painter: TimelinePainter): void {
	const { context, geometry, rows, now } = painter;
	const { left, right, span } = geometry;
	context.save();
	context.beginPath();
	context.rect(left, 0, geometry.width - left, geometry.height);
	context.clip();
	const frame = { ...span, width: right - left, now };
	for (const row of rows) {
		band.read(row.calls, frame);
		drawDensity(painter, row, band);
		drawBars(painter, row);
	}
	context.restore();
}

function drawBars(painter: TimelinePainter, row: TimelineRow): void {
	const { context, palette } = painter;
	const ink = inkOfRow(row, palette);
	context.beginPath();
	for (let i = 0; i < band.barCount; i++) {
		const index = band.bars[i] ?? 0;
		const box = boxOf(painter, row, index);
		const result = row.calls.results[index];
		if (result === FAILED) continue;
		if (result === OPEN) traceOpen(context, box);
		else traceBar(context, box);
	}
	fillBars(painter, ink);
	for (let i = 0; i < band.barCount; i++) {
		const index = band.bars[i] ?? 0;
		if (row.calls.results[index] === FAILED) drawFailure(painter, boxOf(painter, row, index));
	}
}

/** Where the bar of a call is drawn. */
function boxOf(painter: TimelinePainter, row: TimelineRow, index: number): BarBox {
	const { geometry, now } = painter;
	const { starts, ends, lanes, laneCounts } = row.calls;
	const start = starts[index] ?? 0;
	const end = Math.max(start, Math.min(ends[index] ?? start, now));
	// A canvas draws nothing of what begins or ends millions of pixels away.
	const x = Math.max(-20, xOf(geometry, start));
	const until = Math.min(geometry.width + 20, xOf(geometry, end));
	const { top, height } = laneBox(lanes[index] ?? 0, laneCounts[index] ?? 1);
	const y = yOf(geometry, row.index) + top;
	return { x, y, width: Math.max(1.5, until - x - GAP), height };
}

function fillBars({ context, palette }: TimelinePainter, ink: Ink): void {
	context.globalAlpha = palette.isHighContrast ? 1 : 0.82;
	context.fillStyle = palette.isHighContrast ? ink.solid : ink.line;
	context.fill();
	context.globalAlpha = 1;
	if (!palette.isHighContrast) return;
	context.strokeStyle = ink.line;
	context.lineWidth = 1;
	context.stroke();
}

function traceBar(context: CanvasRenderingContext2D, { x, y, width, height }: BarBox): void {
	if (width < 4) context.rect(x, y, width, height);
	else context.roundRect(x, y, width, height, Math.min(2.5, height / 2));
}

/** Its end is open: it falls apart where it has come to. */
function traceOpen(context: CanvasRenderingContext2D, { x, y, width, height }: BarBox): void {
	const body = width - OPEN_END;
	if (body > 2) context.roundRect(x, y, body, height, [2.5, 0, 0, 2.5]);
	const from = Math.max(x, x + body + 1.5);
	for (let i = 0; i < 3; i++) {
		const at = from + i * 3.5;
		const thin = 2 - i * 0.5;
		if (at + thin <= x + width + 1) context.rect(at, y + i, thin, Math.max(1, height - 2 * i));
	}
}

/** Told by its shape as well: a corner is cut off, and where there is room it is crossed out. */
function drawFailure({ context, palette }: TimelinePainter, box: BarBox): void {
	const { x, y, width, height } = box;
	const cut = Math.min(5, width / 2, height / 2);
	context.beginPath();
	context.moveTo(x, y);
	context.lineTo(x + width - cut, y);
	context.lineTo(x + width, y + cut);
	context.lineTo(x + width, y + height);
	context.lineTo(x, y + height);
	context.closePath();
	const isWide = width >= CROSS_FROM && height >= 7;
	context.fillStyle = isWide ? palette.red.tint : palette.red.line;
	context.fill();
	context.strokeStyle = palette.red.line;
	context.lineWidth = 1;
	if (isWide) context.stroke();
	else if (height >= 7) drawMark(context, x + width / 2, y + height + 1);
	if (isWide) drawCross(context, palette.red.text, x + Math.min(width / 2, 12), y + height / 2);
}

/** A small triangle below what is too thin for a cross, in the colour at hand. */
function drawMark(context: CanvasRenderingContext2D, x: number, y: number): void {
	context.beginPath();
	context.moveTo(x, y);
	context.lineTo(x + 2.5, y + 3.5);
	context.lineTo(x - 2.5, y + 3.5);
	context.closePath();
	context.fill();
}

export function drawCross(
	context: CanvasRenderingContext2D,
	color: string,
	x: number,
	y: number,
): void {
	const arm = 3;
	context.beginPath();
	context.moveTo(x - arm, y - arm);
	context.lineTo(x + arm, y + arm);
	context.moveTo(x + arm, y - arm);
	context.lineTo(x - arm, y + arm);
	context.strokeStyle = color;
	context.lineWidth = 1.5;
	context.stroke();
}

/** A frame around the selected call. */
export function drawSelectedCall(painter: TimelinePainter): void {
	const { context, palette, geometry, selected, selectedCall } = painter;
	if (selected === null || selectedCall === null) return;
	const index = selected.calls.calls.findIndex(({ id }) => id === selectedCall);
	if (index < 0) return;
	const { x, y, width, height } = boxOf(painter, selected, index);
	if (x + width < geometry.left || x > geometry.right) return;
	context.save();
	context.beginPath();
	context.rect(geometry.left - 4, 0, geometry.width, geometry.height);
	context.clip();
	context.beginPath();
	const middle = y + height / 2;
	const tall = Math.min(ROW - 2, Math.max(BAR / 2, height) + 6);
	context.roundRect(x - 3, middle - tall / 2, width + 6, tall, 4);
	context.strokeStyle = palette.text;
	context.lineWidth = 1.5;
	context.stroke();
	context.restore();
}
