import { EMPTY_COUNTERS } from "../../../../src/model/views/graphMirror.ts";
import type { NodeView, Pulse } from "../../../../src/model/views/view.ts";
import { Floats } from "../../../../src/webview/scene/floats.ts";
import { Layout } from "../../../../src/webview/scene/layout.ts";
import { Places } from "../../../../src/webview/scene/restingPlaces.ts";
import { Scene } from "../../../../src/webview/scene/scene.ts";
import type { SceneNode } from "../../../../src/webview/scene/sceneNode.ts";
import { GraphIndex } from "../../../../src/webview/state/graphIndex.ts";
import { START } from "../../../support/page/fakeViews.ts";

/** A scene without a page: the graph's own changes in, nodes out. Text is 7 px a letter. */
export class SceneBench {
	readonly graph = new GraphIndex();
	readonly floats = new Floats();
	readonly places = new Places();
	readonly layout = new Layout(
		({ view }) => ({ title: view.type.length * 7, subtitle: view.description.length * 6 }),
		this.places,
	);
	hidden = new Set<string>();
	isFinishedShown = false;
	/** False: a crowd waits for its places until the test has it seated. */
	isSeatedAtOnce = true;
	now = 1000;
	readonly scene = new Scene({
		graph: this.graph,
		layout: this.layout,
		floats: this.floats,
		places: this.places,
		passes: (view) => !this.hidden.has(view.key),
		isGhost: () => this.isFinishedShown,
		isNear: (view) => view.cwd.startsWith("/near"),
		labelOf: (name) => ({ name, title: name, mark: name.slice(0, 2) }),
	});

	get hostNow(): number {
		return START + this.now;
	}

	snapshot(...nodes: NodeView[]): void {
		const change = this.graph.reset({ nodes, counters: EMPTY_COUNTERS });
		this.#update([...change.added, ...change.changed, ...change.removed], "snapshot");
		this.layout.rest();
	}

	patch(...upserts: NodeView[]): void {
		const change = this.graph.apply({ upserts, removes: [], pulses: [], counters: EMPTY_COUNTERS });
		this.#update([...change.added, ...change.changed, ...change.removed], "patch");
	}

	refilter(): void {
		this.#update(
			[...this.graph.views()].map((view) => view.key),
			"snapshot",
		);
	}

	pulse(...pulses: Pulse[]): void {
		this.scene.pulse(pulses, this.now);
	}

	/** Lets ms pass, with one tick of the layout per 16 ms while it moves. */
	advance(ms: number): void {
		this.now += ms;
		this.scene.sweep(this.now);
		for (let i = 0; i < ms / 16 && this.layout.isMoving; i++) this.layout.tick();
	}

	keys(): string[] {
		return [...this.scene.nodes.keys()];
	}

	node(key: string): SceneNode {
		const node = this.scene.nodes.get(key);
		if (node === undefined) throw new Error(`${key} is not in the picture`);
		return node;
	}

	#update(keys: string[], kind: "snapshot" | "patch"): void {
		this.scene.update(keys, { kind, now: this.now, hostNow: this.hostNow });
		if (this.isSeatedAtOnce) this.layout.seat(Number.POSITIVE_INFINITY);
	}
}
