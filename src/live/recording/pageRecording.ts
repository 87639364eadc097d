import type { HostMessage } from "../../protocol/messages.ts";
import type { GraphFeed } from "../graphFeed.ts";

/** The session that a page wants to know everything of, one at a time. */
export class PageRecording {
	readonly #feed: GraphFeed;
	readonly #post: (message: HostMessage) => void;
	#stop: (() => void) | null = null;

	constructor(feed: GraphFeed, post: (message: HostMessage) => void) {
		this.#feed = feed;
		this.#post = post;
	}

	/** @param key of a node of the session; null for none */
	want(key: string | null): void {
		this.#stop?.();
		this.#stop = null;
		const session = key === null ? null : this.#feed.shown.sessionOf(key);
		if (session === null) return;
		this.#stop = this.#feed.record(session, (part) =>
			this.#post({ type: "recorded", session, ...part }),
		);
	}
}
