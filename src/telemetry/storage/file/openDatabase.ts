import type { SqlJsStatic } from "sql.js";
import type { TelemetryTrouble } from "../../figures.ts";
import { type StoreMode, TelemetryStore } from "../store.ts";
import { loadDatabase } from "./loadDatabase.ts";
import { SnapshotFile, type SnapshotFiles, type SnapshotStamp } from "./snapshotFile.ts";

interface OpenDatabaseOptions {
	readonly sql: SqlJsStatic;
	readonly databaseFile: string;
	readonly files: SnapshotFiles;
	/** ms since the epoch */
	readonly now: () => number;
}

/** The database in memory together with the file that it came from. */
export class OpenDatabase {
	readonly file: SnapshotFile;
	readonly #options: OpenDatabaseOptions;
	/** null until there is a file, or something asks what there is without one. */
	#store: TelemetryStore | null = null;
	/** Of the file when it was loaded or saved last. */
	#stamp: SnapshotStamp | null = null;
	#isNewer = false;

	constructor(options: OpenDatabaseOptions) {
		this.#options = options;
		this.file = new SnapshotFile(options.databaseFile, options.files);
	}

	get store(): TelemetryStore {
		this.#store ??= this.newStore();
		return this.#store;
	}

	/** The file comes from a newer version: it is shown, and never written. */
	get isNewer(): boolean {
		return this.#isNewer;
	}

	/** Another process has saved since, or the file is gone. */
	get isOutdated(): boolean {
		return this.file.stamp() !== this.#stamp;
	}

	/** What is in memory has been saved at least once, by whomever. */
	get isSaved(): boolean {
		return this.#stamp !== null;
	}

	/**
	 * Takes in the file. Without one, what is in memory is all there is, and stays.
	 *
	 * @returns what was wrong with the file
	 * @throws TelemetryError when it cannot be read
	 */
	load(mode: StoreMode): TelemetryTrouble | null {
		const { sql, now } = this.#options;
		const { store, stamp, trouble } = loadDatabase({ sql, file: this.file, mode, now });
		this.#isNewer = trouble?.reason === "newer_schema";
		if (store !== null) this.replace(store);
		else if (mode === "write") this.makeWritable();
		this.#stamp = stamp;
		return trouble;
	}

	makeWritable(): void {
		if (this.store.isWritable) return;
		const { sql, now } = this.#options;
		this.replace(new TelemetryStore(sql, this.store.export(), now));
	}

	/** Puts another content in the place of all there was. */
	replace(store: TelemetryStore): void {
		this.#store?.close();
		this.#store = store;
	}

	/** An empty store, to be put in place with {@link replace}. */
	newStore(): TelemetryStore {
		return new TelemetryStore(this.#options.sql, null, this.#options.now);
	}

	/**
	 * @param mayReplace asked right before the file is replaced
	 * @throws TelemetryError why it could not be saved
	 */
	async save(mayReplace: () => boolean): Promise<void> {
		await this.file.save(this.store.export(), mayReplace);
		this.#stamp = this.file.stamp();
	}

	close(): void {
		this.#store?.close();
	}
}
