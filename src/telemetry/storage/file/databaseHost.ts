import type { TelemetryStore } from "../store.ts";

/** What the service lets others do with its database. */
export interface DatabaseHost {
	readonly store: TelemetryStore;
	/** ms since the epoch */
	now(): number;
	/** Runs while no other database takes the place of this one. */
	exclusive<Value>(task: () => Promise<Value>): Promise<Value>;
	/** @throws TelemetryError `not_writer` */
	checkWriter(): void;
	/** Has the rows saved some time soon, and tells of them. */
	written(rows: number): void;
	/** @throws TelemetryError why it could not be saved */
	save(): Promise<void>;
}

/**
 * Writes what nothing else holds, such as what the user decided, and saves it at once.
 *
 * @param write returns how many rows it changed
 * @throws TelemetryError `not_writer`, or why it could not be saved
 */
export function writeAndSave(
	host: DatabaseHost,
	write: (store: TelemetryStore) => number,
): Promise<void> {
	return host.exclusive(async () => {
		host.checkWriter();
		let rows = 0;
		host.store.transaction(() => {
			rows = write(host.store);
		});
		if (rows === 0) return;
		host.written(rows);
		await host.save();
	});
}
