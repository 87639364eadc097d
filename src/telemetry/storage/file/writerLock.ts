import * as fs from "node:fs";
import * as path from "node:path";
import lockfile from "proper-lockfile";
import { realDatabaseFile } from "./snapshotFile.ts";

/** Age at which a lock counts as its dead owner's, and how often a live one renews it; ms. */
const STALE_MS = 10_000;
const RENEW_MS = 2000;

/**
 * The right to write a database, held by one process at a time. Renewed while held; whoever finds
 * it not renewed for long takes it over.
 */
export class WriterLock {
	readonly #file: string;
	readonly #folder: string;
	readonly #onLost: () => void;
	#release: (() => Promise<void>) | null = null;
	/** The last times that were set on the lock by us; the newer of two may be on its way. */
	#renewals: number[] = [];

	/** @param onLost called when another process took the lock, or it was removed */
	constructor(databaseFile: string, onLost: () => void) {
		this.#file = realDatabaseFile(databaseFile);
		this.#folder = `${this.#file}.lock`;
		this.#onLost = onLost;
	}

	get isHeld(): boolean {
		return this.#release !== null;
	}

	/**
	 * @returns whether this process may write now
	 * @throws what the file system says when the lock can be neither had nor read
	 */
	async tryAcquire(): Promise<boolean> {
		if (this.isHeld) return true;
		fs.mkdirSync(path.dirname(this.#file), { recursive: true, mode: 0o700 });
		this.#checkFolder();
		try {
			this.#release = await lockfile.lock(this.#file, {
				stale: STALE_MS,
				update: RENEW_MS,
				realpath: false,
				lockfilePath: this.#folder,
				fs: this.#watchedFiles(),
				onCompromised: () => this.#lost(),
			});
			return true;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === "ELOCKED") return false;
			throw error;
		}
	}

	/**
	 * Looks at the lock itself: after a sleep of the machine another process may have taken it
	 * before the next renewal notices.
	 */
	check(): boolean {
		if (!this.isHeld) return false;
		const stats = fs.statSync(this.#folder, { throwIfNoEntry: false });
		if (stats !== undefined && this.#isRenewal(stats.mtime.getTime())) return true;
		this.#lost();
		return false;
	}

	async release(): Promise<void> {
		const release = this.#release;
		this.#release = null;
		// Gone already when it was lost a moment ago.
		await release?.().catch(() => undefined);
	}

	/** A file in its place would count as another process's lock for ever. */
	#checkFolder(): void {
		const stats = fs.lstatSync(this.#folder, { throwIfNoEntry: false });
		if (stats === undefined || stats.isDirectory()) return;
		const message = `${this.#folder} is in the way: the lock of the database is a folder.`;
		throw Object.assign(new Error(message), { code: "ENOTDIR" });
	}

	#lost(): void {
		if (this.#release === null) return;
		this.#release = null;
		this.#onLost();
	}

	/** Some file systems keep whole seconds only. */
	#isRenewal(mtime: number): boolean {
		return this.#renewals.some((time) => time === mtime || time - (time % 1000) === mtime);
	}

	/** The library keeps to itself which times it has set. */
	#watchedFiles(): object {
		return {
			...fs,
			utimes: (file: string, at: Date, mtime: Date, done: fs.NoParamCallback) => {
				this.#renewals = [...this.#renewals.slice(-1), mtime.getTime()];
				fs.utimes(file, at, mtime, done);
			},
		};
	}
}
