import type { LiveFeed } from "../../live/liveFeed.ts";
import { Disposable } from "../disposable.ts";
import type { TelemetryHost } from "./telemetryHost.ts";

/** What is usual changes slowly. */
const REFRESH_MS = 30 * 60_000;

/** Tells the feed how long agents are usually silent, as the telemetry knows it. */
export class SilenceFeed extends Disposable {
	readonly #feed: LiveFeed;
	readonly #telemetry: TelemetryHost;
	#askedAt = Number.NEGATIVE_INFINITY;

	constructor(feed: LiveFeed, telemetry: TelemetryHost) {
		super();
		this.#feed = feed;
		this.#telemetry = telemetry;
		this._register(telemetry.onDidChange(() => void this.#refresh()));
	}

	/** Once the database is open, and then seldom. */
	async #refresh(): Promise<void> {
		const { current, role } = this.#telemetry;
		const now = performance.now();
		if (current === null || role === "starting" || now - this.#askedAt < REFRESH_MS) return;
		this.#askedAt = now;
		try {
			const silences = await current.usualSilences();
			if (!this.isDisposed && silences.length > 0) this.#feed.usualSilences = silences;
		} catch {
			// Whatever broke it says so elsewhere; without it two minutes are what is usual.
		}
	}
}
