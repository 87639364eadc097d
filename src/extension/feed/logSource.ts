import { EventTail, type TailStatus } from "../../ingest/eventTail.ts";
import { LiveGraph } from "../../model/graph/liveGraph.ts";

/** Called by a source when its graph may have changed, or its state has. */
export interface SourceListener {
	changed(): void;
	statusChanged(): void;
	/** Called with every line of a log, after its graph took it in. */
	line?(text: string): void;
}

/** A graph that follows the event log of one path. */
export class LogSource {
	readonly path: string;
	readonly graph: LiveGraph;
	readonly #tail: EventTail;
	#isCaughtUp = false;

	constructor(path: string, listener: SourceListener, keyPrefix?: string) {
		this.path = path;
		this.graph = new LiveGraph(keyPrefix);
		let isNew = false;
		this.#tail = new EventTail(path, {
			line: (text) => {
				isNew = true;
				this.graph.applyLine(text);
				listener.line?.(text);
			},
			problem: (problem) => this.graph.countProblem(problem),
			status: (status) => {
				const wasCaughtUp = this.#isCaughtUp;
				this.#isCaughtUp ||= status.state !== "reading";
				if (isNew && wasCaughtUp) listener.changed();
				isNew = false;
				listener.statusChanged();
			},
		});
	}

	get status(): TailStatus {
		return this.#tail.status;
	}

	/** False while the log is read for the first time: until then there is no picture to patch. */
	get isCaughtUp(): boolean {
		return this.#isCaughtUp;
	}

	dispose(): void {
		void this.#tail.dispose();
	}
}
