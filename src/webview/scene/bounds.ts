import type { ScreenBox } from "../draw/labels/boxGrid.ts";
import { fitView, type NodeExtent, spanOf, type View } from "../draw/view/camera.ts";
import { restingPlace } from "./clusters.ts";
import type { SceneNode } from "./sceneNode.ts";

/** Where all nodes rest, with the room of their labels and chips. */
export function extentsOf(nodes: Iterable<SceneNode>): NodeExtent[] {
	return Array.from(nodes, (node) => {
		const { halfWidth, above, below } = node;
		return { ...restingPlace(node), halfWidth, above, below };
	});
}

/**
 * The view that shows everything, or null where the view at hand will do: nothing is cut off and
 * not much room is wasted. So the camera moves seldom, and then for a reason.
 */
export function calmFit(extents: readonly NodeExtent[], view: View, free: ScreenBox): View | null {
	const fit = fitView(extents, free);
	const { left, right, top, bottom } = spanOf(extents, view.k);
	const isCutOff =
		left + view.x < free.left ||
		right + view.x > free.right ||
		top + view.y < free.top ||
		bottom + view.y > free.bottom;
	const isWasteful = fit.k > view.k * 1.35;
	const middleX = (left + right) / 2 + view.x - (free.left + free.right) / 2;
	const middleY = (top + bottom) / 2 + view.y - (free.top + free.bottom) / 2;
	const isAside =
		Math.abs(middleX) > (free.right - free.left) * 0.22 ||
		Math.abs(middleY) > (free.bottom - free.top) * 0.22;
	return isCutOff || isWasteful || isAside ? fit : null;
}
