import type { LiveGraph } from "../model/graph/liveGraph.ts";
import type { GraphPatch } from "../model/views/view.ts";
import type { PanelSettings, SourceStatus } from "../protocol/messages.ts";

/** What a source tells the stream. */
export interface StreamListener {
	/** The shown graph changed by as much as this. */
	patch(patch: GraphPatch): void;
	/** A line of the log, after the log's graph took it in. */
	line(text: string): void;
	/** A graph is another one, or has been read for the first time: start over. */
	reset(): void;
	status(status: SourceStatus): void;
	settings(settings: PanelSettings): void;
}

/** Where the stream has the graph from: an editor's feed, or a log that is followed without one. */
export interface StreamSource {
	/** What a page draws, which may be a demo. */
	readonly shown: LiveGraph;
	/** Of the log alone. */
	readonly log: LiveGraph;
	readonly status: SourceStatus;
	readonly settings: PanelSettings;
	/** False until there is a first picture. */
	readonly isShown: boolean;
	/** False while the log is read for the first time. */
	readonly isLogRead: boolean;
	/** @returns ends it */
	listen(listener: StreamListener): () => void;
}
