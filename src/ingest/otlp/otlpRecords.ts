/** What a client sends over OTLP/HTTP as JSON: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */

/** One log record or span, with what it is read by. Times are ms since the epoch, 0 where none is told. */
export interface OtlpRecord {
	readonly kind: "log" | "span";
	/** `service.name` of who sent it. */
	readonly service: string;
	/** Of a log record its `event.name`. */
	readonly name: string;
	/** When it happened; of a span its end. */
	readonly at: number;
	/** Of a span its beginning. */
	readonly began: number;
	readonly spanId: string;
	readonly parentSpanId: string;
	/** A span that failed, and the words that go with it; null for any other. */
	readonly failure: string | null;
	readonly attributes: OtlpAttributes;
}

/** The path that each kind is sent to; metrics are taken, and nothing is read from them. */
export const OTLP_PATHS = {
	"/v1/logs": "log",
	"/v1/traces": "span",
	"/v1/metrics": "metric",
} as const;

export type OtlpKind = (typeof OTLP_PATHS)[keyof typeof OTLP_PATHS];

type Raw = Readonly<Record<string, unknown>>;
const STATUS_ERROR = 2;

/** Attributes with scalar values: no other is read. Numbers may be told as text. */
class OtlpAttributes {
	readonly #values: ReadonlyMap<string, string | number | boolean>;

	/** @param list pairs of `key` and `value`, from outside */
	constructor(list: unknown) {
		this.#values = new Map(
			listOf(list).flatMap(({ key, value }) => {
				const scalar = scalarOf(value);
				return typeof key === "string" && scalar !== null ? [[key, scalar] as const] : [];
			}),
		);
	}

	/** Empty where there is none. */
	text(name: string): string {
		const value = this.#values.get(name);
		return value === undefined ? "" : String(value);
	}

	/** null for what is no number. */
	number(name: string): number | null {
		const value = this.#values.get(name);
		if (typeof value === "number") return value;
		return typeof value === "string" && /^\d{1,16}(?:\.\d{1,16})?$/.test(value)
			? Number(value)
			: null;
	}

	/** null for what is neither true nor false. */
	flag(name: string): boolean | null {
		const value = this.text(name);
		return value === "true" || value === "false" ? value === "true" : null;
	}
}

/**
 * The records of a request.
 *
 * @param body parsed
 * @returns null for what is no request of this kind
 */
export function recordsIn(kind: "log" | "span", body: unknown): OtlpRecord[] | null {
	const [resources, scopes, records] =
		kind === "log"
			? (["resourceLogs", "scopeLogs", "logRecords"] as const)
			: (["resourceSpans", "scopeSpans", "spans"] as const);
	const all = objectOf(body)?.[resources];
	if (!Array.isArray(all)) return null;
	return listOf(all).flatMap((resource) => {
		const about = new OtlpAttributes(objectOf(resource.resource)?.attributes);
		const service = about.text("service.name");
		return listOf(resource[scopes]).flatMap((scope) =>
			listOf(scope[records]).map((record) =>
				kind === "log" ? logOf(service, record) : spanOf(service, record),
			),
		);
	});
}

function logOf(service: string, record: Raw): OtlpRecord {
	const attributes = new OtlpAttributes(record.attributes);
	const told = Date.parse(attributes.text("event.timestamp"));
	const stamped = msOf(record.timeUnixNano) || msOf(record.observedTimeUnixNano);
	const at = Number.isNaN(told) ? stamped : told;
	return {
		kind: "log",
		service,
		name: attributes.text("event.name"),
		at,
		began: at,
		spanId: "",
		parentSpanId: "",
		failure: null,
		attributes,
	};
}

function spanOf(service: string, span: Raw): OtlpRecord {
	const status = objectOf(span.status);
	const isFailure = status?.code === STATUS_ERROR || status?.code === "STATUS_CODE_ERROR";
	return {
		kind: "span",
		service,
		name: textOf(span.name),
		at: msOf(span.endTimeUnixNano),
		began: msOf(span.startTimeUnixNano),
		spanId: textOf(span.spanId),
		parentSpanId: textOf(span.parentSpanId),
		failure: isFailure ? textOf(status?.message) : null,
		attributes: new OtlpAttributes(span.attributes),
	};
}

/** Nanoseconds as text, or as a number that has lost the last of them. */
function msOf(nanos: unknown): number {
	const text = typeof nanos === "number" ? nanos.toFixed(0) : textOf(nanos);
	return /^\d{1,20}$/.test(text) ? Number(text.slice(0, -6)) : 0;
}

function scalarOf(value: unknown): string | number | boolean | null {
	const { stringValue, boolValue, intValue, doubleValue } = objectOf(value) ?? {};
	if (typeof stringValue === "string") return stringValue;
	if (typeof boolValue === "boolean") return boolValue;
	const number = Number(intValue ?? doubleValue ?? Number.NaN);
	return Number.isFinite(number) ? number : null;
}

/** What of a list is an object. */
function listOf(list: unknown): Raw[] {
	return Array.isArray(list) ? list.map(objectOf).filter((each) => each !== null) : [];
}

function objectOf(value: unknown): Raw | null {
	return typeof value === "object" && value !== null && !Array.isArray(value)
		? (value as Raw)
		: null;
}

function textOf(value: unknown): string {
	return typeof value === "string" ? value : "";
}
