import type { LiveGraph } from "../model/graph/liveGraph.ts";
import { EMPTY_COUNTERS, GraphMirror } from "../model/views/graphMirror.ts";
import { NO_USUAL_TIMES, type UsualTimes } from "../model/views/usualTimes.ts";
import {
	DEFAULT_PANEL_SETTINGS,
	type PanelSettings,
	type SourceStatus,
} from "../protocol/messages.ts";
import type { DemoPlayer } from "./demo/demoPlayer.ts";
import type { FeedListener, GraphFeed } from "./graphFeed.ts";
import { type FeedSources, GraphSource, type SourceReaders } from "./graphSource.ts";
import { PatchClock } from "./patchClock.ts";
import type { RecordedPart } from "./recording/partGatherer.ts";
import type { recordSession } from "./recording/recordSession.ts";
import { describeSource } from "./sourceStatus.ts";

/** Silence after which an agent counts as lost, ms, unless the user wants it otherwise. */
export const REAP_AFTER_MS = DEFAULT_PANEL_SETTINGS.lostAfterMs;
const REAP_INTERVAL_MS = 30_000;
/** A session that ended, or was silent, for this long is no longer part of the picture. */
const FORGET_AFTER_MS = 12 * 60 * 60_000;

export interface FeedSettings extends FeedSources {
	/** Silence after which an agent counts as lost, ms. */
	readonly reapAfterMs: number;
	/** What pages that show the graph are told. */
	readonly panel: PanelSettings;
}

export interface FeedParts extends SourceReaders {
	/** Gathers all of one session; most windows ask for none. */
	readonly recordSession: typeof recordSession;
	/** Makes the player of the demo; not given where nobody can play it. */
	readonly newDemo?: (onChange: () => void, keyPrefix: string) => DemoPlayer;
	/**
	 * Number of its first graph, at most six digits; 1 if not given. A page that outlives this feed
	 * must not take a node of the next for one of this.
	 */
	readonly firstGraph?: number;
	readonly patienceMs?: number;
}

/**
 * The one place where the live graph comes from: the event log and the transcripts, or the demo
 * while it plays. Whoever shows it listens here and never to each other.
 */
export class LiveFeed implements GraphFeed {
	/** The graph as last told to everyone. */
	readonly mirror = new GraphMirror();
	readonly #parts: FeedParts;
	readonly #listeners = new Set<FeedListener>();
	readonly #clock = new PatchClock(() => this.#flush());
	readonly #reaper: NodeJS.Timeout;
	#graphs: number;
	#settings: FeedSettings;
	#source: GraphSource;
	#status: SourceStatus;
	#usualTimes = NO_USUAL_TIMES;
	#areHooksReady = false;
	/** What was read last may speak of what is long over. */
	#isReapDue = false;
	#demo: DemoPlayer | null = null;
	#endsDemoOnEvent = false;

	constructor(settings: FeedSettings, parts: FeedParts) {
		this.#parts = parts;
		this.#graphs = parts.firstGraph ?? 1;
		this.#settings = settings;
		this.#source = this.#follow();
		this.#status = describeSource(this.#source, { isDemo: false, areHooksReady: false });
		this.#reaper = setInterval(() => this.#reap(), REAP_INTERVAL_MS);
	}

	/** Log and transcripts, whatever is shown. */
	get source(): GraphSource {
		return this.#source;
	}

	get followed(): LiveGraph {
		return this.#source.graph;
	}

	get shown(): LiveGraph {
		return this.#demo?.graph ?? this.followed;
	}

	get isShown(): boolean {
		return this.isDemo || this.#source.phase !== "reading";
	}

	get isDemo(): boolean {
		return this.#demo !== null;
	}

	get status(): SourceStatus {
		return this.#status;
	}

	get settings(): PanelSettings {
		const { panel, reapAfterMs } = this.#settings;
		return { ...panel, usualTimes: this.#usualTimes, lostAfterMs: reapAfterMs };
	}

	/** Whether hooks are installed, as far as whoever looks at settings knows. */
	set areHooksReady(areReady: boolean) {
		this.#areHooksReady = areReady;
		this.#statusChanged();
	}

	/** What is known by now of what is usual; pages are told only where that has changed. */
	set usualTimes(times: UsualTimes) {
		if (JSON.stringify(times) === JSON.stringify(this.#usualTimes)) return;
		this.#usualTimes = times;
		this.#tell((listener) => listener.settings?.(this.settings));
	}

	record(session: string, tell: (part: RecordedPart) => void): () => void {
		if (this.#demo !== null) return this.#demo.record(session, tell);
		const { startReading, recordSession } = this.#parts;
		return recordSession({ ...this.#settings, session, startReading, isFollowing: true }, tell);
	}

	listen(listener: FeedListener): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Applies changed settings at once; other sources mean another graph. */
	configure(settings: FeedSettings): void {
		const isSame = sourcesOf(settings) === sourcesOf(this.#settings);
		this.#settings = settings;
		if (!isSame) {
			void this.#source.dispose();
			this.#source = this.#follow();
		}
		this.#tell((listener) => listener.settings?.(this.settings));
		this.#reap();
		this.#statusChanged();
	}

	/** @param endsOnEvent stop by itself as soon as a real event is written */
	playDemo(endsOnEvent = false): void {
		const { newDemo } = this.#parts;
		if (newDemo === undefined) return;
		this.#demo?.dispose();
		this.#endsDemoOnEvent = endsOnEvent;
		this.#demo = newDemo(() => this.#clock.request(), this.#nextKeyPrefix());
		this.#reset();
		this.#statusChanged();
	}

	stopDemo(): void {
		if (this.#demo === null) return;
		this.#demo.dispose();
		this.#demo = null;
		this.#reset();
		this.#statusChanged();
	}

	async dispose(): Promise<void> {
		this.#listeners.clear();
		clearInterval(this.#reaper);
		this.#clock.dispose();
		this.#demo?.dispose();
		await this.#source.dispose();
	}

	#follow(): GraphSource {
		const { eventsFile, transcriptFolders } = this.#settings;
		const options = {
			...this.#parts,
			eventsFile,
			transcriptFolders,
			keyPrefix: this.#nextKeyPrefix(),
		};
		const source: GraphSource = new GraphSource(options, {
			changed: (by) => {
				if (this.#source === source) this.#changed(by);
			},
			statusChanged: () => {
				if (this.#source !== source) return;
				this.#statusChanged();
				this.#tell((listener) => listener.read?.());
			},
			line: (text) => {
				if (this.#source === source) this.#tell((listener) => listener.line?.(text));
			},
		});
		return source;
	}

	#nextKeyPrefix(): string {
		return `g${this.#graphs++}n`;
	}

	#changed(by: "log" | "transcripts"): void {
		if (by === "transcripts") this.#isReapDue = true;
		if (this.#demo === null) this.#clock.request();
		else if (this.#endsDemoOnEvent) this.stopDemo();
	}

	#statusChanged(): void {
		const status = describeSource(this.#source, {
			isDemo: this.isDemo,
			areHooksReady: this.#areHooksReady,
		});
		const before = this.#status;
		if (JSON.stringify(status) === JSON.stringify(before)) return;
		this.#status = status;
		const isOtherPhase = status.phase !== before.phase;
		if (isOtherPhase && status.phase !== "reading") this.#reapFollowed();
		this.#tell((listener) => listener.status?.(status));
		if (isOtherPhase && this.#demo === null) this.#reset();
	}

	#reset(): void {
		this.shown.takePatch();
		const nothing = { nodes: [], counters: EMPTY_COUNTERS };
		this.mirror.reset(this.isShown ? this.shown.snapshot() : nothing);
		this.#tell((listener) => listener.reset?.());
	}

	#reap(): void {
		if (this.#source.phase !== "reading") this.#reapFollowed();
		this.#clock.request();
	}

	#reapFollowed(): void {
		this.#isReapDue = false;
		this.followed.reap(Date.now(), this.#settings.reapAfterMs, FORGET_AFTER_MS);
	}

	#flush(): void {
		if (!this.isShown) return;
		if (this.#isReapDue) this.#reapFollowed();
		const patch = this.shown.takePatch();
		if (patch === null) return;
		this.mirror.apply(patch);
		this.#tell((listener) => listener.patch?.(patch));
	}

	/** One that throws keeps neither the others from hearing of it nor the feed from going on. */
	#tell(tell: (listener: FeedListener) => void): void {
		for (const listener of this.#listeners) {
			try {
				tell(listener);
			} catch (error) {
				queueMicrotask(() => {
					throw error;
				});
			}
		}
	}
}

function sourcesOf({ eventsFile, transcriptFolders }: FeedSources): string {
	return [eventsFile, ...transcriptFolders].join("\0");
}
