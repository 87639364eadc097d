import { setTimeout as sleep } from "node:timers/promises";
import { LogLines } from "../../../src/ingest/eventLog/logLines.ts";
import { parseLine } from "../../../src/ingest/eventLog/parseLine.ts";
import { DemoPlayer } from "../../../src/live/demo/demoPlayer.ts";
import type { GraphSource } from "../../../src/live/graphSource.ts";
import { type FeedParts, type FeedSettings, LiveFeed } from "../../../src/live/liveFeed.ts";
import type { ReadingListener, StartReading } from "../../../src/live/reading/transcriptReading.ts";
import { recordSession } from "../../../src/live/recording/recordSession.ts";
import type { AgentEvent } from "../../../src/model/events/events.ts";
import type { GraphPatch } from "../../../src/model/views/view.ts";
import { DEFAULT_PANEL_SETTINGS } from "../../../src/protocol/messages.ts";

/** Transcripts whose reading goes on when a test says so. */
export class ManualReading {
	#listener: ReadingListener | null = null;

	readonly start: StartReading = (_input, listener) => {
		this.#listener = listener;
		return { dispose: async () => {} };
	};

	/** Reading is asked for in a turn of its own. */
	async listener(): Promise<ReadingListener> {
		while (this.#listener === null) await sleep(1);
		return this.#listener;
	}

	/** @param events as a log would hold them */
	async tell(...events: readonly unknown[]): Promise<void> {
		const { events: listen } = await this.listener();
		await listen({
			folder: "/projects",
			events: events.map(fromTranscript),
			problems: [],
		});
	}

	async end(): Promise<void> {
		(await this.listener()).current();
	}
}

function fromTranscript(event: unknown): AgentEvent {
	const parsed = parseLine(JSON.stringify(event));
	if (typeof parsed === "string") throw new Error(parsed);
	return { ...parsed, origin: "transcript" };
}

/** A feed with everything that it told, as one word each. */
export class FeedProbe {
	readonly feed: LiveFeed;
	readonly words: string[] = [];
	readonly patches: GraphPatch[] = [];
	readonly lines: string[] = [];

	constructor(settings: Partial<FeedSettings>, parts: Omit<FeedParts, "newLog" | "recordSession">) {
		this.feed = new LiveFeed(
			{ ...SETTINGS, ...settings },
			{
				newLog: () => new LogLines(),
				newDemo: (...of) => new DemoPlayer(...of),
				recordSession,
				...parts,
			},
		);
		this.feed.listen({
			patch: (patch) => {
				this.words.push("patch");
				this.patches.push(patch);
			},
			reset: () => this.words.push(`reset ${this.feed.mirror.nodes.size}`),
			status: ({ source, phase }) => this.words.push(`${source} ${phase}`),
			settings: () => this.words.push("settings"),
			line: (text) => this.lines.push(text),
		});
	}

	get source(): GraphSource {
		return this.feed.source;
	}

	configure(settings: Partial<FeedSettings>): void {
		this.feed.configure({ ...SETTINGS, ...settings });
	}

	/** Ends in any case, so that nothing outlives a test that fails. */
	async until(isReached: () => boolean): Promise<void> {
		for (let tries = 0; tries < 4000 && !isReached(); tries++) await sleep(5);
		if (!isReached()) throw new Error(`in vain, after ${this.words.join(", ")}`);
	}
}

const SETTINGS: FeedSettings = {
	eventsFile: "",
	transcriptFolders: [],
	reapAfterMs: Number.POSITIVE_INFINITY,
	panel: DEFAULT_PANEL_SETTINGS,
};
