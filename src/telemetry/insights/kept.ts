import type { TelemetryStore } from "../storage/store.ts";

/** What was read is good for so long, however much is written meanwhile, ms. */
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

/** What is told, and whether more was recorded since, which is being read. */
interface Told<T> {
	readonly value: T;
	readonly isBehind: boolean;
}

/**
 * Something that is read from the whole database, kept while it is asked for. Of one that tells times the
 * part that was asked for is read first, and then all of it. What was recorded since is read while the
 * earlier is told: who asks waits for the first reading alone.
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
	async get(since = EVER): Promise<Told<T>> {
		clearTimeout(this.#dropping);
		this.#dropping = setTimeout(() => this.dispose(), KEPT_MS).unref();
		const loaded = this.#loaded;
		if (loaded !== null && loaded.since <= since && loaded.store === this.#storeOf()) {
			const isBehind = !this.#isFresh(loaded);
			// Who waits for that hears why it failed; a later question tries again.
			if (isBehind) (this.#loading ?? this.#begin(loaded.since)).catch(() => {});
			return { value: loaded.value, isBehind };
		}
		// Several that ask meanwhile wait for the same.
		const read = await (this.#loading ?? this.#begin(loaded === null ? since : EVER));
		// Another database may have taken the place of the one that was read.
		const isIt = read.since <= since && read.store === this.#storeOf();
		const { value } = isIt ? read : await (this.#loading ?? this.#begin(EVER));
		return { value, isBehind: false };
	}

	dispose(): void {
		clearTimeout(this.#dropping);
		clearTimeout(this.#completing);
		this.#loaded = null;
	}

	#isFresh({ store, changes, at }: Loaded<T>): boolean {
		return this.#now() - at < FRESH_MS || changes === changesOf(store);
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
