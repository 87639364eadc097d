import type { Family } from "../text/words.ts";
import type { DrawContext } from "./drawContext.ts";
import { circle } from "./painter.ts";

const TOP = -Math.PI / 2;

/** Corners of a family's shape under high contrast, where no hue tells it; 0 is a circle. */
const CORNERS: Record<Family, number> = { sonnet: 0, opus: 6, haiku: 4, other: 3 };

/** Adds a family's shape to the path at hand; all have about the area of a disc of that radius. */
export function traceShape(
	context: DrawContext,
	family: Family,
	x: number,
	y: number,
	radius: number,
): void {
	const corners = CORNERS[family];
	if (corners === 0) {
		circle(context, x, y, radius);
		return;
	}
	tracePolygon(context, { x, y, corners, reach: reachOf(corners, radius) }, corners);
	context.closePath();
}

/**
 * Adds a part of the outline that runs around a family's shape, `gap` px outside of it.
 *
 * @param share of the outline, clockwise from the top; 1 is the whole
 */
export function traceAround(
	context: DrawContext,
	family: Family,
	x: number,
	y: number,
	radius: number,
	gap: number,
	share: number,
): void {
	const corners = CORNERS[family];
	if (corners === 0) {
		context.moveTo(x, y - radius - gap);
		context.arc(x, y, radius + gap, TOP, TOP + 2 * Math.PI * share);
		return;
	}
	// The sides keep the gap, so that the corners are further out.
	const reach = reachOf(corners, radius) + gap / Math.cos(Math.PI / corners);
	tracePolygon(context, { x, y, corners, reach }, corners * share);
}

/** Radius of the circle around a regular polygon that has the area of a disc. */
function reachOf(corners: number, radius: number): number {
	return radius * Math.sqrt((2 * Math.PI) / (corners * Math.sin((2 * Math.PI) / corners)));
}

interface Polygon {
	readonly x: number;
	readonly y: number;
	readonly corners: number;
	/** From the middle to a corner, px. */
	readonly reach: number;
}

/** So many sides of it, clockwise from the corner at the top; a part of the last one. */
function tracePolygon(context: DrawContext, polygon: Polygon, sides: number): void {
	context.moveTo(...cornerOf(polygon, 0));
	for (let side = 1; side <= sides; side++) context.lineTo(...cornerOf(polygon, side));
	const whole = Math.floor(sides);
	const part = sides - whole;
	if (part === 0) return;
	const [fromX, fromY] = cornerOf(polygon, whole);
	const [toX, toY] = cornerOf(polygon, whole + 1);
	context.lineTo(fromX + (toX - fromX) * part, fromY + (toY - fromY) * part);
}

function cornerOf({ x, y, corners, reach }: Polygon, index: number): [number, number] {
	const angle = TOP + (index / corners) * 2 * Math.PI;
	return [x + Math.cos(angle) * reach, y + Math.sin(angle) * reach];
}
