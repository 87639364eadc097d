import type { E2eResult, E2eRun } from "../figures.ts";
import type { DatabaseHost } from "../storage/databaseHost.ts";
import { readMeta, writeMeta } from "../storage/meta.ts";
import { lastE2eResults, writeE2eRun } from "./e2eTable.ts";

/** What the process brings into the database that no log tells: checks it ran, upkeep it did. */
export class Upkeep {
	readonly #host: DatabaseHost;

	constructor(host: DatabaseHost) {
		this.#host = host;
	}

	/**
	 * Saved at once: nothing else holds what a check found.
	 *
	 * @throws TelemetryError `not_writer`, or why it could not be saved
	 */
	recordE2e(runs: readonly E2eRun[]): Promise<void> {
		return this.#write((host) => {
			let rows = 0;
			for (const run of runs) rows += writeE2eRun(host.store, run).length;
			return rows;
		});
	}

	e2eResults(): E2eResult[] {
		return lastE2eResults(this.#host.store);
	}

	/** @returns ms since the epoch; null when there was none */
	lastMaintenance(): number | null {
		const value = readMeta(this.#host.store, "maintained_at");
		return value === null ? null : Number(value);
	}

	/**
	 * @param at ms since the epoch
	 * @throws TelemetryError `not_writer`, or why it could not be saved
	 */
	recordMaintenance(at: number): Promise<void> {
		return this.#write((host) => {
			writeMeta(host.store, "maintained_at", String(at));
			return 1;
		});
	}

	#write(change: (host: DatabaseHost) => number): Promise<void> {
		const host = this.#host;
		return host.exclusive(async () => {
			host.checkWriter();
			let rows = 0;
			host.store.transaction(() => {
				rows = change(host);
			});
			if (rows === 0) return;
			host.written(rows);
			await host.save();
		});
	}
}
