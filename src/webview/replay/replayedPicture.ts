import type { MirrorChange } from "../../model/views/graphMirror.ts";
import type { GraphPatch, GraphSnapshot, Pulse } from "../../model/views/view.ts";
import type { SceneUpdate } from "../scene/scene.ts";
import { identityOf } from "../state/identity.ts";
import type { PageModel } from "../state/pageModel.ts";
import { LiveBehind } from "./liveBehind.ts";
import type { ReplayedGraph } from "./replayedGraph.ts";

/** What of the page shows a graph. */
export interface PictureHost {
	readonly model: PageModel;
	/** The graph has changed: the picture follows. */
	show(change: MirrorChange, kind: SceneUpdate["kind"]): void;
	pulse(pulses: readonly Pulse[]): void;
	/** Asks the host for details of a node of the live picture. */
	inspect(key: string | null): void;
	/** The details of the selected node are others: why it failed may be so too. */
	askReason(): void;
	/** Text and controls follow soon. */
	refreshParts(): void;
}

/** Puts a replayed graph in the place of the live one, and that back. */
export class ReplayedPicture {
	readonly #host: PictureHost;
	/** What is replayed; null while nothing can be. */
	graph: ReplayedGraph | null = null;
	/** The live picture while another is shown. */
	#live: LiveBehind | null = null;
	#time: number | null = null;
	/** Events that were told when the replay began. */
	#known = 0;

	constructor(host: PictureHost) {
		this.#host = host;
	}

	/** The moment that is shown, ms since the epoch; null for live. */
	get time(): number | null {
		return this.#time;
	}

	get isReplaying(): boolean {
		return this.#live !== null;
	}

	/** Events that were told since the replay began. */
	get news(): number {
		const told = this.graph?.recording.events.length ?? 0;
		return this.#live === null ? 0 : told - this.#known;
	}

	/** Shows a moment, ms since the epoch, as it was: nothing moves there. */
	show(time: number): void {
		const { graph } = this;
		if (graph === null) return;
		if (this.#live === null) {
			this.#live = new LiveBehind(this.#host.model.graph);
			this.#known = graph.recording.events.length;
			graph.begin(this.#live.keyOf);
		}
		this.#setTime(time);
		this.#reset(graph.at(time));
		this.#follow();
	}

	/** Shows the next moment, and what has happened until then. */
	goOn(time: number): void {
		const { graph } = this;
		const patch = graph?.onTo(time) ?? null;
		if (graph === null || patch === null) {
			this.show(time);
			return;
		}
		this.#setTime(time);
		if (patch !== "nothing") {
			this.#host.show(this.#host.model.graph.apply(patch), "patch");
			this.#host.pulse(patch.pulses);
		}
		this.#follow();
	}

	/** The live picture again, as it is by now; gives back whether another one was shown. */
	backToLive(): boolean {
		const { model, inspect, refreshParts } = this.#host;
		const live = this.#live;
		if (live === null) return false;
		this.#live = null;
		this.#setTime(null);
		this.#reset(live.snapshot);
		model.detail = null;
		inspect(model.selected);
		refreshParts();
		return true;
	}

	/** Tells details of a node; gives back whether it has, and the host need not. */
	inspect(key: string | null): boolean {
		if (this.#live === null) return false;
		const { model } = this.#host;
		model.detail = key === null ? null : (this.graph?.detail(key) ?? null);
		if (model.detail !== null) model.tools.noteDetail(model.detail);
		this.#host.askReason();
		return true;
	}

	/** The same of what a session came to. */
	summarise(key: string): boolean {
		if (this.#live === null) return false;
		this.#host.model.summary = this.graph?.summary(key) ?? null;
		return true;
	}

	/** Keeps a live picture that came while another one is shown; gives back whether it has. */
	keepSnapshot(snapshot: GraphSnapshot): boolean {
		this.#live?.reset(snapshot);
		// Another log, or the demo: there is nothing left to replay.
		if (this.#live?.hasSession(this.graph?.recording.session ?? "") === false) this.backToLive();
		return this.#live !== null;
	}

	keepPatch(patch: GraphPatch): boolean {
		this.#live?.apply(patch);
		return this.#live !== null;
	}

	#setTime(time: number | null): void {
		this.#time = time;
		this.#host.model.clock.hold(time);
	}

	/** What was selected stays so, or is again once it is there. */
	#reset(snapshot: GraphSnapshot): void {
		const { model, show } = this.#host;
		const selected = model.selectedView();
		model.awaited = selected === undefined ? model.awaited : identityOf(selected);
		show(model.graph.reset(snapshot), "snapshot");
	}

	#follow(): void {
		this.inspect(this.#host.model.selected);
		this.#host.refreshParts();
	}
}
