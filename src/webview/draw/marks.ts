import { clamp } from "../scene/curves.ts";
import { isSession, type SceneNode } from "../scene/sceneNode.ts";
import { circle, type Painter } from "./painter.ts";
import { rimReach } from "./rims.ts";

/** Rings that say something of a node: waits for you, selected, found. */
export function drawMarks(painter: Painter): void {
	const { context, palette } = painter;
	for (const node of painter.nodes) {
		if (node.view.waiting !== null) {
			context.globalAlpha = node.alpha;
			context.setLineDash([5, 4]);
			ring(painter, node, palette.amber.line, outset(node, 8), 2);
			context.setLineDash([]);
		}
		if (node.isMatch) {
			// Matches stand out also where the node itself is dimmed, such as a lost one.
			context.globalAlpha = 1;
			ring(painter, node, palette.focus, outset(node, 5), node === painter.current ? 3 : 1.5);
		}
	}
	context.globalAlpha = 1;
	const { selected, hovered } = painter;
	if (hovered !== null && hovered !== selected) {
		context.globalAlpha = 0.5;
		ring(painter, hovered, palette.text, outset(hovered, 4), 1);
		context.globalAlpha = 1;
	}
	if (selected !== null) ring(painter, selected, palette.focus, outset(selected, 5), 2);
}

/** A session has a rim of its own, which the mark goes around. */
function outset(node: SceneNode, gap: number): number {
	const rim = isSession(node) ? node.screenRadius * 0.3 : 0;
	return node.screenRadius + rim + (gap + rimReach(node)) * clamp(node.screenRadius / 12, 0.5, 1);
}

function ring(
	{ context }: Painter,
	node: SceneNode,
	color: string,
	radius: number,
	width: number,
): void {
	context.strokeStyle = color;
	context.lineWidth = width;
	context.beginPath();
	circle(context, node.screenX, node.screenY, radius);
	context.stroke();
}
