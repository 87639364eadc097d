import type { RowWait, TimelineRow } from "../../../model/timeline/timelineRow.ts";
import { ROW, xOf, yOf } from "../geometry.ts";
import { drawCross } from "./drawCalls.ts";
import { inkOfRow, type TimelinePainter } from "./timelinePainter.ts";

const LINE = 4;
const WAIT_HEIGHT = 17;

/** From launch to end of every agent in view, and what its end was. */
export function drawLives(painter: TimelinePainter): void {
	const { context, palette, geometry, rows, now } = painter;
	for (const row of rows) {
		const ink = inkOfRow(row, palette);
		const y = yOf(geometry, row.index) + ROW / 2;
		context.fillStyle = ink.line;
		context.globalAlpha = palette.isHighContrast ? 1 : 0.34;
		const thickness = palette.isHighContrast ? 1 : LINE;
		for (const { began, endedAt } of row.lives) {
			const from = Math.max(geometry.left, xOf(geometry, began ?? row.view.startedAt));
			const until = Math.min(geometry.right, xOf(geometry, endedAt ?? now));
			if (until > from) context.fillRect(from, y - thickness / 2, until - from, thickness);
		}
		context.globalAlpha = 1;
	}
}

/** Over the calls: each end in the shape and the colour of its outcome. */
export function drawEnds(painter: TimelinePainter): void {
	const { geometry, rows } = painter;
	for (const row of rows) {
		const { endedAt, kind } = row.view;
		if (endedAt === null || kind === "session") continue;
		const x = xOf(geometry, endedAt) + 5;
		if (x < geometry.left || x > geometry.width - 3) continue;
		drawEnd(painter, row, x, yOf(geometry, row.index) + ROW / 2);
	}
}

function drawEnd({ context, palette }: TimelinePainter, row: TimelineRow, x: number, y: number) {
	const { state, outcome } = row.view;
	const ending = outcome ?? "none";
	const { line } = palette.ending[ending];
	context.beginPath();
	if (ending === "fail") {
		drawCross(context, line, x + 1, y);
		return;
	}
	context.fillStyle = line;
	context.strokeStyle = line;
	context.lineWidth = 1.5;
	const isOpen = state === "lost" || ending === "scaffolding";
	if (ending === "functional") context.arc(x, y, 3, 0, 2 * Math.PI);
	else if (ending === "partial") traceDiamond(context, x, y);
	else if (ending === "scaffolding") context.rect(x - 2.5, y - 2.5, 5, 5);
	else if (state === "lost") context.arc(x, y, 2.5, 0, 2 * Math.PI);
	else context.rect(x - 4.5, y - 4, 1.5, 8);
	if (isOpen) context.stroke();
	else context.fill();
}

function traceDiamond(context: CanvasRenderingContext2D, x: number, y: number): void {
	context.moveTo(x, y - 4);
	context.lineTo(x + 4, y);
	context.lineTo(x, y + 4);
	context.lineTo(x - 4, y);
	context.closePath();
}

/** Waits for a permission: dashed and amber, with the word where there is room for it. */
export function drawWaits(painter: TimelinePainter): void {
	const { context, geometry, rows } = painter;
	context.save();
	context.beginPath();
	context.rect(geometry.left, 0, geometry.right - geometry.left + 2, geometry.height);
	context.clip();
	for (const row of rows) for (const wait of row.waits) drawWait(painter, row, wait);
	context.restore();
}

function drawWait(painter: TimelinePainter, row: TimelineRow, { since, until }: RowWait): void {
	const { context, palette, geometry, fonts, texts, now } = painter;
	const from = Math.max(-9, xOf(geometry, since));
	const to = Math.min(geometry.width + 9, xOf(geometry, until ?? now));
	if (to < geometry.left || from > geometry.right) return;
	const width = Math.max(2, to - from);
	const y = yOf(geometry, row.index) + (ROW - WAIT_HEIGHT) / 2;
	// Calls beside it shimmer through.
	context.globalAlpha = 0.85;
	context.fillStyle = palette.amber.tint;
	context.fillRect(from, y, width, WAIT_HEIGHT);
	context.globalAlpha = 1;
	context.strokeStyle = palette.amber.line;
	context.lineWidth = 1.2;
	context.setLineDash([3.5, 2.5]);
	context.strokeRect(from + 0.5, y + 0.5, width - 1, WAIT_HEIGHT - 1);
	context.setLineDash([]);
	const word = texts.fit(until === null ? "waits" : "waited", fonts.word, 80);
	const seen = Math.max(from, geometry.left);
	if (Math.min(to, geometry.right) - seen < word.width + 10) return;
	context.font = fonts.word;
	context.textAlign = "left";
	context.textBaseline = "middle";
	context.fillStyle = palette.amber.text;
	context.fillText(word.text, seen + 5, y + WAIT_HEIGHT / 2 + 0.5);
}
