import { SpanKind, SpanStatusCode, TraceFlags } from "@opentelemetry/api";
import { JsonTraceSerializer, ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import type { Attributes, SpanRecord } from "../records/spanRecord.ts";
import { attributesOf, hrTime, type OwnScope, resourceOf } from "./parts.ts";

/** As OpenTelemetry's variables name them. */
export type Protocol = "http/json" | "http/protobuf";

/** A span and the attributes of the resource that it comes from. */
export interface OwnedSpan {
	readonly record: SpanRecord;
	/** One and the same object for all spans of one resource. */
	readonly resource: Attributes;
}

const TRACES = { "http/json": JsonTraceSerializer, "http/protobuf": ProtobufTraceSerializer };

type Readable = Parameters<typeof JsonTraceSerializer.serializeRequest>[0][number];

/** The body of a request, as https://opentelemetry.io/docs/specs/otlp/ has it. */
export function encodeSpans(
	spans: readonly OwnedSpan[],
	scope: OwnScope,
	protocol: Protocol,
): Uint8Array {
	const resources = new Map<Attributes, Readable["resource"]>();
	for (const { resource } of spans) {
		if (!resources.has(resource)) resources.set(resource, resourceOf(resource));
	}
	const readable = spans.map(({ record, resource }) =>
		readableOf(record, resources.get(resource) as Readable["resource"], scope),
	);
	return TRACES[protocol].serializeRequest(readable) ?? new Uint8Array();
}

/** How many spans the receiver says that it did not take; what cannot be read says nothing. */
export function rejectedSpans(answer: Uint8Array, protocol: Protocol): number {
	return rejectedIn(
		() => TRACES[protocol].deserializeResponse(answer).partialSuccess?.rejectedSpans,
	);
}

/** A count that somebody else tells. */
export function rejectedIn(read: () => number | string | undefined): number {
	try {
		const count = Number(read() ?? 0);
		return Number.isSafeInteger(count) && count > 0 ? count : 0;
	} catch {
		return 0;
	}
}

function readableOf(record: SpanRecord, resource: Readable["resource"], scope: OwnScope): Readable {
	const context = (spanId: string) => {
		return { traceId: record.traceId, spanId, traceFlags: TraceFlags.SAMPLED };
	};
	const own = context(record.spanId);
	return {
		name: record.name,
		kind: record.isClient ? SpanKind.CLIENT : SpanKind.INTERNAL,
		spanContext: () => own,
		...(record.parentSpanId === "" ? {} : { parentSpanContext: context(record.parentSpanId) }),
		startTime: hrTime(record.startMs),
		endTime: hrTime(record.endMs),
		status: { code: record.isError ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
		attributes: attributesOf(record.attributes),
		links: [],
		events: record.events.map(({ name, atMs, attributes }) => {
			return { name, time: hrTime(atMs), attributes: attributesOf(attributes) };
		}),
		duration: hrTime(record.endMs - record.startMs),
		ended: true,
		resource,
		instrumentationScope: scope,
		droppedAttributesCount: 0,
		droppedEventsCount: 0,
		droppedLinksCount: 0,
	};
}
