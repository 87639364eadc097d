import type { LiveGraph } from "../../model/graph/liveGraph.ts";
import type { PanelSettings, SourceStatus } from "../../protocol/messages.ts";
import type { StreamListener, StreamSource } from "../../stream/source.ts";
import type { LiveFeed } from "../feed/liveFeed.ts";

/** The window's own feed, as the stream wants to have it. */
export class FeedSource implements StreamSource {
	readonly #feed: LiveFeed;
	readonly #settings: () => PanelSettings;
	readonly #listeners = new Set<StreamListener>();

	constructor(feed: LiveFeed, settings: () => PanelSettings) {
		this.#feed = feed;
		this.#settings = settings;
	}

	get shown(): LiveGraph {
		return this.#feed.graph;
	}

	get log(): LiveGraph {
		return this.#feed.log.graph;
	}

	get status(): SourceStatus {
		return this.#feed.status;
	}

	get settings(): PanelSettings {
		return this.#settings();
	}

	get isShown(): boolean {
		return !this.#feed.status.catchingUp;
	}

	get isLogRead(): boolean {
		return this.#feed.log.isCaughtUp;
	}

	listen(listener: StreamListener): () => void {
		let isLogRead = this.isLogRead;
		const subscriptions = [
			this.#feed.onDidPatch((patch) => listener.patch(patch)),
			this.#feed.onDidReadLine((line) => listener.line(line)),
			this.#feed.onDidReset(() => listener.reset()),
			this.#feed.onDidChangeStatus((status) => listener.status(status)),
			// While a demo plays nothing else says that the log has been read.
			this.#feed.onDidRead(() => {
				const wasLogRead = isLogRead;
				isLogRead = this.isLogRead;
				if (isLogRead && !wasLogRead) listener.reset();
			}),
		];
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
			for (const each of subscriptions) each.dispose();
		};
	}

	/** The panel's settings have changed. */
	configure(): void {
		for (const each of this.#listeners) each.settings(this.settings);
	}
}
