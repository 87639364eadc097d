import type * as vscode from "vscode";
import type { LiveFeed } from "../../live/liveFeed.ts";
import { toolName } from "../../model/views/doing.ts";
import type { GraphPatch } from "../../model/views/view.ts";
import { Disposable } from "../disposable.ts";
import type { Settings } from "../settings.ts";
import { isShownIn, offerToShow, sessionOf } from "./offerToShow.ts";
import { systemClock, WaitNotices } from "./waitNotices.ts";
import { waitText } from "./waitText.ts";

/** Where the waits that were told of are kept, so that a reload does not tell of them again. */
const TOLD_KEY = "waits.told";

/** Tells the user of calls that have waited for permission for as long as the setting says. */
export class WaitNotifier extends Disposable {
	readonly #feed: LiveFeed;
	readonly #memory: vscode.Memento;
	readonly #notices: WaitNotices;
	#settings: Settings;

	constructor(feed: LiveFeed, memory: vscode.Memento, settings: Settings) {
		super();
		this.#feed = feed;
		this.#memory = memory;
		this.#settings = settings;
		const told = memory.get<unknown>(TOLD_KEY);
		this.#notices = new WaitNotices(
			(key) => void this.#tell(key),
			systemClock,
			Array.isArray(told) ? told.map(String) : [],
		);
		this._register({ dispose: () => this.#notices.clear() });
		const stop = feed.listen({
			patch: (patch) => this.#patched(patch),
			reset: () => this.#startOver(),
		});
		this._register({ dispose: stop });
		this.configure(settings);
		this.#startOver();
	}

	/** Applies changed settings at once, to calls that wait already too. */
	configure(settings: Settings): void {
		this.#settings = settings;
		this.#notices.configure(settings.notifyAfterMs);
	}

	#patched({ upserts, removes }: GraphPatch): void {
		if (this.#feed.isDemo) return;
		for (const key of removes) this.#notices.forget(key);
		for (const node of upserts) this.#notices.note(node);
	}

	#startOver(): void {
		this.#notices.clear();
		if (this.#feed.isDemo) return;
		for (const node of this.#feed.mirror.nodes.values()) this.#notices.note(node);
	}

	async #tell(key: string): Promise<void> {
		const node = this.#feed.mirror.nodes.get(key);
		const session = node && sessionOf(this.#feed, node);
		if (!node?.waiting || session === undefined || !isShownIn(this.#settings, session)) return;
		void this.#memory.update(TOLD_KEY, this.#notices.notified);
		await offerToShow(this.#feed, waitText(node, toolName(node.waiting.tool)), key, session.key);
	}
}
