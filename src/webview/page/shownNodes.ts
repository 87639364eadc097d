import { isAlive } from "../../model/views/view.ts";
import type { Picture } from "../picture.ts";
import type { Scene, SceneUpdate } from "../scene/scene.ts";
import type { PageModel } from "../state/pageModel.ts";

/** What is kept in step. */
interface ShownNodesHost {
	readonly model: PageModel;
	readonly scene: Scene;
	readonly picture: Picture;
	/** Text and controls follow soon. */
	refreshParts(): void;
}

/** Which nodes are in the picture, which of them are marked, and which are dimmed. */
export class ShownNodes {
	readonly #host: ShownNodesHost;

	constructor(host: ShownNodesHost) {
		this.#host = host;
	}

	/** These nodes have changed; `mark` is to follow. */
	update(keys: readonly string[], kind: SceneUpdate["kind"]): void {
		const { model, scene } = this.#host;
		scene.update(keys, { kind, now: performance.now(), hostNow: model.clock.now() });
	}

	/** The filters have changed: every node is looked at again, and nothing flashes for it. */
	refilter(): void {
		const keys = [...this.#host.model.graph.views()].map((view) => view.key);
		this.update(keys, "snapshot");
		this.mark();
	}

	/** An agent that ended is shown while it is looked at: one was, another is. */
	refreshGhosts(...keys: readonly (string | null)[]): void {
		const { graph } = this.#host.model;
		const ended = keys.filter((key): key is string => {
			const view = key === null ? undefined : graph.get(key);
			return view !== undefined && !isAlive(view);
		});
		if (ended.length === 0) return;
		this.update(ended, "snapshot");
		this.mark();
	}

	/** Marks what a search has found, and hands the nodes over to be drawn. */
	mark(): void {
		const { model, scene, picture, refreshParts } = this.#host;
		const { search } = model;
		if (search.isLooking) {
			const { living, finished } = model.rows();
			search.note([...living, ...finished].map(({ view }) => view.key));
		}
		search.mark(scene.nodes.values());
		picture.setNodes(scene.nodes);
		picture.setCurrent(search.current);
		refreshParts();
	}

	/** Goes to the next or previous match; gives back its key. */
	stepMatch(step: 1 | -1): string | null {
		const { search } = this.#host.model;
		const before = search.current;
		const key = search.step(step);
		this.refreshGhosts(before, key);
		this.#host.picture.setCurrent(key);
		return key;
	}

	/** Takes away what has faded out. */
	sweep(now: number): void {
		if (this.#host.scene.sweep(now)) this.mark();
	}
}
