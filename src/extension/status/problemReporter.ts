import type * as vscode from "vscode";
import type { LiveFeed } from "../../live/liveFeed.ts";
import { PatchClock } from "../../live/patchClock.ts";
import type { SourceStatus } from "../../protocol/messages.ts";
import { Disposable } from "../disposable.ts";

/** Bad lines come in bursts; one message for all of one burst. */
const BURST_MS = 5000;

/** Writes to the extension's log what went wrong with the event log: once per burst, by kind. */
export class ProblemReporter extends Disposable {
	readonly #feed: LiveFeed;
	readonly #log: vscode.LogOutputChannel;
	readonly #clock = this._register(new PatchClock(() => this.#report(), BURST_MS));
	#reported = new Map<string, number>();
	#lastMessage = "";

	constructor(feed: LiveFeed, log: vscode.LogOutputChannel) {
		super();
		this.#feed = feed;
		this.#log = log;
		const stop = feed.listen({
			read: () => this.#clock.request(),
			status: (status) => this.#say(status),
		});
		this._register({ dispose: stop });
		// What was told before somebody listened.
		this.#say(feed.status);
		this.#clock.request();
	}

	#say({ connection, message }: SourceStatus): void {
		if (message === this.#lastMessage) return;
		this.#lastMessage = message;
		if (connection === "disconnected") this.#log.warn(message);
		else this.#log.info(message);
	}

	#report(): void {
		const { stats } = this.#feed.followed;
		const seen = new Map<string, number>();
		const news: string[] = [];
		for (const [kind, { count }] of [...stats.problems, ...stats.notes]) {
			seen.set(kind, count);
			const fresh = count - (this.#reported.get(kind) ?? 0);
			if (fresh > 0) news.push(`${kind} × ${fresh}`);
		}
		this.#reported = seen;
		if (news.length > 0) this.#log.warn(`In the event log: ${news.join(", ")}`);
	}
}
