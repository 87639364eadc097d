import { quadtree } from "d3-quadtree";
import { CHIP_HEIGHT } from "../draw/labels/chipPlan.ts";
import { LABEL_GAP, TITLE_HEIGHT } from "../draw/labels/labelPlan.ts";
import { clamp } from "../scene/curves.ts";
import type { SceneNode } from "../scene/sceneNode.ts";

/** Least radius in px that answers to a pointer, as small discs are hard to meet. */
const LEAST_REACH = 12;
const FARTHEST = 48;

/** Finds the node under a point of the screen. */
export class HitTest {
	#tree = quadtree<SceneNode>();
	#isStale = true;
	#nodes: readonly SceneNode[] = [];

	/** Nodes have moved: the tree is built again when somebody next asks. */
	invalidate(nodes: readonly SceneNode[]): void {
		this.#nodes = nodes;
		this.#isStale = true;
	}

	/** The node whose disc or label lies at the point, in px. */
	at(x: number, y: number): SceneNode | null {
		this.#refresh();
		const near = this.#tree.find(x, y, FARTHEST);
		if (near !== undefined && isOnDisc(near, x, y)) return near;
		const isOn = (node: SceneNode): boolean =>
			isOnDisc(node, x, y) || isOnChip(node, x, y) || isOnLabel(node, x, y);
		return this.#nodes.find(isOn) ?? null;
	}

	#refresh(): void {
		if (!this.#isStale) return;
		this.#isStale = false;
		this.#tree = quadtree<SceneNode>(
			[...this.#nodes],
			(node) => node.screenX,
			(node) => node.screenY,
		);
	}
}

function isOnDisc(node: SceneNode, x: number, y: number): boolean {
	const reach = Math.max(LEAST_REACH, node.screenRadius + 4);
	return Math.hypot(x - node.screenX, y - node.screenY) <= reach;
}

function isOnChip({ chip, screenX, screenY }: SceneNode, x: number, y: number): boolean {
	if (chip === null) return false;
	const isBeside = Math.abs(x - screenX - chip.dx) > chip.width / 2;
	return !isBeside && Math.abs(y - screenY - chip.dy) <= CHIP_HEIGHT / 2;
}

function isOnLabel(node: SceneNode, x: number, y: number): boolean {
	if (node.lines === 0) return false;
	const top = node.screenY + node.restRadius + LABEL_GAP - 2;
	const halfWidth = clamp(node.halfWidth, 24, 60);
	return Math.abs(x - node.screenX) < halfWidth && y > top && y < top + node.lines * TITLE_HEIGHT;
}
