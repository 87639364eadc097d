import type { View } from "../draw/view/camera.ts";
import type { Layout } from "../scene/layout.ts";
import type { SceneNode } from "../scene/sceneNode.ts";

/** Carries a node by the pointer; the branch below it follows. */
export class Carrier {
	readonly #layout: Layout;
	#held: SceneNode | null = null;

	constructor(layout: Layout) {
		this.#layout = layout;
	}

	get isHolding(): boolean {
		return this.#held !== null;
	}

	grab(node: SceneNode, nodes: Iterable<SceneNode>): void {
		this.#held = node;
		for (const each of nodes) each.isHeld = isBelow(each, node);
	}

	/** Puts the held node's centre at a point of the screen. */
	carry(node: SceneNode, x: number, y: number, view: View): void {
		node.fx = (x - view.x) / (view.k * view.stretch);
		node.fy = (y - view.y) / view.k;
		this.#layout.warm();
	}

	/** Where it is let go of it stays. */
	drop(node: SceneNode, nodes: Iterable<SceneNode>): void {
		const wasCarried = node.fx !== undefined && node.fx !== null;
		node.fx = null;
		node.fy = null;
		this.#held = null;
		for (const each of nodes) each.isHeld = false;
		if (wasCarried) this.#layout.restHere(node);
	}
}

function isBelow(node: SceneNode, top: SceneNode): boolean {
	let at: SceneNode | null = node;
	while (at !== null && at !== top) at = at.parent;
	return at === top;
}
