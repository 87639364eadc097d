import type { TelemetryStore } from "../storage/store.ts";

/** What was read is told again for so long, however much is written meanwhile, ms. */
const FRESH_MS = 10_000;
/** It is dropped when it was not asked for so long, ms. */
const KEPT_MS = 300_000;

interface Loaded<T> {
	readonly value: T;
	readonly store: TelemetryStore;
	/** How much had been written to the store until then. */
	readonly changes: number;
	/** When it was read, ms since the epoch. */
	readonly at: number;
}

/** Something that is read from the whole database, kept while it is asked for and still true. */
export class Kept<T> {
	readonly #storeOf: () => TelemetryStore;
	readonly #now: () => number;
	readonly #load: (store: TelemetryStore) => Promise<T>;
	#loaded: Loaded<T> | null = null;
	#loading: Promise<Loaded<T>> | null = null;
	#dropping: NodeJS.Timeout | undefined;

	/** @param now ms since the epoch */
	constructor(
		storeOf: () => TelemetryStore,
		now: () => number,
		load: (store: TelemetryStore) => Promise<T>,
	) {
		this.#storeOf = storeOf;
		this.#now = now;
		this.#load = load;
	}

	async get(): Promise<Loaded<T>> {
		clearTimeout(this.#dropping);
		this.#dropping = setTimeout(() => this.dispose(), KEPT_MS).unref();
		if (this.#loaded !== null && this.#isFresh(this.#loaded)) return this.#loaded;
		// Several that ask meanwhile wait for the same.
		this.#loading ??= this.#read().finally(() => {
			this.#loading = null;
		});
		this.#loaded = await this.#loading;
		return this.#loaded;
	}

	dispose(): void {
		clearTimeout(this.#dropping);
		this.#loaded = null;
	}

	#isFresh({ store, changes, at }: Loaded<T>): boolean {
		const present = this.#storeOf();
		if (store !== present) return false;
		return this.#now() - at < FRESH_MS || changes === changesOf(present);
	}

	async #read(): Promise<Loaded<T>> {
		const store = this.#storeOf();
		const [changes, at] = [changesOf(store), this.#now()];
		return { value: await this.#load(store), store, changes, at };
	}
}

function changesOf(store: TelemetryStore): number {
	return Number(store.first("SELECT total_changes()")?.[0] ?? 0);
}
