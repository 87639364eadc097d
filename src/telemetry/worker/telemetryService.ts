import type { SqlJsStatic } from "sql.js";
import type { TelemetryChange, TelemetryFacts, TelemetryRole } from "../figures.ts";
import { FunctionSnapshots } from "../functions/functionSnapshots.ts";
import { InsightsReader } from "../insights/insightsReader.ts";
import { configFolders } from "../insights/skills.ts";
import { factsOf } from "../queries/statusFacts.ts";
import { type FillingListener, Sources } from "../sources/sources.ts";
import { transcriptsRead } from "../sources/transcriptLag.ts";
import { isUpToDate } from "../sources/upToDate.ts";
import type { DatabaseHost } from "../storage/file/databaseHost.ts";
import { OpenDatabase } from "../storage/file/openDatabase.ts";
import { Saver } from "../storage/file/saver.ts";
import { notWriter, realFiles } from "../storage/file/snapshotFile.ts";
import type { TelemetryStore } from "../storage/store.ts";
import type { Task } from "../task.ts";
import { TelemetryError } from "../telemetryError.ts";
import { Contents } from "./contents.ts";
import { ExportHost } from "./exportHost.ts";
import { Roles } from "./roles.ts";
import type { ServiceOptions } from "./serviceOptions.ts";

/** How often the lock is tried for and the snapshot looked at, in ms. */
const LOOK_MS = 1500;
/** How long a reader waits for the writer to have saved what it is asked for, in ms. */
const WRITER_PATIENCE_MS = 30_000;

/**
 * The telemetry of one process. As long as it has the writer's lock it brings its sources into
 * the database and saves it; otherwise it shows what the writer saved, and waits to take over. Without
 * a folder to write in it keeps what it reads in memory.
 */
export class TelemetryService implements DatabaseHost {
	/** Versions of functions. */
	readonly functions: FunctionSnapshots;
	/** Figures of pages and reports. */
	readonly insights = new InsightsReader(
		() => this.store,
		() => this.now(),
		configFolders(),
	);
	readonly exports: ExportHost;
	/** Run in the writer, and in a process that nobody can write for; not in a reader. */
	readonly sources: Sources;
	/** ms since the epoch */
	readonly now: () => number;
	readonly #options: ServiceOptions;
	readonly #onChange: (change: TelemetryChange) => void;
	readonly #database: OpenDatabase;
	readonly #saver: Saver;
	readonly #roles: Roles;
	readonly #contents: Contents;
	#timer: NodeJS.Timeout | undefined;
	/** Changes of role and of the whole database happen one after the other. */
	#turn: Promise<unknown> = Promise.resolve();

	constructor(
		sql: SqlJsStatic,
		options: ServiceOptions,
		onChange: (change: TelemetryChange) => void,
	) {
		this.#options = options;
		this.now = options.now ?? Date.now;
		this.#onChange = onChange;
		const listener: FillingListener = {
			now: this.now,
			onProgress: () => this.#changed([]),
			onFailed: (error) => this.#roles.report(error),
		};
		this.sources = new Sources(options, listener);
		this.#database = new OpenDatabase({
			sql,
			databaseFile: options.databaseFile,
			files: options.files ?? realFiles,
			now: this.now,
		});
		this.#roles = new Roles({
			databaseFile: options.databaseFile,
			database: this.#database,
			sources: this.sources,
			onRows: (rows) => this.#saver.changed(rows),
			onChanged: (functionIds) => this.#changed(functionIds),
			onLost: () => void this.exclusive(() => this.sources.stop()),
		});
		this.#saver = new Saver({
			everyMs: options.saveEveryMs ?? 10_000,
			everyRows: options.saveEveryRows ?? 5000,
			save: () => this.#save(),
			onError: (error) => this.#roles.report(error),
		});
		this.#contents = new Contents({
			database: this.#database,
			sources: this.sources,
			roles: this.#roles,
			settings: options,
			listener,
			replaced: () => {
				this.written(1);
				return this.save();
			},
		});
		this.exports = new ExportHost(
			{
				databaseFile: options.databaseFile,
				store: () => this.store,
				isWriter: () => this.role === "writer",
				written: () => this.#saver.changes,
				now: this.now,
			},
			options.loadExporter ?? null,
		);
		this.functions = new FunctionSnapshots(sql, this, options.functions ?? null);
	}

	get role(): TelemetryRole {
		return this.#roles.role;
	}

	/** Loads the database and tries for the lock. Never rejects: what is wrong is told as trouble. */
	async start(): Promise<void> {
		await this.#look();
		this.#timer = setInterval(() => void this.#look(), LOOK_MS);
	}

	get store(): TelemetryStore {
		return this.#database.store;
	}

	facts(top = 20): TelemetryFacts {
		const { databaseFile, eventsFile } = this.#options;
		const { file, store } = this.#database;
		return {
			databaseFile,
			databaseBytes: file.size,
			eventsFile,
			role: this.#roles.role,
			trouble: this.#roles.trouble,
			savedAt: file.modifiedAt,
			...factsOf(store, eventsFile, top),
			transcripts: this.sources.areRead ? this.sources.transcripts : transcriptsRead(store),
		};
	}

	/** @throws TelemetryError when it cannot be saved, or its writer does not save it */
	async catchUp(): Promise<void> {
		await this.#turn;
		if (this.#roles.role === "reader" && !this.sources.areRead) await this.#awaitWriter();
		await this.sources.catchUp();
		if (this.#roles.role === "writer") {
			if (this.#saver.isDirty || this.#database.isOutdated) await this.save();
		} else if (this.sources.areRead && this.#roles.trouble !== null) {
			throw new TelemetryError(this.#roles.trouble.reason, this.#roles.trouble.message);
		}
	}

	/** @throws TelemetryError `not_writer`, or why it could not be saved */
	clear(): Promise<void> {
		return this.exclusive(() => this.#contents.clear());
	}

	/** @throws TelemetryError `not_writer`, `cancelled`, or why it could not be saved */
	rebuild(task: Task): Promise<void> {
		return this.exclusive(() => this.#contents.rebuild(task));
	}

	/** Saves and gives the lock back. */
	async dispose(): Promise<void> {
		clearInterval(this.#timer);
		await this.exports.use(null);
		this.functions.cancel();
		this.insights.dispose();
		return this.exclusive(async () => {
			await this.sources.stop();
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

	checkWriter(): void {
		this.#roles.checkRole();
		if (!this.#roles.checkLock()) throw notWriter();
	}

	written(rows: number): void {
		this.#saver.changed(rows);
		this.#changed(null);
	}

	/** Changes of role wait for their turn. */
	#look(): Promise<void> {
		return this.exclusive(() => this.#roles.look());
	}

	/**
	 * Until the writer has saved what log and transcripts hold, or has ended, so that this one takes
	 * over: which transcripts the writer reads is its own matter.
	 */
	async #awaitWriter(): Promise<void> {
		const until = performance.now() + WRITER_PATIENCE_MS;
		const hasAll = () => isUpToDate(this.#database.store, this.#options, this.now());
		while (this.#roles.role === "reader" && !(await hasAll())) {
			if (performance.now() > until || this.#database.isNewer) throw notWriter();
			await new Promise((resolve) => setTimeout(resolve, LOOK_MS / 4));
			await this.#look();
		}
	}

	/** For those who wait for it: they are told of an error as well as the user. */
	async save(): Promise<void> {
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
		if (!this.sources.hasFailed) this.#roles.recovered();
		this.#changed([]);
	}

	#changed(functionIds: readonly string[] | null): void {
		const { transcripts } = this.sources;
		this.#onChange({
			functionIds,
			role: this.#roles.role,
			trouble: this.#roles.trouble,
			transcripts,
		});
	}

	/** Runs after all that was asked for before; an error is the asker's alone. */
	exclusive<Value>(task: () => Promise<Value>): Promise<Value> {
		const done = this.#turn.then(task);
		this.#turn = done.catch(() => undefined);
		return done;
	}
}
