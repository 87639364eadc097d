import type { ScreenBox } from "../draw/labels/boxGrid.ts";
import { fitView, type NodeExtent, spanOf, type View } from "../draw/view/camera.ts";
import { restingPlace } from "./clusters.ts";
import type { SceneNode } from "./sceneNode.ts";

/** What labels and chips at the edge may take of the height, or twice of the width. */
const MOST_FOR_TEXT = 0.12;

/**
 * Where all nodes rest, with the room of their labels and chips: so much of it as leaves the picture
 * itself the larger part of where it is to be seen.
 */
export function extentsOf(nodes: Iterable<SceneNode>, free: ScreenBox): NodeExtent[] {
	const high = (free.bottom - free.top) * MOST_FOR_TEXT;
	const wide = (free.right - free.left) * MOST_FOR_TEXT * 2;
	return Array.from(nodes, (node) => ({
		...restingPlace(node),
		halfWidth: Math.min(node.halfWidth, wide),
		above: Math.min(node.above, high),
		below: Math.min(node.below, high),
	}));
}

/**
 * The view that shows everything, or null where the view at hand will do: nothing is cut off and
 * not much room is wasted. So the camera moves seldom, and then for a reason.
 */
export function calmFit(extents: readonly NodeExtent[], view: View, free: ScreenBox): View | null {
	const fit = fitView(extents, free);
	const { left, right, top, bottom } = spanOf(extents, view);
	const isCutOff =
		left + view.x < free.left ||
		right + view.x > free.right ||
		top + view.y < free.top ||
		bottom + view.y > free.bottom;
	const wasted = Math.max(fit.k / view.k, (fit.k * fit.stretch) / (view.k * view.stretch));
	const isWasteful = wasted > 1.35;
	const middleX = (left + right) / 2 + view.x - (free.left + free.right) / 2;
	const middleY = (top + bottom) / 2 + view.y - (free.top + free.bottom) / 2;
	const isAside =
		Math.abs(middleX) > (free.right - free.left) * 0.22 ||
		Math.abs(middleY) > (free.bottom - free.top) * 0.22;
	return isCutOff || isWasteful || isAside ? fit : null;
}
