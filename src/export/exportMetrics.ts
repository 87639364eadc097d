import { exportSums } from "../telemetry/queries/exportSums.ts";
import type { TelemetryStore } from "../telemetry/storage/store.ts";
import { encodeMetrics, rejectedPoints } from "./encoding/encodeMetrics.ts";
import type { ExportOptions } from "./exportOptions.ts";
import { commonResource, MAX_BATCH_BYTES } from "./exportRound.ts";
import { metricParts } from "./records/metricParts.ts";
import { metricRecords } from "./records/metricRecords.ts";
import { deliver } from "./sending/deliver.ts";

/** What was sent of metrics. */
interface SentMetrics {
	/** All of them, to compare with the next. */
	readonly text: string;
	/** Points that the receiver did not take. */
	readonly rejected: number;
}

/** An agent whose session was silent for longer does not count as one that runs, ms. */
const SILENCE_MS = 30 * 60_000;

/**
 * Sends the metrics of what happened since then; sums are cumulative, so that one that is lost is made up
 * for by the next.
 *
 * @param fromMs since when they count, ms since the epoch
 * @param now ms since the epoch
 * @param before the text that this returned last: where it says the same, nothing is sent
 * @throws DeliveryError when the receiver cannot be had
 */
export async function exportMetrics(
	store: TelemetryStore,
	options: ExportOptions,
	fromMs: number,
	now: number,
	before: string,
): Promise<SentMetrics> {
	const { target, courier, version } = options;
	if (target.metrics === null) return { text: before, rejected: 0 };
	const records = metricRecords(exportSums(store, fromMs, now, SILENCE_MS));
	const text = JSON.stringify(records);
	if (records.length === 0 || text === before) return { text: before, rejected: 0 };
	const scope = { name: "agent-live-graph", version };
	const counted = { fromMs, toMs: now };
	const { protocol, metrics: address } = target;
	const rejectedIn = (answer: Uint8Array): number => rejectedPoints(answer, protocol);
	let rejected = 0;
	for (const part of metricParts(records, MAX_BATCH_BYTES)) {
		const body = encodeMetrics(part, counted, commonResource(options), scope, protocol);
		const count = part.reduce((sum, { points }) => sum + points.length, 0);
		rejected += await deliver({ body, count, address, rejectedIn }, target, courier);
	}
	return { text, rejected };
}
