import { mix } from "../scene/curves.ts";
import type { SceneNode } from "../scene/sceneNode.ts";
import { FAMILIES } from "../text/words.ts";
import type { DrawContext } from "./drawContext.ts";
import type { Painter } from "./painter.ts";

/** The way to what is over is hardly to be seen. */
const GHOST_SHARE = 0.45;

/** Gentle curves from parent to child in the child's hue, at under half opacity. */
export function drawEdges(painter: Painter): void {
	const { context, palette, crowd } = painter;
	const lit = litNodes(painter);
	const alpha = palette.isHighContrast ? mix(0.9, 0.45, crowd) : mix(0.46, 0.24, crowd);
	context.lineWidth = palette.isHighContrast ? 1 : mix(1.5, 1, crowd);
	for (const family of FAMILIES) {
		context.strokeStyle = palette.family[family].line;
		context.globalAlpha = alpha;
		context.beginPath();
		for (const node of painter.nodes) {
			if (node.family === family && isPlain(node) && !lit.has(node)) traceEdge(context, node);
		}
		context.stroke();
		for (const node of painter.nodes) {
			if (node.family !== family || isPlain(node)) continue;
			const share = node.isGhost ? GHOST_SHARE : 1;
			strokeAlone(painter, node, alpha * node.alpha * share);
		}
	}
	// Last, so that the way up from a node is not hidden by its siblings.
	context.lineWidth = 2;
	for (const node of lit) {
		context.strokeStyle = palette.family[node.family].line;
		if (node.alpha === 1) strokeAlone(painter, node, 0.9);
	}
	context.globalAlpha = 1;
}

function isPlain(node: SceneNode): boolean {
	return node.alpha === 1 && !node.isGhost;
}

/** The way up from the selected and the hovered node. */
function litNodes({ selected, hovered }: Painter): Set<SceneNode> {
	const lit = new Set<SceneNode>();
	for (const start of [selected, hovered]) {
		for (let node = start; node !== null; node = node.parent) lit.add(node);
	}
	return lit;
}

function strokeAlone({ context }: Painter, node: SceneNode, alpha: number): void {
	context.globalAlpha = alpha;
	context.beginPath();
	traceEdge(context, node);
	context.stroke();
}

/** Discs are drawn over its ends, so it may start and end in the middle of them. */
function traceEdge(context: DrawContext, node: SceneNode): void {
	const parent = node.parent;
	if (parent === null) return;
	const dx = node.screenX - parent.screenX;
	const dy = node.screenY - parent.screenY;
	const length = Math.hypot(dx, dy);
	if (length < 1) return;
	const middleX = parent.screenX + dx / 2 - dy * node.bend;
	const middleY = parent.screenY + dy / 2 + dx * node.bend;
	// A node that is not opaque would show the line below it: end at its rim.
	const endX = node.screenX - middleX;
	const endY = node.screenY - middleY;
	const cut = Math.min(1, node.screenRadius / Math.hypot(endX, endY));
	context.moveTo(parent.screenX, parent.screenY);
	context.quadraticCurveTo(middleX, middleY, node.screenX - endX * cut, node.screenY - endY * cut);
}
