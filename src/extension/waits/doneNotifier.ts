import type { LiveFeed } from "../../live/liveFeed.ts";
import type { GraphPatch, NodeView } from "../../model/views/view.ts";
import { Disposable } from "../disposable.ts";
import type { Settings } from "../settings.ts";
import { DoneNotices } from "./doneNotices.ts";
import { isShownIn, offerToShow, sessionOf } from "./offerToShow.ts";
import { systemClock } from "./waitNotices.ts";
import { doneText } from "./waitText.ts";

/** Tells the user, where the settings ask for it, that an agent or a session is done. */
export class DoneNotifier extends Disposable {
	readonly #feed: LiveFeed;
	readonly #notices = new DoneNotices((node) => void this.#tell(node), systemClock);
	#settings: Settings;

	constructor(feed: LiveFeed, settings: Settings) {
		super();
		this.#feed = feed;
		this.#settings = settings;
		this._register({ dispose: () => this.#notices.clear() });
		const stop = feed.listen({
			patch: (patch) => this.#patched(patch),
			reset: () => this.#startOver(),
		});
		this._register({ dispose: stop });
		this.configure(settings);
		this.#startOver();
	}

	/** Applies changed settings at once. */
	configure(settings: Settings): void {
		this.#settings = settings;
		this.#notices.configure(settings.notifyDone);
	}

	#patched({ upserts, removes }: GraphPatch): void {
		if (this.#feed.isDemo) return;
		// While history is still being read, an end is news to nobody.
		if (this.#feed.status.phase === "live") this.#notices.note(upserts, removes);
	}

	#startOver(): void {
		this.#notices.startOver(this.#feed.isDemo ? [] : this.#feed.mirror.nodes.values());
	}

	async #tell(node: NodeView): Promise<void> {
		const session = sessionOf(this.#feed, node);
		if (session === undefined || !isShownIn(this.#settings, session)) return;
		await offerToShow(this.#feed, doneText(node), node.key, session.key);
	}
}
