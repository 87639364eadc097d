import type { TelemetryStore } from "../storage/store.ts";

/** By function: above so many ms the time between two lines holds a wait for a person, as in `waits`. */
export function waitLimits(store: TelemetryStore): ReadonlyMap<string, number> {
	const rows = store.all<{ id: string; ms: number }>(
		"SELECT function_id AS id, wait_over_ms AS ms FROM function_totals WHERE wait_over_ms IS NOT NULL",
	);
	return new Map(rows.map(({ id, ms }) => [id, ms]));
}
