import { stat } from "node:fs/promises";
import * as path from "node:path";
import { FileHint } from "../fileHint.ts";
import type { FilePosition } from "../tailedFile.ts";
import { stampOf } from "./fileStamp.ts";
import { FileTotals, type Totals } from "./fileTotals.ts";
import { pathBelow, walk } from "./folderTree.ts";
import { FolderWatch } from "./folderWatch.ts";
import { FollowedFile } from "./followedFile.ts";
import type { TranscriptClient, TranscriptFile } from "./port.ts";

/** Between two scans behind the watches, in ms; and where there are too few watches. */
const SCAN_MS = 10_000;
const UNWATCHED_SCAN_MS = 2000;
/**
 * A scan takes at most this share of the time, so that it costs nothing to have many files. Two
 * followers scan: the one of the database, and the one of the live graph.
 */
const SCAN_SHARE = 0.0025;
/** But even where files are looked at slowly it is not left out for longer than this, in ms. */
const MAX_PAUSE_MS = 60_000;
/** Files written to so shortly before they are found for the first time belong to what runs now. */
const RUNNING_MS = 10 * 60_000;

interface FinderListener {
	/** There is something to read. */
	found(file: FollowedFile, isLive: boolean): void;
	/** It is not there any more. */
	gone(file: FollowedFile): void;
}

export interface FinderOptions {
	readonly client: TranscriptClient;
	/** Folders of transcripts, absolute; they need not exist yet. */
	readonly roots: readonly string[];
	/** Where to begin a transcript, asked once; null for its beginning. */
	start(file: TranscriptFile, path: string): FilePosition | null;
	/** Only files written since then (ms since the epoch), and all that are written later. */
	readonly modifiedSince?: number;
	/** ms since the epoch */
	readonly now: () => number;
}

/**
 * Knows the transcripts below the folders and says which of them have something new: by watches at
 * once, and by a slow scan that misses nothing.
 */
export class TranscriptFinder {
	readonly #options: FinderOptions;
	readonly #listener: FinderListener;
	/** By absolute path. */
	readonly #files = new Map<string, FollowedFile>();
	readonly #totals = new FileTotals<FollowedFile>();
	/** By the absolute path of the meta file. */
	readonly #byMeta = new Map<string, FollowedFile>();
	readonly #watch = new FolderWatch((hinted) => this.#hint(hinted));
	/** Wait for folders that are not there yet, by folder. */
	readonly #awaited = new Map<string, FileHint>();
	#hinted = new Set<string>();
	#handling: Promise<void> | null = null;
	#scanning: Promise<void> | null = null;
	#timer: NodeJS.Timeout | undefined;
	#isFollowing = false;
	#hasScanned = false;
	#isDisposed = false;

	constructor(options: FinderOptions, listener: FinderListener) {
		this.#options = options;
		this.#listener = listener;
	}

	/** Whether all folders have been looked through once. */
	get hasScanned(): boolean {
		return this.#hasScanned;
	}

	get isWatching(): boolean {
		return this.#isFollowing && this.#watch.isComplete;
	}

	/** Of those that are to be read; others have not been written to since the time asked for. */
	get totals(): Totals {
		return this.#totals.now;
	}

	/** The file may have been read on, or could not be. */
	noteRead(file: FollowedFile): void {
		if (this.#files.get(file.path) !== file) return;
		if (this.#isWanted(file)) this.#totals.note(file);
		else this.#totals.delete(file);
	}

	/** From now on tells by itself what is new. */
	follow(): void {
		this.#isFollowing = true;
		void this.#scanOnAndOn();
	}

	/** Looks at everything; resolves when all that is new was told. */
	async scan(): Promise<void> {
		// One that runs may have passed already what has just changed.
		await this.#scanning;
		await this.#scan();
	}

	/** The file is not there any more. */
	forget(file: FollowedFile): void {
		if (this.#files.get(file.path) !== file) return;
		this.#files.delete(file.path);
		this.#byMeta.delete(metaFileOf(file));
		this.#totals.delete(file);
		this.#listener.gone(file);
	}

	async dispose(): Promise<void> {
		this.#isDisposed = true;
		clearTimeout(this.#timer);
		this.#watch.dispose();
		for (const hint of this.#awaited.values()) await hint.dispose();
		this.#awaited.clear();
		await this.#scanning;
		await this.#handling;
	}

	async #scanOnAndOn(): Promise<void> {
		const began = performance.now();
		// The first one shares the thread with all there is to read.
		const isFirst = !this.#hasScanned;
		await this.#scan();
		if (this.#isDisposed) return;
		const took = isFirst ? 0 : performance.now() - began;
		const least = this.#watch.isComplete ? SCAN_MS : UNWATCHED_SCAN_MS;
		const pause = Math.min(MAX_PAUSE_MS, Math.max(least, took / SCAN_SHARE));
		this.#timer = setTimeout(() => void this.#scanOnAndOn(), pause);
	}

	#scan(): Promise<void> {
		this.#scanning ??= this.#scanAll().finally(() => {
			this.#scanning = null;
		});
		return this.#scanning;
	}

	async #scanAll(): Promise<void> {
		const folders = new Set<string>();
		const seen = new Set<string>();
		const metas: string[] = [];
		const before = [...this.#files.values()];
		for (const root of this.#options.roots) {
			const isThere = await this.#walk(root, root, { folders, seen, metas });
			this.#await(root, isThere);
		}
		if (this.#isDisposed) return;
		for (const file of before) {
			if (!seen.has(file.path) && (await stampOf(file.path)) === null) this.forget(file);
		}
		this.#watch.keep(folders);
		for (const metaFile of metas) await this.#noteMeta(metaFile);
		const isFirst = !this.#hasScanned;
		this.#hasScanned = true;
		// History waited for the newest to be known.
		if (isFirst) for (const file of this.#waiting.splice(0)) this.#listener.found(file, false);
	}

	readonly #waiting: FollowedFile[] = [];

	#walk(root: string, folder: string, found: Found): Promise<boolean> {
		const depth = pathBelow(root, folder)?.split("/").length ?? 0;
		return walk(
			folder,
			{
				folder: (below) => {
					found.folders.add(below);
					if (this.#isFollowing && !this.#isDisposed) this.#watch.add(below);
				},
				file: async (absolutePath) => {
					if (this.#isDisposed) return;
					if (await this.#noteFile(root, absolutePath)) found.seen.add(absolutePath);
					else if (absolutePath.endsWith(".json")) found.metas.push(absolutePath);
				},
			},
			depth,
		);
	}

	/** Looks at one path; returns whether it is a transcript. */
	async #noteFile(root: string, absolutePath: string): Promise<boolean> {
		const known = this.#files.get(absolutePath);
		if (known === undefined) {
			const relativePath = pathBelow(root, absolutePath);
			const transcript = relativePath === null ? null : this.#options.client.classify(relativePath);
			if (transcript === null) return false;
			const stamp = await stampOf(absolutePath);
			// Another look at the same path may have been quicker.
			if (stamp === null || this.#files.has(absolutePath) || this.#isDisposed) return true;
			const start = this.#options.start(transcript, absolutePath);
			const place = { root, path: absolutePath, transcript };
			this.#adopt(new FollowedFile(this.#options.client, place, stamp, start));
			return true;
		}
		const stamp = await stampOf(absolutePath);
		if (stamp === null) {
			this.forget(known);
			return true;
		}
		const isNew = known.noteStamp(stamp);
		this.noteRead(known);
		if (isNew && this.#isWanted(known)) this.#listener.found(known, true);
		else if (known.error !== "" && this.#isWanted(known)) this.#listener.found(known, false);
		return true;
	}

	#adopt(file: FollowedFile): void {
		this.#files.set(file.path, file);
		if (file.transcript.metaPath !== "") this.#byMeta.set(metaFileOf(file), file);
		if (!this.#isWanted(file)) return;
		this.#totals.note(file);
		// An old one that was read to its end need not even be opened.
		const now = this.#options.now();
		if (file.isReadBefore() && file.isSettled(now)) return;
		const isLive = this.#hasScanned || now - file.modifiedAt < RUNNING_MS;
		if (isLive || this.#hasScanned) this.#listener.found(file, isLive);
		else this.#waiting.push(file);
	}

	/** The meta files of what is over are not looked at again. */
	async #noteMeta(metaFile: string): Promise<void> {
		const file = this.#byMeta.get(metaFile);
		const now = this.#options.now();
		if (file === undefined || file.isMetaDue || file.isSettled(now)) return;
		const stamp = await stampOf(metaFile);
		if (stamp !== null && file.hasNewMeta(stamp, now)) this.#metaIsDue(file);
	}

	#metaIsDue(file: FollowedFile): void {
		file.isMetaDue = true;
		if (this.#isWanted(file)) this.#listener.found(file, true);
	}

	#isWanted(file: FollowedFile): boolean {
		const { modifiedSince } = this.#options;
		return modifiedSince === undefined || file.modifiedAt >= modifiedSince;
	}

	#hint(absolutePath: string): void {
		if (this.#isDisposed) return;
		this.#hinted.add(absolutePath);
		this.#handling ??= this.#handleHints();
	}

	async #handleHints(): Promise<void> {
		while (this.#hinted.size > 0 && !this.#isDisposed) {
			const hinted = this.#hinted;
			this.#hinted = new Set();
			for (const absolutePath of hinted) await this.#handle(absolutePath);
		}
		this.#handling = null;
	}

	async #handle(absolutePath: string): Promise<void> {
		const { roots } = this.#options;
		const root = roots.find((each) => pathBelow(each, absolutePath) !== null);
		if (this.#isDisposed) return;
		if (root === undefined) {
			// A root itself was moved or removed.
			if (roots.includes(absolutePath)) await this.#scan();
			return;
		}
		const described = this.#byMeta.get(absolutePath);
		if (described !== undefined) this.#metaIsDue(described);
		else if (!(await this.#noteFile(root, absolutePath)) && (await isFolder(absolutePath))) {
			// The watch may be that of another folder, which had the path before.
			this.#watch.end(absolutePath);
			await this.#walk(root, absolutePath, { folders: new Set(), seen: new Set(), metas: [] });
		}
	}

	/** Waits for a folder that is not there, so that it need not wait for the next scan. */
	#await(root: string, isThere: boolean): void {
		const hint = this.#awaited.get(root);
		if (isThere) {
			void hint?.dispose();
			this.#awaited.delete(root);
		} else if (hint !== undefined) {
			hint.rearm();
		} else if (this.#isFollowing && !this.#isDisposed) {
			this.#awaited.set(root, new FileHint(root, () => void this.scan()));
		}
	}
}

/** What one walk comes across. */
interface Found {
	readonly folders: Set<string>;
	/** Transcripts. */
	readonly seen: Set<string>;
	/** What may be a meta file. */
	readonly metas: string[];
}

function metaFileOf(file: FollowedFile): string {
	return path.join(file.root, file.transcript.metaPath);
}

async function isFolder(absolutePath: string): Promise<boolean> {
	try {
		return (await stat(absolutePath)).isDirectory();
	} catch {
		return false;
	}
}
