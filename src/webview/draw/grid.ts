import type { DrawContext } from "./drawContext.ts";
import type { Painter } from "./painter.ts";

const SPACING = 32;

/** A faint grid that moves with the picture; its spacing stays near 32 px at every zoom. */
export function drawGrid({ context, palette, view, width, height }: Painter): void {
	// Every doubling of the zoom drops or adds every other line.
	const zoomSteps = Math.round(Math.log2(view.k));
	const spacing = (SPACING * view.k) / 2 ** zoomSteps;
	context.beginPath();
	for (let x = offset(view.x, spacing); x < width; x += spacing) line(context, x, 0, x, height);
	for (let y = offset(view.y, spacing); y < height; y += spacing) line(context, 0, y, width, y);
	context.strokeStyle = palette.grid;
	context.lineWidth = 1;
	context.stroke();
}

function offset(origin: number, spacing: number): number {
	return ((origin % spacing) + spacing) % spacing;
}

function line(context: DrawContext, fromX: number, fromY: number, toX: number, toY: number): void {
	// On half pixels a line of 1 px covers one row of pixels instead of two.
	context.moveTo(Math.round(fromX) + 0.5, Math.round(fromY) + 0.5);
	context.lineTo(Math.round(toX) + 0.5, Math.round(toY) + 0.5);
}
