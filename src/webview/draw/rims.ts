import { clamp } from "../scene/curves.ts";
import type { SceneNode } from "../scene/sceneNode.ts";
import type { DrawContext } from "./drawContext.ts";
import { circle, type Painter } from "./painter.ts";

/** Between a disc and its rim, px at full size. */
const GAP = 4;
const TOP = -Math.PI / 2;

/**
 * An arc around each agent at work that fills as its running time approaches the p95 of its type, and
 * a whole ring in amber past it. Each of the two is one path: a crowd costs little more than a few.
 */
export function drawRims(painter: Painter): void {
	const { palette } = painter;
	const running = painter.nodes.filter(({ rim }) => rim !== null && rim > 0 && rim <= 1);
	const slow = painter.nodes.filter(({ rim }) => rim !== null && rim > 1);
	stroke(painter, running, palette.dimText, 1.5);
	stroke(painter, slow, palette.amber.line, 2);
}

/** What stands around a disc goes further out by this where it has a rim, px at full size. */
export function rimReach({ rim }: SceneNode): number {
	return rim === null ? 0 : GAP - 1;
}

function stroke(painter: Painter, nodes: readonly SceneNode[], color: string, width: number): void {
	const { context, now } = painter;
	context.strokeStyle = color;
	context.lineWidth = width;
	context.globalAlpha = 1;
	context.beginPath();
	for (const node of nodes) if (isPlain(node, now)) trace(context, node);
	context.stroke();
	for (const node of nodes) {
		if (isPlain(node, now) || node.endAt <= now) continue;
		context.globalAlpha = node.alpha;
		context.beginPath();
		trace(context, node);
		context.stroke();
	}
	context.globalAlpha = 1;
}

function isPlain({ alpha, endAt }: SceneNode, now: number): boolean {
	return alpha === 1 && endAt > now;
}

function trace(context: DrawContext, node: SceneNode): void {
	const { screenX: x, screenY: y, rim } = node;
	const radius = node.screenRadius + GAP * clamp(node.screenRadius / 12, 0.5, 1);
	if (rim === null || rim > 1) {
		circle(context, x, y, radius);
		return;
	}
	context.moveTo(x, y - radius);
	context.arc(x, y, radius, TOP, TOP + 2 * Math.PI * rim);
}
