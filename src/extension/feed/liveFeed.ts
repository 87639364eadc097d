import * as vscode from "vscode";
import { EMPTY_COUNTERS, GraphMirror } from "../../model/graphMirror.ts";
import type { LiveGraph } from "../../model/liveGraph.ts";
import type { Counters, GraphPatch } from "../../model/view.ts";
import type { SourceStatus } from "../../protocol/messages.ts";
import { DemoPlayer } from "../demo/demoPlayer.ts";
import { Disposable } from "../disposable.ts";
import { LogSource } from "./logSource.ts";
import { PatchClock } from "./patchClock.ts";
import { describeSource } from "./sourceStatus.ts";

const REAP_INTERVAL_MS = 30_000;
/** A session that ended, or was silent, for this long is no longer part of the picture. */
const FORGET_AFTER_MS = 12 * 60 * 60 * 1000;

/**
 * The one place where the live graph comes from: the event log, or the demo while it plays. Panel,
 * tree and status bar listen here and never to each other.
 */
export class LiveFeed extends Disposable {
	readonly #onDidPatch = this._register(new vscode.EventEmitter<GraphPatch>());
	readonly #onDidReset = this._register(new vscode.EventEmitter<void>());
	readonly #onDidChangeStatus = this._register(new vscode.EventEmitter<SourceStatus>());
	readonly #onDidRead = this._register(new vscode.EventEmitter<void>());
	/** Something of the log was read, or could not be, whether or not the graph changed by it. */
	readonly onDidRead = this.#onDidRead.event;
	/** The graph changed by as much as the patch says. */
	readonly onDidPatch = this.#onDidPatch.event;
	/** The graph is another one: start over from {@link mirror} or a snapshot. */
	readonly onDidReset = this.#onDidReset.event;
	readonly onDidChangeStatus = this.#onDidChangeStatus.event;

	/** The graph as last told to everyone. */
	readonly mirror = new GraphMirror();
	#log: LogSource;
	#demo: DemoPlayer | null = null;
	#endsDemoOnEvent = false;
	#isShowingLog = false;
	#reapAfterMs: number;
	#status: SourceStatus;
	#graphs = 0;
	readonly #clock = this._register(new PatchClock(() => this.#flush()));

	constructor(eventsFile: string, reapAfterMs: number) {
		super();
		this.#reapAfterMs = reapAfterMs;
		this.#log = this.#follow(eventsFile);
		this.#status = this.#describe();
		const reaper = setInterval(() => this.#reap(), REAP_INTERVAL_MS);
		this._register({ dispose: () => clearInterval(reaper) });
	}

	get log(): LogSource {
		return this.#log;
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

	/** Applies changed settings at once; another log means another graph. */
	configure(eventsFile: string, reapAfterMs: number): void {
		this.#reapAfterMs = reapAfterMs;
		if (eventsFile !== this.#log.path) {
			this.#log.dispose();
			this.#isShowingLog = false;
			this.#log = this.#follow(eventsFile);
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
		super.dispose();
	}

	#follow(path: string): LogSource {
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
		};
		const source: LogSource = new LogSource(path, listener, this.#nextKeyPrefix());
		return source;
	}

	#nextKeyPrefix(): string {
		this.#graphs++;
		return `g${this.#graphs}n`;
	}

	/** The first full reading is shown in one piece, not as the thousands of changes it was. */
	#statusChanged(): void {
		if (this.isDisposed) return;
		if (this.#log.isCaughtUp && !this.#isShowingLog) {
			this.#isShowingLog = true;
			this.#log.graph.reap(Date.now(), this.#reapAfterMs, FORGET_AFTER_MS);
			if (this.#demo === null) this.#reset();
		}
		const status = this.#describe();
		if (JSON.stringify(status) === JSON.stringify(this.#status)) return;
		this.#status = status;
		this.#onDidChangeStatus.fire(status);
	}

	#describe(): SourceStatus {
		return describeSource(this.#log.path, this.#log.status, this.#log.isCaughtUp, this.isDemo);
	}

	#reset(): void {
		this.graph.takePatch();
		this.mirror.reset(this.graph.snapshot());
		this.#onDidReset.fire();
	}

	#reap(): void {
		if (this.#log.isCaughtUp) {
			this.#log.graph.reap(Date.now(), this.#reapAfterMs, FORGET_AFTER_MS);
		}
		this.#clock.request();
	}

	#flush(): void {
		if (this.#demo === null && !this.#isShowingLog) return;
		const patch = this.graph.takePatch();
		if (patch === null) return;
		this.mirror.apply(patch);
		this.#onDidPatch.fire(patch);
	}
}
