import { HEAD, xOf } from "../geometry.ts";
import type { TimelinePainter } from "./timelinePainter.ts";

/** Lines across all rows: now, and the moment that is replayed. */
export function drawMoments(painter: TimelinePainter): void {
	const { palette, cursor, isLive, now } = painter;
	if (isLive) drawMoment(painter, now, palette.ending.functional.line, false);
	if (cursor !== null) drawMoment(painter, cursor, palette.text, true);
}

function drawMoment(painter: TimelinePainter, at: number, color: string, hasGrip: boolean): void {
	const { context, geometry } = painter;
	const x = Math.round(xOf(geometry, at)) + 0.5;
	if (x < geometry.left - 1 || x > geometry.right + 1) return;
	context.fillStyle = color;
	context.globalAlpha = hasGrip ? 1 : 0.75;
	context.fillRect(x - 0.75, HEAD - 2, 1.5, geometry.height - HEAD + 2);
	context.globalAlpha = 1;
	if (!hasGrip) return;
	context.beginPath();
	context.moveTo(x - 5, HEAD - 8);
	context.lineTo(x + 5, HEAD - 8);
	context.lineTo(x, HEAD - 1);
	context.closePath();
	context.fill();
}
