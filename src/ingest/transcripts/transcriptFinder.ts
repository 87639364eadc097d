import { stat } from "node:fs/promises";
import type { FilePosition } from "../files/tailedFile.ts";
import { Companions } from "./files/companions.ts";
import { type FileStamp, stampedPath, stampOf } from "./files/fileStamp.ts";
import { FileTotals, type Totals } from "./files/fileTotals.ts";
import { FollowedFile, type ReadingAs } from "./files/followedFile.ts";
import { AwaitedFolders } from "./folders/awaitedFolders.ts";
import { pathBelow, walk } from "./folders/folderTree.ts";
import { FolderWatch } from "./folders/folderWatch.ts";
import { scanPause } from "./folders/scanPause.ts";
import type { OpenWork } from "./lineWork.ts";
import { clientsAt, firstDepth, ownerOf } from "./ownership.ts";
import type { TranscriptClient, WantedLines } from "./port.ts";

/** Files written to so shortly before they are found for the first time belong to what runs now. */
const RUNNING_MS = 10 * 60_000;

interface FinderListener {
	/** There is something to read. */
	found(file: FollowedFile, isLive: boolean): void;
	/** It is not there any more. */
	gone(file: FollowedFile): void;
}

export interface FinderOptions {
	/** Whose transcripts are looked for, in each of the folders. */
	readonly clients: readonly TranscriptClient[];
	/** Where their lines are read. */
	readonly openWork: OpenWork;
	/** Folders of transcripts, absolute; they need not exist yet. */
	readonly roots: readonly string[];
	/** Where to begin a transcript, asked once; null for its beginning. */
	start(path: string): FilePosition | null;
	/** The same of what is read for facts; absent where nothing is. */
	readonly startFacts?: (path: string) => FilePosition | null;
	/** Only files written since then (ms since the epoch), and all that are written later. */
	readonly modifiedSince?: number;
	/** Of files that hold many sessions; without it all of them. */
	readonly wanted?: WantedLines;
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
	/** Who may have transcripts in it, by folder. */
	readonly #clients = new Map<string, readonly TranscriptClient[]>();
	/** By device and inode. */
	readonly #paths = new Map<string, string>();
	readonly #totals = new FileTotals<FollowedFile>();
	readonly #factTotals = new FileTotals<FollowedFile>();
	readonly #companions = new Companions();
	readonly #watch = new FolderWatch((hinted) => this.#handle(hinted));
	readonly #awaited = new AwaitedFolders(() => void this.scan());
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

	/** The same of what is read for facts; all zero where nothing is. */
	get factTotals(): Totals {
		return this.#factTotals.now;
	}

	/** The file may have been read on, or could not be. */
	noteRead({ path }: FollowedFile): void {
		const file = this.#files.get(path);
		if (file === undefined) return;
		this.#companions.note(file);
		const { behind } = file;
		if (this.#isWanted(file)) {
			this.#totals.note(file);
			if (behind !== null) this.#factTotals.note(behind);
		} else {
			this.#totals.delete(file);
			if (behind !== null) this.#factTotals.delete(behind);
		}
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
		this.#paths.delete(file.identity);
		this.#companions.forget(file);
		this.#totals.delete(file);
		if (file.behind !== null) this.#factTotals.delete(file.behind);
		this.#listener.gone(file);
	}

	async dispose(): Promise<void> {
		this.#isDisposed = true;
		clearTimeout(this.#timer);
		await this.#watch.dispose();
		await this.#awaited.dispose();
		await this.#scanning;
	}

	async #scanOnAndOn(): Promise<void> {
		const began = performance.now();
		// The first one shares the thread with all there is to read.
		const isFirst = !this.#hasScanned;
		await this.#scan();
		if (this.#isDisposed) return;
		const took = isFirst ? 0 : performance.now() - began;
		this.#timer = setTimeout(() => void this.#scanOnAndOn(), scanPause(took, this.isWatching));
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
		const before = [...this.#files.values()];
		for (const root of this.#options.roots) {
			const isThere = await this.#walk(root, root, { folders, seen });
			if (this.#isFollowing && !this.#isDisposed) this.#awaited.note(root, isThere);
		}
		if (this.#isDisposed) return;
		for (const file of before) {
			if (!seen.has(file.path) && stampOf(file.path) === null) this.forget(file);
		}
		this.#watch.keep(folders);
		for (const file of this.#companions.scan(this.#options.now())) this.#found(file);
		const isFirst = !this.#hasScanned;
		this.#hasScanned = true;
		// History waited for the newest to be known.
		if (isFirst) for (const file of this.#waiting.splice(0)) this.#listener.found(file, false);
	}

	readonly #waiting: FollowedFile[] = [];

	#walk(root: string, folder: string, found: Found): Promise<boolean> {
		const depth = firstDepth(root) + (pathBelow(root, folder)?.split("/").length ?? 0);
		return walk(
			folder,
			{
				folder: (below) => {
					found.folders.add(below);
					if (this.#isFollowing && !this.#isDisposed) this.#watch.add(below);
				},
				file: (absolutePath) => {
					if (!this.#isDisposed && this.#noteFile(root, absolutePath)) found.seen.add(absolutePath);
				},
			},
			depth,
		);
	}

	/** Looks at one path; returns whether it is a transcript. */
	#noteFile(root: string, absolutePath: string): boolean {
		const known = this.#files.get(absolutePath);
		if (known === undefined) {
			const relativePath = pathBelow(root, absolutePath);
			const clients = this.#clientsAt(root);
			if (relativePath === null || ownerOf(clients, relativePath) === null) return false;
			const stamp = stampOf(absolutePath);
			if (stamp === null || this.#isKnown(stamp)) return true;
			const { start, startFacts, openWork, wanted = null } = this.#options;
			const place = { root, relativePath, path: absolutePath };
			const as = (pass: ReadingAs["pass"]): ReadingAs => ({ clients, pass, openWork, wanted });
			const behind =
				startFacts === undefined
					? null
					: new FollowedFile(as("facts"), place, stamp, startFacts(absolutePath));
			const from = start(absolutePath);
			this.#adopt(new FollowedFile(as("events"), place, stamp, from, behind));
			return true;
		}
		const stamp = stampOf(absolutePath);
		if (stamp === null) {
			this.forget(known);
			return true;
		}
		const isNew = known.noteStamp(stamp);
		this.#paths.set(known.identity, absolutePath);
		this.noteRead(known);
		if (isNew) this.#found(known);
		else if (known.error !== "" && this.#isWanted(known)) this.#listener.found(known, false);
		return true;
	}

	#clientsAt(root: string): readonly TranscriptClient[] {
		const known = this.#clients.get(root) ?? clientsAt(this.#options.clients, root);
		this.#clients.set(root, known);
		return known;
	}

	/** Whether another path leads to the same file. */
	#isKnown({ identity }: FileStamp): boolean {
		const other = this.#paths.get(identity);
		return other !== undefined && stampOf(other)?.identity === identity;
	}

	#adopt(file: FollowedFile): void {
		this.#files.set(file.path, file);
		this.#paths.set(file.identity, file.path);
		this.noteRead(file);
		if (!this.#isWanted(file)) return;
		// An old one that was read to its end need not even be opened.
		const now = this.#options.now();
		if (file.isDone(now)) return;
		const isLive = this.#hasScanned || now - file.modifiedAt < RUNNING_MS;
		if (isLive || this.#hasScanned) this.#listener.found(file, isLive);
		else this.#waiting.push(file);
	}

	#found(file: FollowedFile): void {
		if (this.#isWanted(file)) this.#listener.found(file, true);
	}

	#isWanted(file: FollowedFile): boolean {
		const { modifiedSince = Number.NEGATIVE_INFINITY } = this.#options;
		return !file.isForeign && file.modifiedAt >= modifiedSince;
	}

	async #handle(hinted: string): Promise<void> {
		const absolutePath = stampedPath(hinted);
		const { roots } = this.#options;
		const root = roots.find((each) => pathBelow(each, absolutePath) !== null);
		if (this.#isDisposed) return;
		if (root === undefined) {
			// A root itself was moved or removed.
			if (roots.includes(absolutePath)) await this.#scan();
			return;
		}
		const described = this.#companions.due(absolutePath);
		if (described !== null) this.#found(described);
		else if (!this.#noteFile(root, absolutePath) && (await isFolder(absolutePath))) {
			// The watch may be that of another folder, which had the path before.
			this.#watch.end(absolutePath);
			await this.#walk(root, absolutePath, { folders: new Set(), seen: new Set() });
		}
	}
}

/** What one walk comes across. */
interface Found {
	readonly folders: Set<string>;
	/** Transcripts. */
	readonly seen: Set<string>;
}

async function isFolder(absolutePath: string): Promise<boolean> {
	try {
		return (await stat(absolutePath)).isDirectory();
	} catch {
		return false;
	}
}
