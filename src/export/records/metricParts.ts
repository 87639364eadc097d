import type { MetricPoint, MetricRecord } from "./metricRecords.ts";

/** About what a point has more as OTLP's JSON, where numbers are texts, than as ours. */
const GROWTH = 3;

/**
 * The same points in parts that are each sent in a request of their own.
 *
 * @param maxBytes of one part, as OTLP's JSON, which is the longer of the encodings
 */
export function metricParts(records: readonly MetricRecord[], maxBytes: number): MetricRecord[][] {
	const parts: MetricRecord[][] = [];
	let part: MetricRecord[] = [];
	let room = maxBytes;
	for (const record of records) {
		let points: MetricPoint<unknown>[] = [];
		for (const point of record.points) {
			const bytes = Buffer.byteLength(JSON.stringify(point)) * GROWTH;
			if (bytes > room && room < maxBytes) {
				if (points.length > 0) part.push({ ...record, points } as MetricRecord);
				parts.push(part);
				[part, points, room] = [[], [], maxBytes];
			}
			points.push(point);
			room -= bytes;
		}
		part.push({ ...record, points } as MetricRecord);
	}
	if (part.length > 0) parts.push(part);
	return parts;
}
