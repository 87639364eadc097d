import { EventTail } from "../ingest/eventTail.ts";
import { LiveGraph } from "../model/graph/liveGraph.ts";
import type { PanelSettings, SourceStatus } from "../protocol/messages.ts";
import type { StreamListener, StreamSource } from "./source.ts";

/** Shortest time between two patches, ms, as in the editor. */
const PATCH_EVERY_MS = 50;
const REAP_EVERY_MS = 30_000;
/** Silence after which an agent counts as lost, as in the editor. */
const REAP_AFTER_MS = 30 * 60_000;
const FORGET_AFTER_MS = 12 * 60 * 60_000;

/** The live graph of an event log, for a stream that no editor stands behind. */
export class LogFeed implements StreamSource {
	readonly settings: PanelSettings = {
		showOtherSessions: true,
		reducedMotion: "auto",
		workspaceFolders: [],
	};
	readonly log: LiveGraph;
	readonly #path: string;
	readonly #tail: EventTail;
	readonly #listeners = new Set<StreamListener>();
	readonly #reaper: NodeJS.Timeout;
	#patchTimer: NodeJS.Timeout | undefined;
	#isLogRead = false;
	#status: SourceStatus;

	constructor(path: string) {
		this.#path = path;
		// A page that outlives this program must not take a node of the next for one of this.
		this.log = new LiveGraph(`g${process.pid % 1_000_000}n`);
		this.#tail = new EventTail(path, {
			line: (text) => {
				this.log.applyLine(text);
				if (!this.#isLogRead) return;
				for (const each of this.#listeners) each.line(text);
				this.#patchTimer ??= setTimeout(() => this.#patch(), PATCH_EVERY_MS);
			},
			problem: (problem) => this.log.countProblem(problem),
			status: () => this.#statusChanged(),
		});
		this.#status = this.#describe();
		this.#reaper = setInterval(() => this.#reap(), REAP_EVERY_MS);
	}

	get shown(): LiveGraph {
		return this.log;
	}

	get isShown(): boolean {
		return this.#isLogRead;
	}

	get isLogRead(): boolean {
		return this.#isLogRead;
	}

	get status(): SourceStatus {
		return this.#status;
	}

	listen(listener: StreamListener): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	async dispose(): Promise<void> {
		clearTimeout(this.#patchTimer);
		clearInterval(this.#reaper);
		await this.#tail.dispose();
	}

	#statusChanged(): void {
		if (!this.#isLogRead && this.#tail.status.state !== "reading") {
			this.#isLogRead = true;
			this.#reap();
			// The first reading is one picture, not the changes that it was.
			this.log.takePatch();
			for (const each of this.#listeners) each.reset();
		}
		const status = this.#describe();
		if (JSON.stringify(status) === JSON.stringify(this.#status)) return;
		this.#status = status;
		for (const each of this.#listeners) each.status(status);
	}

	#describe(): SourceStatus {
		const { state, error } = this.#tail.status;
		const common = { source: "log", catchingUp: !this.#isLogRead } as const;
		switch (state) {
			case "reading":
			case "following":
				return { ...common, connection: "connected", message: `Following ${this.#path}` };
			case "missing":
				return { ...common, connection: "reconnecting", message: `Waiting for ${this.#path}` };
			case "unreadable":
				return {
					...common,
					connection: "disconnected",
					message: `Cannot read ${this.#path}: ${error}`,
				};
		}
	}

	#reap(): void {
		this.log.reap(Date.now(), REAP_AFTER_MS, FORGET_AFTER_MS);
		this.#patch();
	}

	#patch(): void {
		clearTimeout(this.#patchTimer);
		this.#patchTimer = undefined;
		if (!this.#isLogRead) return;
		const patch = this.log.takePatch();
		if (patch === null) return;
		for (const each of this.#listeners) each.patch(patch);
	}
}
