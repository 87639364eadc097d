import { type FSWatcher, watch } from "node:fs";
import * as path from "node:path";

/** Folders watched at most; whatever lies in others is found by the scan. */
const MAX_FOLDERS = 4096;
/** The system has no more watches to give. */
const EXHAUSTED: ReadonlySet<string> = new Set(["ENOSPC", "EMFILE", "ENFILE"]);

/**
 * Hints at what happens in folders, one watch per folder and none per file. Node's own watch, not
 * chokidar's: that one also watches every file and looks at all of a folder again on each event,
 * which hundreds of transcripts make expensive, and here size and identity decide anyway.
 */
export class FolderWatch {
	readonly #onHint: (absolutePath: string) => Promise<void>;
	readonly #watch: typeof watch;
	readonly #watchers = new Map<string, FSWatcher>();
	#hinted = new Set<string>();
	#telling: Promise<void> | null = null;
	#isDisposed = false;
	#isExhausted = false;

	/**
	 * @param onHint told of a path in a watched folder that was made, written, renamed or removed; of
	 * the next one when it is done
	 */
	constructor(onHint: (absolutePath: string) => Promise<void>, watchFolder = watch) {
		this.#onHint = onHint;
		this.#watch = watchFolder;
	}

	/** False once the system refused a watch: then only a scan finds out what is new. */
	get isComplete(): boolean {
		return !this.#isExhausted && this.#watchers.size < MAX_FOLDERS;
	}

	/** Watches the folder from now on; nothing happens when it is watched already. */
	add(folder: string): void {
		if (this.#watchers.has(folder) || !this.isComplete) return;
		try {
			const watcher = this.#watch(folder, { persistent: false }, (event, name) => {
				// The folder itself was moved or removed: its watch will say nothing more.
				const isSelf = event === "rename" && name === path.basename(folder);
				if (isSelf) this.end(folder);
				this.#hint(isSelf || name === null ? folder : path.join(folder, name));
			});
			watcher.on("error", (error) => this.#failed(folder, error));
			this.#watchers.set(folder, watcher);
		} catch (error) {
			this.#failed(folder, error);
		}
	}

	/** Ends the watches of folders that are not there any more. */
	keep(folders: ReadonlySet<string>): void {
		for (const folder of [...this.#watchers.keys()]) {
			if (!folders.has(folder)) this.end(folder);
		}
	}

	/** Resolves when nobody is told of anything any more. */
	async dispose(): Promise<void> {
		this.#isDisposed = true;
		for (const folder of [...this.#watchers.keys()]) this.end(folder);
		await this.#telling;
	}

	#hint(absolutePath: string): void {
		if (this.#isDisposed) return;
		this.#hinted.add(absolutePath);
		this.#telling ??= this.#tell();
	}

	async #tell(): Promise<void> {
		while (this.#hinted.size > 0 && !this.#isDisposed) {
			const hinted = this.#hinted;
			this.#hinted = new Set();
			for (const absolutePath of hinted) await this.#onHint(absolutePath);
		}
		this.#telling = null;
	}

	#failed(folder: string, error: unknown): void {
		this.end(folder);
		const { code } = error as NodeJS.ErrnoException;
		if (code !== undefined && EXHAUSTED.has(code)) this.#isExhausted = true;
	}

	/** Ends the watch of a folder and of all below it. */
	end(folder: string): void {
		const below = folder + path.sep;
		for (const [watched, watcher] of this.#watchers) {
			if (watched !== folder && !watched.startsWith(below)) continue;
			watcher.close();
			this.#watchers.delete(watched);
		}
	}
}
