import { identityOf } from "../state/identity.ts";
import { MAX_SAVED_PLACES } from "../state/savedState.ts";
import { restingPlace, rootOf } from "./clusters.ts";
import type { SceneNode } from "./sceneNode.ts";

/** A place from the node's session; a session's own is from the origin. World units. */
export type Place = readonly [x: number, y: number];

/** Where nodes were, so that one that comes back is found where it was left. */
export class Places {
	#places = new Map<string, Place>();

	restore(places: ReadonlyMap<string, Place>): void {
		this.#places = new Map(places);
	}

	get({ view }: Pick<SceneNode, "view">): Place | undefined {
		return this.#places.get(identityOf(view));
	}

	remember(node: SceneNode): void {
		const { x, y } = restingPlace(node);
		const root = rootOf(node);
		const isRoot = root === node;
		const identity = identityOf(node.view);
		// Set anew, so that the order of the map is that of use.
		this.#places.delete(identity);
		this.#places.set(identity, isRoot ? [x, y] : [x - root.restX, y - root.restY]);
		if (this.#places.size <= MAX_SAVED_PLACES) return;
		for (const oldest of this.#places.keys()) {
			this.#places.delete(oldest);
			break;
		}
	}

	/** The places remembered last, at most `limit`, whole px. */
	latest(limit: number): Map<string, Place> {
		const rounded = [...this.#places].map(([identity, [x, y]]): [string, Place] => [
			identity,
			[Math.round(x), Math.round(y)],
		]);
		return new Map(rounded.slice(-limit));
	}
}
