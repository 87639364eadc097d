import { type Direction, firstOf, neighbourOf } from "../scene/neighbours.ts";
import type { SceneNode } from "../scene/sceneNode.ts";
import type { PageModel } from "../state/pageModel.ts";
import type { CameraControls } from "./cameraControls.ts";

/** What of the page one can walk through. */
interface WalkHost {
	readonly model: PageModel;
	readonly nodes: ReadonlyMap<string, SceneNode>;
	readonly camera: CameraControls;
	select(key: string): void;
	/** Turns the filters off. */
	showAll(): void;
}

/** Leads from one node to another by keys and buttons. */
export class NodeWalk {
	readonly #host: WalkHost;

	constructor(host: WalkHost) {
		this.#host = host;
	}

	/** Goes to the node that has waited longest, or to the next one after the selected. */
	nextWait(): void {
		const { model, showAll } = this.#host;
		const waits = model.waiting();
		const next = waits[waits.findIndex(({ key }) => key === model.selected) + 1] ?? waits[0];
		if (next === undefined) return;
		if (!model.passes(next)) showAll();
		this.#goTo(next.key);
	}

	/** Selects the nearest agent in a direction, the first one at the start; by keys on the picture. */
	step(direction: Direction): void {
		const { nodes, model } = this.#host;
		const from = nodes.get(model.selected ?? "");
		const all = [...nodes.values()].filter(({ folded }) => folded === 0);
		const next = from === undefined ? firstOf(all) : neighbourOf(from, all, direction);
		if (next !== null) this.#goTo(next.key);
	}

	#goTo(key: string): void {
		this.#host.select(key);
		this.#host.camera.reveal(key);
	}
}
