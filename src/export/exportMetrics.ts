import { exportSums } from "../telemetry/queries/exportSums.ts";
import type { TelemetryStore } from "../telemetry/storage/store.ts";
import { encodeMetrics, rejectedPoints } from "./encoding/encodeMetrics.ts";
import type { ExportOptions } from "./exportOptions.ts";
import { commonResource } from "./exportRound.ts";
import { metricRecords } from "./records/metricRecords.ts";
import { deliver } from "./sending/deliver.ts";

/** An agent whose session was silent for longer does not count as one that runs, ms. */
const SILENCE_MS = 30 * 60_000;

/**
 * Sends the metrics of what happened since then; sums are cumulative, so that one that is lost is made up
 * for by the next.
 *
 * @param fromMs since when they count, ms since the epoch
 * @param now ms since the epoch
 * @param before what this returned last: where it says the same, nothing is sent
 * @throws DeliveryError when the receiver cannot be had
 */
export async function exportMetrics(
	store: TelemetryStore,
	options: ExportOptions,
	fromMs: number,
	now: number,
	before: string,
): Promise<string> {
	const { target, courier, version } = options;
	if (target.metrics === null) return before;
	const records = metricRecords(exportSums(store, fromMs, now, SILENCE_MS));
	const text = JSON.stringify(records);
	if (records.length === 0 || text === before) return before;
	const scope = { name: "agent-live-graph", version };
	const counted = { fromMs, toMs: now };
	const body = encodeMetrics(records, counted, commonResource(options), scope, target.protocol);
	const count = records.reduce((sum, { points }) => sum + points.length, 0);
	const rejectedIn = (answer: Uint8Array): number => rejectedPoints(answer, target.protocol);
	await deliver({ body, count, address: target.metrics, rejectedIn }, target, courier);
	return text;
}
