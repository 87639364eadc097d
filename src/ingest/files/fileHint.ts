import { existsSync } from "node:fs";
import * as path from "node:path";
import type { FSWatcher } from "chokidar";

/**
 * Says that something may have happened to a file, also while the file or its folder do not exist:
 * then the nearest folder above that does is watched. Only ever a hint; may be late, doubled or
 * missing, as watchers are.
 */
export class FileHint {
	readonly #file: string;
	readonly #onHint: () => void;
	#watcher: FSWatcher | null = null;
	#watched = "";
	#isDisposed = false;

	constructor(file: string, onHint: () => void) {
		this.#file = file;
		this.#onHint = onHint;
		this.rearm();
	}

	/** Moves the watch to the nearest folder that exists now. Cheap when nothing changed. */
	rearm(): void {
		if (this.#isDisposed) return;
		const folder = nearestFolder(path.dirname(this.#file));
		if (folder === this.#watched) return;
		this.#watched = folder;
		void this.#watch(folder);
	}

	async dispose(): Promise<void> {
		this.#isDisposed = true;
		await this.#watcher?.close();
		this.#watcher = null;
	}

	/** What watches is loaded for it: whoever has a hint to wait for has begun by then. */
	async #watch(folder: string): Promise<void> {
		const { watch } = await import("chokidar");
		if (this.#isDisposed || this.#watched !== folder) return;
		void this.#watcher?.close();
		this.#watcher = watch(folder, {
			depth: 0,
			ignoreInitial: true,
			// Of all that lies in the folder only the way to the file matters.
			ignored: (candidate) => candidate !== folder && !isOnTheWay(this.#file, candidate),
		});
		this.#watcher.on("all", () => {
			this.rearm();
			this.#onHint();
		});
		// What was made while the watch was being set up, it says nothing of.
		this.#watcher.on("ready", () => this.#onHint());
		// What the system says, before it is gathered into bursts 45 ms apart.
		this.#watcher.on("raw", () => this.#onHint());
		// A watcher that fails (no more inotify instances, say) leaves the slow poll.
		this.#watcher.on("error", () => this.#onHint());
	}
}

function isOnTheWay(file: string, candidate: string): boolean {
	return file === candidate || file.startsWith(candidate + path.sep);
}

function nearestFolder(folder: string): string {
	let nearest = folder;
	while (!existsSync(nearest)) {
		const above = path.dirname(nearest);
		if (above === nearest) break;
		nearest = above;
	}
	return nearest;
}
