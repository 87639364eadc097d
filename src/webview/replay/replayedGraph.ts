import type { LiveGraph } from "../../model/graph/liveGraph.ts";
import { describeGraph } from "../../model/graph/told/graphDescription.ts";
import { nodeDetail } from "../../model/graph/told/nodeDetail.ts";
import { sessionSummary } from "../../model/graph/told/sessionSummary.ts";
import type { Recording } from "../../model/recording/recording.ts";
import { Replay } from "../../model/replay/replay.ts";
import type {
	GraphPatch,
	GraphSnapshot,
	NodeDetail,
	SessionSummary,
} from "../../model/views/view.ts";
import { SharedNames } from "./sharedNames.ts";

/** Events told ahead at a time: about as much as fits between two frames. */
const PREPARED_AT_ONCE = 500;

/** The graph of a recorded session at any moment, in the names of the live one. */
export class ReplayedGraph {
	readonly recording: Recording;
	readonly #replay: Replay;
	#names = new SharedNames(() => undefined);
	#graph: LiveGraph | null = null;

	/** @param silenceMs silence after which an agent counts as lost */
	constructor(recording: Recording, silenceMs: number) {
		this.recording = recording;
		this.#replay = new Replay(silenceMs);
	}

	/** @param keyOf the key of a node in the live picture, by its identity */
	begin(keyOf: (identity: string) => string | undefined): void {
		this.#names = new SharedNames(keyOf);
		this.#names.learn(describeGraph(this.recording.graph));
	}

	/** More was recorded. */
	refresh(): void {
		this.#replay.events = this.recording.events;
		this.#names.learn(describeGraph(this.recording.graph));
	}

	/** Makes a part of what it takes to be quick; gives back whether there is more to make. */
	prepare(): boolean {
		return this.#replay.prepare(PREPARED_AT_ONCE);
	}

	/** Everything that was to be seen then. @param time ms since the epoch */
	at(time: number): GraphSnapshot {
		const graph = this.#replay.at(time);
		this.#graph = graph;
		// What led there is no news.
		graph.takePatch();
		return this.#names.snapshot(graph.snapshot());
	}

	/** What has changed since the moment asked for last; null where only a snapshot tells that. */
	onTo(time: number): GraphPatch | "nothing" | null {
		const graph = this.#replay.at(time);
		const isSame = graph === this.#graph;
		this.#graph = graph;
		if (!isSame) return null;
		const patch = graph.takePatch();
		return patch === null ? "nothing" : this.#names.patch(patch);
	}

	detail(key: string): NodeDetail | null {
		if (this.#graph === null) return null;
		const detail = nodeDetail(this.#graph, this.#names.replayed(key));
		return detail === null ? null : { ...detail, key };
	}

	summary(key: string): SessionSummary | null {
		if (this.#graph === null) return null;
		const summary = sessionSummary(this.#graph, this.#names.replayed(key));
		return summary === null ? null : { ...summary, key };
	}
}
