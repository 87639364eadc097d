import * as vscode from "vscode";
import type { LiveGraph } from "../../model/graph/liveGraph.ts";
import { EMPTY_COUNTERS, GraphMirror } from "../../model/views/graphMirror.ts";
import type { Counters, GraphPatch } from "../../model/views/view.ts";
import type { SourceStatus } from "../../protocol/messages.ts";
import { DemoPlayer } from "../demo/demoPlayer.ts";
import { Disposable } from "../disposable.ts";
import { LogSource } from "./logSource.ts";
import { PatchClock } from "./patchClock.ts";
import { describeSource } from "./sourceStatus.ts";
import { TranscriptSource } from "./transcriptSource.ts";

const REAP_INTERVAL_MS = 30_000;
/** A session that ended, or was silent, for this long is no longer part of the picture. */
const FORGET_AFTER_MS = 12 * 60 * 60 * 1000;

/** Where the live graph comes from. */
export interface FeedSources {
	readonly eventsFile: string;
	/** Folders of transcripts; none where they are not to be read. */
	readonly transcriptFolders: readonly string[];
}

/**
 * The one place where the live graph comes from: the event log and the transcripts, or the demo
 * while it plays. Panel, tree and status bar listen here and never to each other.
 */
export class LiveFeed extends Disposable {
	readonly #onDidPatch = this._register(new vscode.EventEmitter<GraphPatch>());
	readonly #onDidReset = this._register(new vscode.EventEmitter<void>());
	readonly #onDidChangeStatus = this._register(new vscode.EventEmitter<SourceStatus>());
	readonly #onDidRead = this._register(new vscode.EventEmitter<void>());
	readonly #onDidReadLine = this._register(new vscode.EventEmitter<string>());
	/** A line of the log that its graph has taken in, from the first reading on. */
	readonly onDidReadLine = this.#onDidReadLine.event;
	/** Something of the log was read, or could not be, whether or not the graph changed by it. */
	readonly onDidRead = this.#onDidRead.event;
	/** The graph changed by as much as the patch says. */
	readonly onDidPatch = this.#onDidPatch.event;
	/** The graph is another one: start over from {@link mirror} or a snapshot. */
	readonly onDidReset = this.#onDidReset.event;
	readonly onDidChangeStatus = this.#onDidChangeStatus.event;

	/** The graph as last told to everyone. */
	readonly mirror = new GraphMirror();
	readonly #workerFile: string;
	#log: LogSource;
	#transcripts: TranscriptSource | null = null;
	/** What was read last may speak of what is long over. */
	#isReapDue = false;
	#demo: DemoPlayer | null = null;
	#endsDemoOnEvent = false;
	#isShowingLog = false;
	#reapAfterMs: number;
	#status: SourceStatus;
	#graphs = 0;
	readonly #clock = this._register(new PatchClock(() => this.#flush()));

	/** @param workerFile bundle of the thread that reads transcripts */
	constructor(sources: FeedSources, reapAfterMs: number, workerFile: string) {
		super();
		this.#workerFile = workerFile;
		this.#reapAfterMs = reapAfterMs;
		this.#log = this.#follow(sources);
		this.#status = this.#describe();
		const reaper = setInterval(() => this.#reap(), REAP_INTERVAL_MS);
		this._register({ dispose: () => clearInterval(reaper) });
	}

	get log(): LogSource {
		return this.#log;
	}

	/** null where transcripts are not to be read. */
	get transcripts(): TranscriptSource | null {
		return this.#transcripts;
	}

	get status(): SourceStatus {
		return this.#status;
	}

	get isDemo(): boolean {
		return this.#demo !== null;
	}

	/** The graph that is shown. */
	get graph(): LiveGraph {
		return this.#demo?.graph ?? this.#log.graph;
	}

	get counters(): Counters {
		return this.status.catchingUp ? EMPTY_COUNTERS : this.mirror.counters;
	}

	/** Applies changed settings at once; other sources mean another graph. */
	configure(sources: FeedSources, reapAfterMs: number): void {
		this.#reapAfterMs = reapAfterMs;
		const folders = this.#transcripts?.folders ?? [];
		if (
			sources.eventsFile !== this.#log.path ||
			sources.transcriptFolders.join("\0") !== folders.join("\0")
		) {
			this.#log.dispose();
			this.#transcripts?.dispose();
			this.#isShowingLog = false;
			this.#log = this.#follow(sources);
			this.#reset();
		}
		this.#reap();
		this.#statusChanged();
	}

	/** @param endsOnEvent stop by itself as soon as a real event is written */
	playDemo(endsOnEvent = false): void {
		this.#demo?.dispose();
		this.#endsDemoOnEvent = endsOnEvent;
		this.#demo = new DemoPlayer(() => this.#clock.request(), this.#nextKeyPrefix());
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

	override dispose(): void {
		this.#demo?.dispose();
		this.#log.dispose();
		this.#transcripts?.dispose();
		super.dispose();
	}

	#follow({ eventsFile, transcriptFolders }: FeedSources): LogSource {
		const listener = {
			changed: () => {
				if (this.#log !== source) return;
				if (this.#demo === null) this.#clock.request();
				else if (this.#endsDemoOnEvent) this.stopDemo();
			},
			statusChanged: () => {
				if (this.#log !== source || this.isDisposed) return;
				this.#statusChanged();
				this.#onDidRead.fire();
			},
			line: (text: string) => {
				if (this.#log === source) this.#onDidReadLine.fire(text);
			},
		};
		const source: LogSource = new LogSource(eventsFile, listener, this.#nextKeyPrefix());
		this.#transcripts =
			transcriptFolders.length === 0
				? null
				: new TranscriptSource(
						{ folders: transcriptFolders, workerFile: this.#workerFile },
						source.graph,
						{
							...listener,
							changed: () => {
								this.#isReapDue = true;
								listener.changed();
							},
						},
					);
		return source;
	}

	/** False until there is a first picture to show. */
	get #isCaughtUp(): boolean {
		return this.#log.isCaughtUp && (this.#transcripts?.isCurrent ?? true);
	}

	#nextKeyPrefix(): string {
		this.#graphs++;
		return `g${this.#graphs}n`;
	}

	/** The first full reading is shown in one piece, not as the thousands of changes it was. */
	#statusChanged(): void {
		if (this.isDisposed) return;
		if (this.#isCaughtUp && !this.#isShowingLog) {
			this.#isShowingLog = true;
			this.#reapLog();
			if (this.#demo === null) this.#reset();
		}
		const status = this.#describe();
		if (JSON.stringify(status) === JSON.stringify(this.#status)) return;
		this.#status = status;
		this.#onDidChangeStatus.fire(status);
	}

	#describe(): SourceStatus {
		return describeSource({
			path: this.#log.path,
			tail: this.#log.status,
			isCaughtUp: this.#isCaughtUp,
			isDemo: this.isDemo,
			transcripts: this.#transcripts?.status?.files ?? 0,
		});
	}

	#reset(): void {
		this.graph.takePatch();
		this.mirror.reset(this.graph.snapshot());
		this.#onDidReset.fire();
	}

	#reap(): void {
		if (this.#isCaughtUp) this.#reapLog();
		this.#clock.request();
	}

	#reapLog(): void {
		this.#isReapDue = false;
		this.#log.graph.reap(Date.now(), this.#reapAfterMs, FORGET_AFTER_MS);
	}

	#flush(): void {
		if (this.#demo === null && !this.#isShowingLog) return;
		if (this.#isReapDue) this.#reapLog();
		const patch = this.graph.takePatch();
		if (patch === null) return;
		this.mirror.apply(patch);
		this.#onDidPatch.fire(patch);
	}
}
