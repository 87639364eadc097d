import type { LiveGraph } from "../model/graph/liveGraph.ts";
import type { GraphPatch } from "../model/views/view.ts";
import type { PanelSettings, SourceStatus } from "../protocol/messages.ts";
import type { RecordedPart } from "./recording/partGatherer.ts";

/** What a feed tells those who show its graph. */
export interface FeedListener {
	/** The shown graph changed by as much as this. */
	patch?(patch: GraphPatch): void;
	/** The shown graph is another one, or more of it has been read than anyone was told: start over. */
	reset?(): void;
	/** Told before the reset that a new phase brings. */
	status?(status: SourceStatus): void;
	settings?(settings: PanelSettings): void;
	/** A line of the log, after its graph took it in; none while all is read for the first time. */
	line?(text: string): void;
	/** Something was read, or could not be, whether or not the graph changed by it. */
	read?(): void;
}

/** A live graph as those who show it want to have it. */
export interface GraphFeed {
	/** What is drawn, which may be a demo. */
	readonly shown: LiveGraph;
	/** False until there is a first picture: until then nobody is told of any node. */
	readonly isShown: boolean;
	/** What log and transcripts imply, whatever is drawn. */
	readonly followed: LiveGraph;
	readonly status: SourceStatus;
	readonly settings: PanelSettings;
	/**
	 * Hands over everything that was told of a session of what is shown, and goes on with it.
	 *
	 * @returns ends it
	 */
	record(session: string, tell: (part: RecordedPart) => void): () => void;
	/** @returns ends it */
	listen(listener: FeedListener): () => void;
}
