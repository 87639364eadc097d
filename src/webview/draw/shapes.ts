import type { Family } from "../text/words.ts";
import type { DrawContext } from "./drawContext.ts";
import { circle } from "./painter.ts";

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
	// Radius of the circle around a regular polygon that has the area of the disc.
	const reach = radius * Math.sqrt((2 * Math.PI) / (corners * Math.sin((2 * Math.PI) / corners)));
	for (let i = 0; i < corners; i++) {
		const angle = (i / corners) * 2 * Math.PI - Math.PI / 2;
		const cornerX = x + Math.cos(angle) * reach;
		const cornerY = y + Math.sin(angle) * reach;
		if (i === 0) context.moveTo(cornerX, cornerY);
		else context.lineTo(cornerX, cornerY);
	}
	context.closePath();
}
