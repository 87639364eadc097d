import type { LiveFeed } from "../../live/liveFeed.ts";
import { Disposable } from "../disposable.ts";
import type { TelemetryHost } from "./telemetryHost.ts";

/** What is usual changes slowly. */
const REFRESH_MS = 30 * 60_000;

/** Tells the feed what is usual of agents, as the telemetry knows it. */
export class UsualTimesFeed extends Disposable {
	readonly #feed: LiveFeed;
	readonly #telemetry: TelemetryHost;
	#askedAt = Number.NEGATIVE_INFINITY;

	constructor(feed: LiveFeed, telemetry: TelemetryHost) {
		super();
		this.#feed = feed;
		this.#telemetry = telemetry;
		this._register(telemetry.onDidChange(() => void this.#refresh()));
		void this.#refresh();
	}

	/** Once the database is open, and then seldom. */
	async #refresh(): Promise<void> {
		const { current, role } = this.#telemetry;
		const now = performance.now();
		if (current === null || role === "starting" || now - this.#askedAt < REFRESH_MS) return;
		this.#askedAt = now;
		try {
			const times = await current.usualTimes();
			if (!this.isDisposed) this.#feed.usualTimes = times;
		} catch {
			// Whatever broke it says so elsewhere; without it two minutes of silence are what is usual.
		}
	}
}
