import type { SqlJsStatic } from "sql.js";
import type {
	FunctionDetail,
	FunctionStats,
	TelemetryChange,
	TelemetryFacts,
	TelemetryRole,
	TelemetryTrouble,
} from "../api.ts";
import { Upkeep } from "../e2e/upkeep.ts";
import { type FunctionEngine, FunctionSnapshots } from "../functions/functionSnapshots.ts";
import { Learning, type LearningHost } from "../learning/learning.ts";
import { functionDetail, functionStats } from "../queries/queries.ts";
import { factsOf } from "../queries/statusFacts.ts";
import { ActiveSources } from "../sources/activeSources.ts";
import { lagOf } from "../sources/logLag.ts";
import type { SourceSettings } from "../sources/newSources.ts";
import type { Sources } from "../sources/sources.ts";
import { transcriptsRead } from "../sources/transcriptLag.ts";
import { OpenDatabase } from "../storage/openDatabase.ts";
import { keepUnlogged, readAllLogs } from "../storage/rebuildStore.ts";
import { Saver } from "../storage/saver.ts";
import { notWriter, realFiles, type SnapshotFiles } from "../storage/snapshotFile.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { TelemetryError } from "../telemetryError.ts";
import { Roles } from "./roles.ts";

/** How often the lock is tried for and the snapshot looked at, in ms. */
const LOOK_MS = 1500;
/** How long a reader waits for the writer to have saved what it is asked for, in ms. */
const WRITER_PATIENCE_MS = 30_000;

export interface ServiceOptions extends SourceSettings {
	/** ms since the epoch */
	readonly now?: () => number;
	readonly files?: SnapshotFiles;
	/** Parses source files; without it there are no snapshots of functions. */
	readonly functions?: FunctionEngine;
}

/**
 * The telemetry of one process. As long as it has the writer's lock it brings its sources into
 * the database and saves it; otherwise it shows what the writer saved, and waits to take over. Without
 * a folder to write in it keeps what it reads in memory.
 */
export class TelemetryService {
	/** Sequences and proposals. */
	readonly learning: Learning;
	/** Versions of functions. */
	readonly functions: FunctionSnapshots;
	/** Checks of apps, and when upkeep was done. */
	readonly upkeep: Upkeep;
	readonly #options: ServiceOptions;
	readonly #now: () => number;
	readonly #onChange: (change: TelemetryChange) => void;
	readonly #database: OpenDatabase;
	readonly #saver: Saver;
	/** Run in the writer, and in a process that nobody can write for; not in a reader. */
	readonly #sources: ActiveSources;
	readonly #roles: Roles;
	#savedAt: number | null = null;
	#timer: NodeJS.Timeout | undefined;
	/** Changes of role and of the whole database happen one after the other. */
	#turn: Promise<unknown> = Promise.resolve();

	constructor(
		sql: SqlJsStatic,
		options: ServiceOptions,
		onChange: (change: TelemetryChange) => void,
	) {
		this.#options = options;
		this.#now = options.now ?? Date.now;
		this.#onChange = onChange;
		this.#sources = new ActiveSources(options, {
			now: this.#now,
			onProgress: () => this.#changed([]),
			onFailed: (error) => this.#roles.report(error),
		});
		this.#database = new OpenDatabase({
			sql,
			databaseFile: options.databaseFile,
			files: options.files ?? realFiles,
			now: this.#now,
		});
		this.#roles = new Roles({
			databaseFile: options.databaseFile,
			database: this.#database,
			sources: this.#sources,
			onRows: (rows) => this.#saver.changed(rows),
			onChanged: (functionIds) => this.#changed(functionIds),
			onLost: () => void this.#exclusive(() => this.#sources.stop()),
		});
		this.#saver = new Saver({
			everyMs: options.saveEveryMs ?? 10_000,
			everyRows: options.saveEveryRows ?? 5000,
			save: () => this.#save(),
			onError: (error) => this.#roles.report(error),
		});
		const owner = this.#owner();
		this.learning = new Learning(owner);
		this.functions = new FunctionSnapshots(sql, owner, options.functions ?? null);
		this.upkeep = new Upkeep(owner);
	}

	get role(): TelemetryRole {
		return this.#roles.role;
	}

	get trouble(): TelemetryTrouble | null {
		return this.#roles.trouble;
	}

	/** Loads the database and tries for the lock. Never rejects: what is wrong is told as trouble. */
	async start(): Promise<void> {
		await this.#look();
		this.#timer = setInterval(() => void this.#look(), LOOK_MS);
	}

	functionStats(functionIds: readonly string[] | null): FunctionStats[] {
		return functionStats(this.#database.store, functionIds);
	}

	functionDetail(functionId: string): FunctionDetail {
		return functionDetail(this.#database.store, functionId);
	}

	facts(top: number): TelemetryFacts {
		const { databaseFile, eventsFile } = this.#options;
		const { file, store } = this.#database;
		const isReading = this.#sources.current !== null;
		return {
			databaseFile,
			databaseBytes: file.size,
			eventsFile,
			role: this.#roles.role,
			trouble: this.#roles.trouble,
			savedAt: this.#savedAt ?? file.modifiedAt,
			...factsOf(store, eventsFile, top),
			transcripts: isReading ? this.#sources.transcripts : transcriptsRead(store),
		};
	}

	/** @throws TelemetryError when it cannot be saved, or its writer does not save it */
	async catchUp(): Promise<void> {
		await this.#turn;
		if (this.#roles.role === "reader" && this.#sources.current === null) await this.#awaitWriter();
		await this.#sources.current?.catchUp();
		if (this.#roles.role === "writer") {
			if (this.#saver.isDirty || this.#database.isOutdated) await this.#saveNow();
		} else if (this.#sources.current !== null && this.#roles.trouble !== null) {
			throw new TelemetryError(this.#roles.trouble.reason, this.#roles.trouble.message);
		}
	}

	/** Reads no more history of transcripts, in this process; what runs is followed on. */
	stopHistory(): void {
		this.#sources.stopHistory();
	}

	resumeHistory(): void {
		this.#sources.resumeHistory();
	}

	/** @throws TelemetryError `not_writer`, or why it could not be saved */
	clear(): Promise<void> {
		return this.#exclusive(async () => {
			// The place behind which it counts again has to be the end of a line.
			await this.#writing().catchUpLive();
			await this.#sources.stop();
			const empty = this.#database.newStore();
			empty.transaction(() => {
				for (const cursor of this.#database.store.cursors()) empty.writeCursor(cursor);
			});
			await this.#continueWith(empty);
		});
	}

	/** @throws TelemetryError `not_writer`, `cancelled`, or why it could not be saved */
	rebuild(onProgress: (share: number) => void, signal: AbortSignal): Promise<void> {
		return this.#exclusive(async () => {
			this.#writing();
			await this.#sources.stop();
			const fresh = this.#database.newStore();
			try {
				await readAllLogs({
					newIngest: (onWritten) => this.#sources.newReading(fresh, onWritten),
					onProgress,
					signal,
				});
				// It may have taken long; another process may have the lock by now.
				if (!this.#roles.checkLock()) throw notWriter();
			} catch (error) {
				fresh.close();
				if (this.#roles.hasLock) this.#roles.startSources(true);
				throw error;
			}
			keepUnlogged(this.#database.store, fresh);
			await this.#continueWith(fresh);
		});
	}

	/** Saves and gives the lock back. */
	dispose(): Promise<void> {
		clearInterval(this.#timer);
		this.functions.cancel();
		return this.#exclusive(async () => {
			await this.#sources.stop();
			await this.functions.dispose();
			await this.#saver.dispose();
			try {
				if (this.#roles.role === "writer" && this.#saver.isDirty) await this.#saver.save();
			} finally {
				await this.#roles.close();
				this.#database.close();
			}
		});
	}

	#owner(): LearningHost {
		const storeOf = (): TelemetryStore => this.#database.store;
		return {
			get store(): TelemetryStore {
				return storeOf();
			},
			now: this.#now,
			exclusive: (task) => this.#exclusive(task),
			checkWriter: () => {
				this.#writing();
				if (!this.#roles.checkLock()) throw notWriter();
			},
			written: (rows) => {
				this.#saver.changed(rows);
				this.#changed(null);
			},
			save: () => this.#saveNow(),
		};
	}

	/** Changes of role wait for their turn. */
	#look(): Promise<void> {
		return this.#exclusive(() => this.#roles.look());
	}

	/**
	 * Until the writer has saved what the log holds, or has ended, so that this one takes over. Which
	 * transcripts the writer reads is its own matter: those asked for here are read by this one.
	 */
	async #awaitWriter(): Promise<void> {
		const { eventsFile, transcriptFolders = [] } = this.#options;
		const until = performance.now() + WRITER_PATIENCE_MS;
		while (
			this.#roles.role === "reader" &&
			(transcriptFolders.length > 0 || lagOf(this.#database.store, eventsFile).lagBytes > 0)
		) {
			if (performance.now() > until || this.#database.isNewer) throw notWriter();
			await new Promise((resolve) => setTimeout(resolve, LOOK_MS / 4));
			await this.#look();
		}
	}

	/** @throws TelemetryError `not_writer` */
	#writing(): Sources {
		const sources = this.#sources.current;
		if (this.#roles.role !== "writer" || sources === null) throw notWriter();
		return sources;
	}

	/** For those who wait for it: they are told of an error as well as the user. */
	async #saveNow(): Promise<void> {
		try {
			await this.#saver.save();
		} catch (error) {
			this.#roles.report(error);
			throw error;
		}
	}

	async #save(): Promise<void> {
		if (this.#roles.role !== "writer") throw notWriter();
		// The machine may have slept while the file was written, and another process taken over.
		await this.#database.save(() => this.#roles.checkLock());
		this.#savedAt = this.#now();
		if (!this.#sources.hasFailed) this.#roles.settle();
		this.#changed([]);
	}

	/** As the writer, with another content than before. */
	async #continueWith(store: TelemetryStore): Promise<void> {
		this.#database.replace(store);
		this.#roles.startSources(true);
		this.#saver.changed(1);
		this.#changed(null);
		await this.#saveNow();
	}

	#changed(functionIds: readonly string[] | null): void {
		const { transcripts } = this.#sources;
		this.#onChange({
			functionIds,
			role: this.#roles.role,
			trouble: this.#roles.trouble,
			transcripts,
		});
	}

	/** Runs after all that was asked for before; an error is the asker's alone. */
	#exclusive<Value>(task: () => Promise<Value>): Promise<Value> {
		const done = this.#turn.then(task);
		this.#turn = done.catch(() => undefined);
		return done;
	}
}
