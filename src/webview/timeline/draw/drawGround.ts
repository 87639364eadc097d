import { HEAD, ROW, xOf, yOf } from "../geometry.ts";
import { type Tick, ticksOf } from "../timeAxis.ts";
import type { TimelinePainter } from "./timelinePainter.ts";

/** Least room for a time on the axis, px. */
const TICK_WIDTH = 92;

/** What all rows stand on: turns, the grid of times, and the rows that are pointed out. */
export function drawGround(painter: TimelinePainter): void {
	const { context, palette, geometry } = painter;
	const { height } = geometry;
	context.fillStyle = palette.text;
	context.globalAlpha = 0.035;
	// Where the orchestrator was at work there is a breath of light.
	if (!palette.isHighContrast) fillTurns(painter, HEAD, height - HEAD);
	context.globalAlpha = 1;
	drawRowGrounds(painter);
	context.fillStyle = palette.text;
	context.globalAlpha = 0.13;
	for (const { at } of ticksIn(painter)) {
		context.fillRect(Math.round(xOf(geometry, at)), HEAD, 1, height - HEAD);
	}
	context.globalAlpha = 1;
}

/** The axis, over rows that are scrolled below it. */
export function drawHead(painter: TimelinePainter): void {
	const { context, palette, geometry, fonts } = painter;
	const { left, right, width } = geometry;
	context.fillStyle = palette.ground;
	context.fillRect(0, 0, width, HEAD);
	context.fillStyle = palette.gold.line;
	context.globalAlpha = 0.8;
	fillTurns(painter, HEAD - 2, 2);
	context.globalAlpha = 1;
	context.font = fonts.axis;
	context.textAlign = "center";
	context.textBaseline = "middle";
	context.fillStyle = palette.dimText;
	for (const { at, text } of ticksIn(painter)) {
		const x = xOf(geometry, at);
		// A time whose middle is at the edge would be cut, or run into the labels.
		if (x > left + 26 && x < right - 18) context.fillText(text, x, HEAD / 2 - 1);
	}
}

function fillTurns(
	{ context, geometry, turns, now }: TimelinePainter,
	top: number,
	height: number,
): void {
	for (const { began, endedAt } of turns) {
		const from = Math.max(geometry.left, xOf(geometry, began));
		const until = Math.min(geometry.right, xOf(geometry, endedAt ?? now));
		if (until > from) context.fillRect(from, top, Math.max(1, until - from), height);
	}
}

function drawRowGrounds(painter: TimelinePainter): void {
	const { context, palette, geometry, rows, selected, hovered } = painter;
	for (const row of rows) {
		if (row !== selected && row !== hovered) continue;
		const y = yOf(geometry, row.index);
		context.globalAlpha = row === selected ? 0.16 : 0.07;
		context.fillStyle = row === selected ? palette.focus : palette.text;
		if (!palette.isHighContrast) context.fillRect(0, y, geometry.width, ROW);
		context.globalAlpha = 1;
		if (row !== selected) continue;
		context.fillStyle = palette.focus;
		context.fillRect(0, y, 3, ROW);
	}
}

function ticksIn({ geometry }: TimelinePainter): readonly Tick[] {
	const { left, right, span } = geometry;
	return ticksOf(span.from, span.until, Math.max(1, Math.floor((right - left) / TICK_WIDTH)));
}
