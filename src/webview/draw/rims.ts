import { clamp } from "../scene/curves.ts";
import type { SceneNode } from "../scene/sceneNode.ts";
import type { Painter } from "./painter.ts";
import { traceAround } from "./shapes.ts";

/** Between a disc and its rim, px at full size. */
const GAP = 4;

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
	const trace = traceOf(painter);
	context.strokeStyle = color;
	context.lineWidth = width;
	context.globalAlpha = 1;
	context.beginPath();
	for (const node of nodes) if (isPlain(node, now)) trace(node);
	context.stroke();
	for (const node of nodes) {
		if (isPlain(node, now) || node.endAt <= now) continue;
		context.globalAlpha = node.alpha;
		context.beginPath();
		trace(node);
		context.stroke();
	}
	context.globalAlpha = 1;
}

function isPlain({ alpha, endAt }: SceneNode, now: number): boolean {
	return alpha === 1 && endAt > now;
}

/** Under high contrast a rim runs around the shape that tells the family. */
function traceOf({ context, palette }: Painter): (node: SceneNode) => void {
	return ({ screenX, screenY, screenRadius, family, rim }) => {
		const gap = GAP * clamp(screenRadius / 12, 0.5, 1);
		const shape = palette.isHighContrast ? family : "sonnet";
		traceAround(context, shape, screenX, screenY, screenRadius, gap, Math.min(1, rim ?? 1));
	};
}
