import { type Bounds, fitView, type View } from "../draw/camera.ts";
import { restingPlace } from "./clusters.ts";
import type { SceneNode } from "./sceneNode.ts";

/** Box around the resting places of all nodes and their labels; null without nodes. */
export function boundsOf(nodes: Iterable<SceneNode>): Bounds | null {
	let left = Number.POSITIVE_INFINITY;
	let right = Number.NEGATIVE_INFINITY;
	let top = Number.POSITIVE_INFINITY;
	let bottom = Number.NEGATIVE_INFINITY;
	for (const node of nodes) {
		const { x, y } = restingPlace(node);
		left = Math.min(left, x - node.halfWidth);
		right = Math.max(right, x + node.halfWidth);
		top = Math.min(top, y - node.above);
		bottom = Math.max(bottom, y + node.below);
	}
	return left <= right ? { left, right, top, bottom } : null;
}

/**
 * The view that shows everything, or null where the view at hand will do: nothing is cut off and
 * not much room is wasted. So the camera moves seldom, and then for a reason.
 */
export function calmFit(bounds: Bounds, view: View, width: number, height: number): View | null {
	const fit = fitView(bounds, width, height);
	const isCutOff =
		bounds.left * view.k + view.x < 8 ||
		bounds.right * view.k + view.x > width - 8 ||
		bounds.top * view.k + view.y < 44 ||
		bounds.bottom * view.k + view.y > height - 8;
	const isWasteful = fit.k > view.k * 1.35;
	const middleX = ((bounds.left + bounds.right) / 2) * view.k + view.x - width / 2;
	const middleY = ((bounds.top + bounds.bottom) / 2) * view.k + view.y - height / 2;
	const isAside = Math.abs(middleX) > width * 0.22 || Math.abs(middleY) > height * 0.22;
	return isCutOff || isWasteful || isAside ? fit : null;
}
