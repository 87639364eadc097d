import type { TelemetryStore } from "../storage/store.ts";

/** What was read is told again for so long, however much is written meanwhile, ms. */
const FRESH_MS = 10_000;
/** It is dropped when it was not asked for so long, ms. */
const KEPT_MS = 300_000;

/** What was read first is told before the rest is read, and so is what else a page asks at once, ms. */
const REST_AFTER_MS = 3000;
/** Before all times, ms since the epoch. */
const EVER = Number.NEGATIVE_INFINITY;

interface Loaded<T> {
	readonly value: T;
	/** It holds what happened from then on, ms since the epoch. */
	readonly since: number;
	readonly store: TelemetryStore;
	/** How much had been written to the store until then. */
	readonly changes: number;
	/** When it was read, ms since the epoch. */
	readonly at: number;
}

/**
 * Something that is read from the whole database, kept while it is asked for and still true. Of one that
 * tells times the part that was asked for is read first, and then all of it.
 */
export class Kept<T> {
	readonly #storeOf: () => TelemetryStore;
	readonly #now: () => number;
	readonly #load: (store: TelemetryStore, since: number) => Promise<T>;
	#loaded: Loaded<T> | null = null;
	#loading: Promise<Loaded<T>> | null = null;
	#dropping: NodeJS.Timeout | undefined;
	#completing: NodeJS.Timeout | undefined;

	/**
	 * @param now ms since the epoch
	 * @param load may leave out what happened before `since`, ms since the epoch
	 */
	constructor(
		storeOf: () => TelemetryStore,
		now: () => number,
		load: (store: TelemetryStore, since: number) => Promise<T>,
	) {
		this.#storeOf = storeOf;
		this.#now = now;
		this.#load = load;
	}

	/** @param since ms since the epoch: what happened before is not needed; absent for all */
	async get(since = EVER): Promise<Loaded<T>> {
		clearTimeout(this.#dropping);
		this.#dropping = setTimeout(() => this.dispose(), KEPT_MS).unref();
		let loaded = this.#loaded;
		if (loaded !== null && loaded.since <= since && this.#isFresh(loaded)) return loaded;
		// Several that ask meanwhile wait for the same.
		loaded = await (this.#loading ?? this.#begin(loaded === null ? since : EVER));
		return loaded.since <= since ? loaded : (this.#loading ?? this.#begin(EVER));
	}

	dispose(): void {
		clearTimeout(this.#dropping);
		clearTimeout(this.#completing);
		this.#loaded = null;
	}

	#isFresh({ store, changes, at }: Loaded<T>): boolean {
		const present = this.#storeOf();
		if (store !== present) return false;
		return this.#now() - at < FRESH_MS || changes === changesOf(present);
	}

	#begin(since: number): Promise<Loaded<T>> {
		clearTimeout(this.#completing);
		const loading = this.#read(since).then(
			(loaded) => {
				this.#loaded = loaded;
				this.#loading = null;
				if (since > EVER) this.#complete();
				return loaded;
			},
			(error: unknown) => {
				this.#loading = null;
				throw error;
			},
		);
		this.#loading = loading;
		return loading;
	}

	/** Who waits for it hears why it failed; a later question tries again. */
	#complete(): void {
		const complete = () => {
			if (this.#loading === null) this.#begin(EVER).catch(() => {});
		};
		this.#completing = setTimeout(complete, REST_AFTER_MS).unref();
	}

	async #read(since: number): Promise<Loaded<T>> {
		const store = this.#storeOf();
		const [changes, at] = [changesOf(store), this.#now()];
		return { value: await this.#load(store, since), since, store, changes, at };
	}
}

function changesOf(store: TelemetryStore): number {
	return Number(store.first("SELECT total_changes()")?.[0] ?? 0);
}
