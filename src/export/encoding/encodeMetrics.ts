import { ValueType } from "@opentelemetry/api";
import { JsonMetricsSerializer, ProtobufMetricsSerializer } from "@opentelemetry/otlp-transformer";
import { AggregationTemporality, DataPointType, type MetricData } from "@opentelemetry/sdk-metrics";
import type { MetricPoint, MetricRecord } from "../records/metricRecords.ts";
import type { Attributes } from "../records/spanRecord.ts";
import { type Protocol, rejectedIn } from "./encodeSpans.ts";
import { attributesOf, hrTime, type OwnScope, resourceOf } from "./parts.ts";

const METRICS = { "http/json": JsonMetricsSerializer, "http/protobuf": ProtobufMetricsSerializer };

/** From when on the sums of metrics count, and until when, ms since the epoch. */
interface Counted {
	readonly fromMs: number;
	readonly toMs: number;
}

/** The body of a request, as https://opentelemetry.io/docs/specs/otlp/ has it. All sums are cumulative. */
export function encodeMetrics(
	records: readonly MetricRecord[],
	span: Counted,
	resource: Attributes,
	scope: OwnScope,
	protocol: Protocol,
): Uint8Array {
	const metrics = records.map((record) => metricData(record, span));
	const request = { resource: resourceOf(resource), scopeMetrics: [{ scope, metrics }] };
	return METRICS[protocol].serializeRequest(request) ?? new Uint8Array();
}

/** How many points the receiver says that it did not take; what cannot be read says nothing. */
export function rejectedPoints(answer: Uint8Array, protocol: Protocol): number {
	return rejectedIn(
		() => METRICS[protocol].deserializeResponse(answer).partialSuccess?.rejectedDataPoints,
	);
}

function metricData(record: MetricRecord, span: Counted): MetricData {
	const { name, description, unit } = record;
	const isWhole = record.kind === "gauge" || (record.kind === "sum" && record.isWhole);
	const valueType = isWhole ? ValueType.INT : ValueType.DOUBLE;
	const common = {
		descriptor: { name, description, unit, valueType },
		aggregationTemporality: AggregationTemporality.CUMULATIVE,
	};
	const at = { startTime: hrTime(span.fromMs), endTime: hrTime(span.toMs) };
	const point = <Value>({ attributes, value }: MetricPoint<Value>) => {
		return { ...at, attributes: attributesOf(attributes), value };
	};
	switch (record.kind) {
		case "sum": {
			const dataPoints = record.points.map(point);
			return { ...common, dataPointType: DataPointType.SUM, dataPoints, isMonotonic: true };
		}
		case "gauge":
			return {
				...common,
				dataPointType: DataPointType.GAUGE,
				dataPoints: record.points.map(point),
			};
		case "histogram": {
			const dataPoints = record.points.map(({ attributes, value }) => {
				const { offset, bucketCounts, ...rest } = value;
				const positive = { offset, bucketCounts: [...bucketCounts] };
				const negative = { offset: 0, bucketCounts: [] };
				return point({ attributes, value: { ...rest, positive, negative } });
			});
			return { ...common, dataPointType: DataPointType.EXPONENTIAL_HISTOGRAM, dataPoints };
		}
	}
}
