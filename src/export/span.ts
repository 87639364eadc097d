import { createHash } from "node:crypto";

/** A span as OTLP has it. Times are ms since the epoch. */
export interface OtlpSpan {
	/** 32 digits of hex */
	readonly traceId: string;
	/** 16 digits of hex */
	readonly spanId: string;
	/** Empty for a root. */
	readonly parentSpanId: string;
	readonly name: string;
	/** 1: within a process, 3: asks another one */
	readonly kind: 1 | 3;
	readonly startMs: number;
	readonly endMs: number;
	/** What is null is left out. */
	readonly attributes: Attributes;
	readonly isError: boolean;
	/** From when on it is as it will be: an end that nobody told of is none before some time has gone by. */
	readonly readyMs: number;
}

type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/** The same for the same thing, so that a span that is sent again is the same span. */
export function hexId(kind: string, id: string, digits: 16 | 32): string {
	return createHash("sha256").update(`${kind}:${id}`).digest("hex").slice(0, digits);
}

/** As JSON, see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding. */
export function encodeSpan(span: OtlpSpan): string {
	const { traceId, spanId, parentSpanId, name, kind } = span;
	return JSON.stringify({
		traceId,
		spanId,
		...(parentSpanId === "" ? {} : { parentSpanId }),
		name,
		kind,
		startTimeUnixNano: nanosOf(span.startMs),
		endTimeUnixNano: nanosOf(span.endMs),
		attributes: encodeAttributes(span.attributes),
		...(span.isError ? { status: { code: 2 } } : {}),
	});
}

/** The body of a request. @param spans as they were encoded */
export function encodeRequest(
	spans: readonly string[],
	resource: Attributes,
	scope: { readonly name: string; readonly version: string },
): string {
	const head = JSON.stringify({ attributes: encodeAttributes(resource) });
	const scoped = `{"scope":${JSON.stringify(scope)},"spans":[${spans.join(",")}]}`;
	return `{"resourceSpans":[{"resource":${head},"scopeSpans":[${scoped}]}]}`;
}

function encodeAttributes(attributes: Attributes) {
	return Object.entries(attributes).flatMap(([key, value]) =>
		value === null ? [] : [{ key, value: encodeValue(value) }],
	);
}

function encodeValue(value: string | number | boolean) {
	if (typeof value === "string") return { stringValue: value };
	if (typeof value === "boolean") return { boolValue: value };
	return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

function nanosOf(ms: number): string {
	return String(BigInt(Math.round(ms * 1000)) * 1000n);
}
