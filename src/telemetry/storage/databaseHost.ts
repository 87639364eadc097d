import type { TelemetryStore } from "./store.ts";

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
