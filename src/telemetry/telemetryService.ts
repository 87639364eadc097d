import type { SqlJsStatic } from "sql.js";
import type {
	FunctionDetail,
	FunctionStats,
	TelemetryChange,
	TelemetryFacts,
	TelemetryOptions,
	TelemetryRole,
	TelemetryTrouble,
} from "./api.ts";
import { loadDatabase } from "./loadDatabase.ts";
import { LogIngest } from "./logIngest.ts";
import { lagOf } from "./logLag.ts";
import { functionDetail, functionStats } from "./queries.ts";
import { readAllLogs } from "./rebuildStore.ts";
import { Saver } from "./saver.ts";
import {
	asTelemetryError,
	notWriter,
	realFiles,
	SnapshotFile,
	type SnapshotFiles,
	type SnapshotStamp,
} from "./snapshotFile.ts";
import { factsOf } from "./statusFacts.ts";
import { TelemetryStore } from "./store.ts";
import { TelemetryError } from "./telemetryError.ts";
import { WriterLock } from "./writerLock.ts";

/** How often the lock is tried for and the snapshot looked at, in ms. */
const LOOK_MS = 1500;
/** How long a reader waits for the writer to have saved what it is asked for, in ms. */
const WRITER_PATIENCE_MS = 30_000;

export interface ServiceOptions extends TelemetryOptions {
	readonly rotateAboveBytes?: number;
	/** ms since the epoch */
	readonly now?: () => number;
	readonly files?: SnapshotFiles;
}

/**
 * The telemetry of one process. As long as it has the writer's lock it brings the log into the
 * database and saves it; otherwise it shows what the writer saved, and waits to take over. Without
 * a folder to write in it keeps what it reads in memory.
 */
export class TelemetryService {
	readonly #sql: SqlJsStatic;
	readonly #options: ServiceOptions;
	readonly #now: () => number;
	readonly #onChange: (change: TelemetryChange) => void;
	readonly #file: SnapshotFile;
	readonly #lock: WriterLock;
	readonly #saver: Saver;
	#store: TelemetryStore;
	/** Of the file that the store was loaded from or saved to last. */
	#stamp: SnapshotStamp | null = null;
	#ingest: LogIngest | null = null;
	#role: TelemetryRole = "starting";
	#trouble: TelemetryTrouble | null = null;
	#savedAt: number | null = null;
	#timer: NodeJS.Timeout | undefined;
	/** Changes of role and of the whole database happen one after the other. */
	#turn: Promise<unknown> = Promise.resolve();
	#isNewer = false;

	constructor(
		sql: SqlJsStatic,
		options: ServiceOptions,
		onChange: (change: TelemetryChange) => void,
	) {
		this.#sql = sql;
		this.#options = options;
		this.#now = options.now ?? Date.now;
		this.#onChange = onChange;
		this.#file = new SnapshotFile(options.databaseFile, options.files ?? realFiles);
		this.#lock = new WriterLock(options.databaseFile, () => this.#lost());
		this.#store = new TelemetryStore(sql, null, this.#now);
		this.#saver = new Saver({
			everyMs: options.saveEveryMs ?? 10_000,
			everyRows: options.saveEveryRows ?? 5000,
			save: () => this.#save(),
			onError: (error) => this.#report(error),
		});
	}

	get role(): TelemetryRole {
		return this.#role;
	}

	get trouble(): TelemetryTrouble | null {
		return this.#trouble;
	}

	/** Loads the database and tries for the lock. Never rejects: what is wrong is told as trouble. */
	async start(): Promise<void> {
		await this.#look();
		this.#timer = setInterval(() => void this.#look(), LOOK_MS);
	}

	functionStats(functionIds: readonly string[] | null): FunctionStats[] {
		return functionStats(this.#store, functionIds);
	}

	functionDetail(functionId: string): FunctionDetail {
		return functionDetail(this.#store, functionId);
	}

	facts(top: number): TelemetryFacts {
		const { databaseFile, eventsFile } = this.#options;
		return {
			...{ databaseFile, databaseBytes: this.#file.size, eventsFile },
			...{
				role: this.#role,
				trouble: this.#trouble,
				savedAt: this.#savedAt ?? this.#file.modifiedAt,
			},
			...factsOf(this.#store, eventsFile, top),
		};
	}

	/** @throws TelemetryError when it cannot be saved, or its writer does not save it */
	async catchUp(): Promise<void> {
		await this.#turn;
		if (this.#role === "reader" && this.#ingest === null) await this.#awaitWriter();
		await this.#ingest?.catchUp();
		if (this.#role === "writer") {
			if (this.#saver.isDirty || this.#file.stamp() === null) await this.#saveNow();
		} else if (this.#ingest !== null && this.#trouble !== null) {
			throw new TelemetryError(this.#trouble.reason, this.#trouble.message);
		}
	}

	/** @throws TelemetryError `not_writer`, or why it could not be saved */
	clear(): Promise<void> {
		return this.#exclusive(async () => {
			await this.#writing().catchUp();
			await this.#stopIngest();
			const empty = new TelemetryStore(this.#sql, null, this.#now);
			empty.transaction(() => {
				for (const cursor of this.#store.cursors()) empty.writeCursor(cursor);
			});
			this.#replaceStore(empty);
			this.#startIngest(true);
			this.#saver.changed(1);
			this.#changed(null);
			await this.#saveNow();
		});
	}

	/** @throws TelemetryError `not_writer`, `cancelled`, or why it could not be saved */
	rebuild(onProgress: (share: number) => void, signal: AbortSignal): Promise<void> {
		return this.#exclusive(async () => {
			this.#writing();
			await this.#stopIngest();
			const fresh = new TelemetryStore(this.#sql, null, this.#now);
			try {
				await readAllLogs({
					newIngest: (onWritten) => this.#newIngest(fresh, false, onWritten),
					...{ onProgress, signal },
				});
				// It may have taken long; another process may have the lock by now.
				if (!this.#lock.check()) throw notWriter();
			} catch (error) {
				fresh.close();
				if (this.#lock.isHeld) this.#startIngest(true);
				throw error;
			}
			this.#replaceStore(fresh);
			this.#startIngest(true);
			this.#saver.changed(1);
			this.#changed(null);
			await this.#saveNow();
		});
	}

	/** Saves and gives the lock back. */
	dispose(): Promise<void> {
		clearInterval(this.#timer);
		return this.#exclusive(async () => {
			await this.#stopIngest();
			await this.#saver.dispose();
			try {
				if (this.#role === "writer" && this.#saver.isDirty) await this.#saver.save();
			} finally {
				await this.#lock.release();
				this.#role = "closed";
				this.#store.close();
			}
		});
	}

	/** Tries to become the writer; as a reader, takes in what the writer has saved. */
	#look(): Promise<void> {
		return this.#exclusive(async () => {
			if (this.#role === "writer" || this.#role === "closed") return;
			try {
				if (!this.#isNewer && (await this.#lock.tryAcquire())) await this.#becomeWriter();
				else await this.#becomeReader();
			} catch (error) {
				await this.#lock.release();
				this.#becomeDetached(error);
			}
		});
	}

	async #becomeWriter(): Promise<void> {
		await this.#stopIngest();
		this.#file.removeLeftovers();
		const { store, stamp, trouble } = this.#load("write");
		if (this.#isNewer) {
			if (store !== null) this.#replaceStore(store);
			this.#stamp = stamp;
			await this.#lock.release();
			this.#setRole("reader", trouble);
			return;
		}
		// Without a file what is in memory is all there is.
		this.#replaceStore(store ?? this.#writableCopy());
		this.#stamp = stamp;
		this.#setRole("writer", trouble);
		if (stamp === null) this.#saver.changed(1);
		this.#startIngest(true);
	}

	async #becomeReader(): Promise<void> {
		const isNew = this.#role !== "reader" || this.#ingest !== null;
		if (!isNew && this.#file.stamp() === this.#stamp) return;
		await this.#stopIngest();
		const { store, stamp, trouble } = this.#load("read");
		if (store !== null) this.#replaceStore(store);
		this.#stamp = stamp;
		this.#setRole("reader", trouble);
	}

	/** Neither writer nor reader of one: counts for itself until the folder can be written again. */
	#becomeDetached(error: unknown): void {
		if (this.#ingest === null) {
			try {
				const { store, stamp } = this.#load("read");
				if (store !== null) this.#replaceStore(store);
				this.#stamp = stamp;
			} catch {
				// It cannot be read either; the log can.
			}
			if (!this.#isNewer) {
				this.#replaceStore(this.#writableCopy());
				this.#startIngest(false);
			}
		}
		this.#role = "reader";
		this.#report(error);
	}

	#load(mode: "read" | "write"): ReturnType<typeof loadDatabase> {
		const loaded = loadDatabase({ sql: this.#sql, file: this.#file, mode, now: this.#now });
		this.#isNewer = loaded.trouble?.reason === "newer_schema";
		return loaded;
	}

	/** The lock is no longer ours: nothing may be written from this moment on. */
	#lost(): void {
		if (this.#role !== "writer") return;
		this.#setRole("reader", this.#trouble);
		void this.#exclusive(() => this.#stopIngest());
	}

	#startIngest(mayRotate: boolean): void {
		this.#ingest = this.#newIngest(this.#store, mayRotate, (events, functionIds) => {
			if (mayRotate) this.#saver.changed(events);
			this.#changed(functionIds);
		});
		void this.#ingest.start();
	}

	#newIngest(
		store: TelemetryStore,
		mayRotate: boolean,
		onWritten: (events: number, functionIds: readonly string[] | null) => void,
	): LogIngest {
		const { eventsFile, retentionDays, rotateAboveBytes } = this.#options;
		return new LogIngest({
			...{ store, eventsFile, retentionDays, mayRotate, onWritten, now: this.#now },
			...(rotateAboveBytes === undefined ? {} : { rotateAboveBytes }),
			onFailed: (error) => this.#report(error),
		});
	}

	async #stopIngest(): Promise<void> {
		const ingest = this.#ingest;
		this.#ingest = null;
		await ingest?.dispose();
	}

	async #awaitWriter(): Promise<void> {
		const until = performance.now() + WRITER_PATIENCE_MS;
		while (this.#role === "reader" && lagOf(this.#store, this.#options.eventsFile).lagBytes > 0) {
			if (performance.now() > until || this.#isNewer) throw notWriter();
			await new Promise((resolve) => setTimeout(resolve, LOOK_MS / 4));
			await this.#look();
		}
	}

	/** @throws TelemetryError `not_writer` */
	#writing(): LogIngest {
		if (this.#role !== "writer" || this.#ingest === null) throw notWriter();
		return this.#ingest;
	}

	async #saveNow(): Promise<void> {
		try {
			await this.#saver.save();
		} catch (error) {
			this.#report(error);
			throw error;
		}
	}

	async #save(): Promise<void> {
		if (this.#role !== "writer") throw notWriter();
		await this.#file.save(this.#store.export(), () => this.#lock.check());
		this.#stamp = this.#file.stamp();
		this.#savedAt = this.#now();
		this.#trouble = null;
		this.#changed([]);
	}

	#replaceStore(store: TelemetryStore): void {
		if (store === this.#store) return;
		this.#store.close();
		this.#store = store;
	}

	#writableCopy(): TelemetryStore {
		if (this.#store.isWritable) return this.#store;
		return new TelemetryStore(this.#sql, this.#store.export(), this.#now);
	}

	#setRole(role: TelemetryRole, trouble: TelemetryTrouble | null): void {
		this.#role = role;
		this.#trouble = trouble;
		this.#changed(null);
	}

	#report(error: unknown): void {
		const { reason, message } = asTelemetryError(error, this.#options.databaseFile);
		// Another process has the lock now, which is how it should be.
		if (reason === "not_writer") return;
		const isNews = this.#trouble?.reason !== reason || this.#trouble.message !== message;
		this.#trouble = { reason, message };
		if (isNews) this.#changed([]);
	}

	#changed(functionIds: readonly string[] | null): void {
		this.#onChange({ functionIds, role: this.#role, trouble: this.#trouble });
	}

	#exclusive<Value>(task: () => Promise<Value>): Promise<Value> {
		const done = this.#turn.then(task);
		this.#turn = done.catch(() => undefined);
		return done;
	}
}
