/** A save may take this share of the time at most. */
const SHARE_OF_TIME = 0.05;

interface SaverOptions {
	/** Longest time from a change to its save, in ms, where saving is quick. */
	readonly everyMs: number;
	readonly everyRows: number;
	readonly save: () => Promise<void>;
	/** A save by the clock failed; it is tried again. */
	readonly onError: (error: unknown) => void;
}

/** Decides when to save: while there are changes by the clock, early after many. */
export class Saver {
	readonly #options: SaverOptions;
	#rows = 0;
	#changes = 0;
	#isDirty = false;
	#timer: NodeJS.Timeout | undefined;
	#saving: Promise<void> | null = null;
	#isDisposed = false;
	/** ms; of the last save */
	#took = 0;
	#endedAt = Number.NEGATIVE_INFINITY;

	constructor(options: SaverOptions) {
		this.#options = options;
	}

	/** True as long as a change is not on the disk: a save that is under way may still fail. */
	get isDirty(): boolean {
		return this.#isDirty || this.#saving !== null;
	}

	/** How often it was told of changes. */
	get changes(): number {
		return this.#changes;
	}

	changed(rows: number): void {
		this.#changes++;
		this.#isDirty = true;
		this.#rows += rows;
		const isEarly = this.#rows >= this.#options.everyRows;
		const sinceLast = performance.now() - this.#endedAt;
		if (isEarly && this.#saving === null && sinceLast >= this.#took / SHARE_OF_TIME) {
			void this.#saveByClock();
		} else {
			this.#schedule();
		}
	}

	/** Saves what there is now. Rejects as the save does; the changes are kept for the next one. */
	async save(): Promise<void> {
		// What is being written may not hold the latest changes.
		const isSaved = await this.#saving?.then(
			() => true,
			() => false,
		);
		if (isSaved && !this.#isDirty) return;
		this.#saving ??= this.#save();
		await this.#saving;
	}

	/** Saves no more by the clock; resolves when no save is under way. */
	async dispose(): Promise<void> {
		this.#isDisposed = true;
		clearTimeout(this.#timer);
		await this.#saving?.catch(() => undefined);
	}

	async #save(): Promise<void> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const rows = this.#rows;
		const started = performance.now();
		this.#isDirty = false;
		this.#rows = 0;
		try {
			await this.#options.save();
			this.#took = performance.now() - started;
		} catch (error) {
			this.#isDirty = true;
			// Not by the count of rows, or a full disk would be tried without a pause.
			this.#rows = Math.min(rows, 1);
			throw error;
		} finally {
			this.#endedAt = performance.now();
			this.#saving = null;
			if (this.#isDirty) this.#schedule();
		}
	}

	async #saveByClock(): Promise<void> {
		try {
			await this.save();
		} catch (error) {
			this.#options.onError(error);
		}
	}

	#schedule(): void {
		if (this.#timer !== undefined || this.#isDisposed) return;
		const wait = Math.max(this.#options.everyMs, this.#took / SHARE_OF_TIME);
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			void this.#saveByClock();
		}, wait);
	}
}
