import type { TelemetryRole, TelemetryTrouble } from "../figures.ts";
import type { Sources } from "../sources/sources.ts";
import type { OpenDatabase } from "../storage/file/openDatabase.ts";
import { asTelemetryError, notWriter } from "../storage/file/snapshotFile.ts";
import { WriterLock } from "../storage/file/writerLock.ts";
import { TelemetryError } from "../telemetryError.ts";

interface RolesOptions {
	readonly databaseFile: string;
	readonly database: OpenDatabase;
	readonly sources: Sources;
	/** So much was written that is to be saved; only told as the writer. */
	readonly onRows: (rows: number) => void;
	/** Figures of these functions, the role or the trouble changed; null: all figures. */
	readonly onChanged: (functionIds: readonly string[] | null) => void;
	/** The lock is another process's: the sources are to be stopped, in their turn. */
	readonly onLost: () => void;
}

/**
 * Whether this process writes the database, reads it, or counts for itself, and what is wrong. Its
 * changes of role must not overlap: the caller sees to that.
 */
export class Roles {
	readonly #options: RolesOptions;
	readonly #lock: WriterLock;
	#role: TelemetryRole = "starting";
	#trouble: TelemetryTrouble | null = null;

	constructor(options: RolesOptions) {
		this.#options = options;
		this.#lock = new WriterLock(options.databaseFile, () => this.#lost());
	}

	get role(): TelemetryRole {
		return this.#role;
	}

	get trouble(): TelemetryTrouble | null {
		return this.#trouble;
	}

	get hasLock(): boolean {
		return this.#lock.isHeld;
	}

	/** @throws TelemetryError `newer_schema` where nobody here could be the writer, else `not_writer` */
	checkRole(): void {
		if (this.#role === "writer" && this.#options.sources.areRead) return;
		if (this.#trouble?.reason !== "newer_schema") throw notWriter();
		throw new TelemetryError(this.#trouble.reason, this.#trouble.message);
	}

	/** Looks whether the lock is still ours: the machine may have slept meanwhile. */
	checkLock(): boolean {
		return this.#lock.check();
	}

	/** Tries to become the writer; as a reader, takes in what the writer has saved. */
	async look(): Promise<void> {
		const { database } = this.#options;
		if (this.#role === "writer" || this.#role === "closed") return;
		try {
			if (!database.isNewer && (await this.#lock.tryAcquire())) await this.#becomeWriter();
			else await this.#becomeReader();
		} catch (error) {
			// Another process may have more luck with the folder.
			await this.#lock.release();
			this.#becomeDetached(error);
		}
	}

	/** Starts to fill the database. @param isWriter false where nothing of it is to be saved */
	startSources(isWriter: boolean): void {
		const { database, sources, onRows, onChanged } = this.#options;
		sources.start({
			store: database.store,
			isFollowing: true,
			mayRotate: () => isWriter && this.#lock.check(),
			onWritten: (events, functionIds) => {
				if (isWriter) onRows(events);
				onChanged(functionIds);
			},
		});
	}

	/** What keeps the database from being saved. */
	report(error: unknown): void {
		const { reason, message } = asTelemetryError(error, this.#options.databaseFile);
		// Another process has the lock now, which is how it should be.
		if (reason === "not_writer") return;
		const isNews = this.#trouble?.reason !== reason || this.#trouble.message !== message;
		this.#trouble = { reason, message };
		if (isNews) this.#options.onChanged([]);
	}

	/** It could be saved. */
	recovered(): void {
		this.#trouble = null;
	}

	/** Gives the lock back, for good. */
	async close(): Promise<void> {
		await this.#lock.release();
		this.#role = "closed";
	}

	async #becomeWriter(): Promise<void> {
		const { database, sources, onRows } = this.#options;
		await sources.stop();
		database.file.removeLeftovers();
		const trouble = database.load("write");
		if (database.isNewer) {
			await this.#lock.release();
			this.#setRole("reader", trouble);
			return;
		}
		this.#setRole("writer", trouble);
		if (!database.isSaved) onRows(1);
		this.startSources(true);
	}

	async #becomeReader(): Promise<void> {
		const { database, sources } = this.#options;
		const isNew = this.#role !== "reader" || sources.areRead;
		if (!isNew && !database.isOutdated) return;
		await sources.stop();
		this.#setRole("reader", database.load("read"));
	}

	/** Neither writer nor reader of one: counts for itself until the folder can be written again. */
	#becomeDetached(error: unknown): void {
		const { database, sources } = this.#options;
		if (!sources.areRead) {
			this.#loadIfReadable();
			if (!database.isNewer) {
				database.makeWritable();
				this.startSources(false);
			}
		}
		this.#role = "reader";
		this.report(error);
	}

	#loadIfReadable(): void {
		try {
			this.#options.database.load("read");
		} catch {
			// The sources are all there is then; why the folder is of no use is told anyway.
		}
	}

	/** The lock is no longer ours: nothing may be written from this moment on. */
	#lost(): void {
		if (this.#role !== "writer") return;
		this.#setRole("reader", this.#trouble);
		this.#options.onLost();
	}

	#setRole(role: TelemetryRole, trouble: TelemetryTrouble | null): void {
		this.#role = role;
		this.#trouble = trouble;
		this.#options.onChanged(null);
	}
}
