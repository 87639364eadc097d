import { skipFacts } from "../sources/passCursors.ts";
import { type FillingListener, type SourceSettings, Sources } from "../sources/sources.ts";
import type { OpenDatabase } from "../storage/file/openDatabase.ts";
import { notWriter } from "../storage/file/snapshotFile.ts";
import { keepUnlogged } from "../storage/rebuildStore.ts";
import type { TelemetryStore } from "../storage/store.ts";
import type { Task } from "../task.ts";
import { TelemetryError } from "../telemetryError.ts";
import type { Roles } from "./roles.ts";

/** Steps in which progress is reported. */
const STEP = 0.01;

interface ContentsOptions {
	readonly database: OpenDatabase;
	readonly sources: Sources;
	readonly roles: Roles;
	readonly settings: SourceSettings;
	readonly listener: FillingListener;
	/** Tells of what is there now, and saves it. */
	readonly replaced: () => Promise<void>;
}

/** Puts another content in the place of all that the database holds. No two at a time. */
export class Contents {
	readonly #options: ContentsOptions;

	constructor(options: ContentsOptions) {
		this.#options = options;
	}

	/** Empties it. What was read of the sources is not read again. */
	async clear(): Promise<void> {
		const { database, sources, roles } = this.#options;
		roles.checkRole();
		// The place behind which it counts again has to be the end of a line.
		await sources.catchUpLive();
		await sources.stop();
		const empty = database.newStore();
		empty.transaction(() => {
			for (const cursor of database.store.cursors()) empty.writeCursor(cursor);
			// Nor is anything derived from what was read.
			skipFacts(empty);
		});
		await this.#continueWith(empty);
	}

	/** Makes it again from all that the sources hold. */
	async rebuild(task: Task): Promise<void> {
		const { database, sources, roles } = this.#options;
		roles.checkRole();
		await sources.stop();
		const fresh = database.newStore();
		try {
			await this.#readAll(fresh, task);
			// It may have taken long; another process may have the lock by now.
			if (!roles.checkLock()) throw notWriter();
		} catch (error) {
			fresh.close();
			if (roles.hasLock) roles.startSources(true);
			throw error;
		}
		keepUnlogged(database.store, fresh);
		await this.#continueWith(fresh);
	}

	/** Every log and transcript from its beginning to its present end. */
	async #readAll(store: TelemetryStore, { onProgress, signal }: Task): Promise<void> {
		const { settings, listener } = this.#options;
		let reported = 0;
		const tell = (): void => {
			const { bytesDone, bytesTotal } = all.progress;
			const share = bytesTotal === 0 ? 0 : bytesDone / bytesTotal;
			// What is found only later makes the whole larger; what was reported is not taken back.
			if (share < reported + STEP) return;
			reported = share;
			onProgress(reported);
		};
		// History too, also where it is not read otherwise.
		const all = new Sources({ ...settings, readsHistory: true }, { ...listener, onProgress: tell });
		const cancel = (): void => void all.stop();
		signal.addEventListener("abort", cancel);
		try {
			if (!signal.aborted) {
				all.start({ store, isFollowing: false, mayRotate: () => false, onWritten: tell });
				await all.catchUp();
			}
		} finally {
			signal.removeEventListener("abort", cancel);
			await all.stop();
		}
		if (signal.aborted) throw new TelemetryError("cancelled", "The rebuild was cancelled.");
		onProgress(1);
	}

	async #continueWith(store: TelemetryStore): Promise<void> {
		const { database, roles, replaced } = this.#options;
		database.replace(store);
		roles.startSources(true);
		await replaced();
	}
}
