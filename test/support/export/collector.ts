import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import root from "otlp-decoder/build/src/generated/root.js";

/** How a request is answered: a status, or in place of an answer nothing, or half of one. */
export type Behaviour =
	| { readonly status: number; readonly retryAfter?: string; readonly rejected?: number }
	| "drop"
	| "half";

export interface ReceivedAttribute {
	readonly key: string;
	readonly value: {
		readonly stringValue?: string;
		readonly intValue?: string | number;
		readonly doubleValue?: number;
		readonly boolValue?: boolean;
	};
}

/** As OTLP's JSON has it, whatever it was sent as. */
export interface ReceivedSpan {
	readonly traceId: string;
	readonly spanId: string;
	readonly parentSpanId?: string;
	readonly name: string;
	readonly kind: number;
	readonly startTimeUnixNano: string;
	readonly endTimeUnixNano: string;
	readonly attributes: readonly ReceivedAttribute[];
	readonly events?: readonly {
		readonly name: string;
		readonly timeUnixNano: string;
		readonly attributes: readonly ReceivedAttribute[];
	}[];
	readonly status?: { readonly code?: number };
	/** Of the resource that it came with. */
	readonly resource: readonly ReceivedAttribute[];
}

export interface ReceivedMetric {
	readonly name: string;
	readonly unit: string;
	readonly sum?: ReceivedPoints & { readonly isMonotonic: boolean };
	readonly gauge?: ReceivedPoints;
	readonly exponentialHistogram?: ReceivedPoints;
}

interface ReceivedPoints {
	readonly aggregationTemporality?: number;
	readonly dataPoints: readonly (Record<string, unknown> & {
		readonly attributes: readonly ReceivedAttribute[];
	})[];
}

/**
 * A collector on loopback that answers as it is told to, and well once that is used up. Whatever test it is for,
 * it looks at all that it is sent, and fails when it is stopped where something is more than names and numbers.
 */
export class Collector {
	readonly behaviours: Behaviour[] = [];
	/** Of requests that were acknowledged, in order. */
	readonly spans: ReceivedSpan[] = [];
	/** Of the requests for metrics that were acknowledged, each as it came. */
	readonly metrics: (readonly ReceivedMetric[])[] = [];
	/** Of all requests, as they were sent but for their compression. */
	readonly bodies: Buffer[] = [];
	readonly headers: IncomingMessage["headers"][] = [];
	/** How many points it says that it did not take, of each request for metrics. */
	metricsRejected = 0;
	largest = 0;
	/** What no prompt, argument, path or output may be: texts of more than a word. */
	readonly #telling = new Set<string>();
	readonly #server = createServer((request, response) => void this.#take(request, response));

	async start(port = 0): Promise<string> {
		this.#server.listen(port, "127.0.0.1");
		await once(this.#server, "listening");
		return `http://127.0.0.1:${this.port}`;
	}

	get port(): number {
		return (this.#server.address() as AddressInfo).port;
	}

	async stop(): Promise<void> {
		this.#server.closeAllConnections();
		this.#server.close();
		await once(this.#server, "close");
		assert.deepEqual([...this.#telling], []);
	}

	/** For what follows from a request, which tells nobody. */
	async until(isReached: () => boolean): Promise<void> {
		while (!isReached()) await sleep(10);
	}

	async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const parts: Buffer[] = [];
		try {
			for await (const part of request) parts.push(part);
		} catch {
			// Whoever sent it was ended in the middle.
			return;
		}
		const bytes = Buffer.concat(parts);
		const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
		this.largest = Math.max(this.largest, body.length);
		this.bodies.push(body);
		this.headers.push({ ...request.headers, path: request.url });
		const isProtobuf = request.headers["content-type"] === "application/x-protobuf";
		const isTraces = request.url?.includes("/metrics") === false;
		const all = isTraces ? decodedTraces(body, isProtobuf) : metricsRequest(body, isProtobuf);
		for (const text of tellingTexts(all)) this.#telling.add(text);
		// Metrics are sent again by themselves: what goes wrong is tried on spans.
		const behaviour = (isTraces ? this.behaviours.shift() : undefined) ?? { status: 200 };
		if (behaviour === "drop") return void request.socket.destroy();
		if (behaviour === "half") {
			response.writeHead(200, { "content-length": "100" });
			response.write('{"partial', () => request.socket.destroy());
			return;
		}
		const { status, retryAfter, rejected } = behaviour;
		if (status === 200) {
			if (isTraces) this.spans.push(...spansIn(body, isProtobuf));
			else this.metrics.push(metricsIn(body, isProtobuf));
		}
		response.writeHead(status, retryAfter === undefined ? {} : { "retry-after": retryAfter });
		response.end(
			isTraces
				? answerOf("trace", { rejectedSpans: rejected ?? 0 }, isProtobuf)
				: answerOf("metrics", { rejectedDataPoints: this.metricsRejected }, isProtobuf),
		);
	}
}

function answerOf(
	signal: "trace" | "metrics",
	partialSuccess: Readonly<Record<string, number>>,
	isProtobuf: boolean,
): Uint8Array | string {
	const answer = Object.values(partialSuccess).some((count) => count > 0) ? { partialSuccess } : {};
	if (!isProtobuf) return JSON.stringify(answer);
	const { v1 } = proto()[signal];
	const message =
		"ExportTraceServiceResponse" in v1
			? v1.ExportTraceServiceResponse
			: v1.ExportMetricsServiceResponse;
	return message.encode(answer).finish();
}

interface Message {
	decode(bytes: Uint8Array): unknown;
	toObject(message: unknown, options: object): unknown;
	encode(value: object): { finish(): Uint8Array };
}

interface Collected {
	readonly trace: {
		readonly v1: {
			readonly ExportTraceServiceRequest: Message;
			readonly ExportTraceServiceResponse: Message;
		};
	};
	readonly metrics: {
		readonly v1: {
			readonly ExportMetricsServiceRequest: Message;
			readonly ExportMetricsServiceResponse: Message;
		};
	};
}

/** OpenTelemetry's own messages: a former version of its library could read them as well. */
function proto(): Collected {
	const all = root as unknown as { opentelemetry: { proto: { collector: Collected } } };
	return all.opentelemetry.proto.collector;
}

/** A request for traces as OTLP's JSON. */
export function decodedTraces(body: Uint8Array, isProtobuf: boolean): TracesRequest {
	return decoded(
		body,
		isProtobuf,
		() => proto().trace.v1.ExportTraceServiceRequest,
	) as TracesRequest;
}

interface TracesRequest {
	readonly resourceSpans: readonly {
		readonly resource: { readonly attributes: readonly ReceivedAttribute[] };
		readonly scopeSpans: readonly { readonly spans: readonly Omit<ReceivedSpan, "resource">[] }[];
	}[];
}

function decoded(body: Uint8Array, isProtobuf: boolean, message: () => Message): unknown {
	if (!isProtobuf) return JSON.parse(Buffer.from(body).toString());
	const type = message();
	const object = type.toObject(type.decode(body), { longs: String, bytes: String });
	return JSON.parse(JSON.stringify(object), (key, value) =>
		/^(?:trace|span|parentSpan)Id$/.test(key)
			? Buffer.from(value, "base64").toString("hex")
			: value,
	);
}

function spansIn(body: Uint8Array, isProtobuf: boolean): ReceivedSpan[] {
	return decodedTraces(body, isProtobuf).resourceSpans.flatMap(({ resource, scopeSpans }) =>
		scopeSpans.flatMap(({ spans }) =>
			spans.map((span) => ({ ...span, resource: resource.attributes })),
		),
	);
}

interface MetricsRequest {
	readonly resourceMetrics: readonly {
		readonly scopeMetrics: readonly { readonly metrics: readonly ReceivedMetric[] }[];
	}[];
}

function metricsRequest(body: Uint8Array, isProtobuf: boolean): MetricsRequest {
	const type = () => proto().metrics.v1.ExportMetricsServiceRequest;
	return decoded(body, isProtobuf, type) as MetricsRequest;
}

function metricsIn(body: Uint8Array, isProtobuf: boolean): ReceivedMetric[] {
	const { resourceMetrics } = metricsRequest(body, isProtobuf);
	return resourceMetrics.flatMap(({ scopeMetrics }) =>
		scopeMetrics.flatMap(({ metrics }) => metrics),
	);
}

/** Names of metrics have a sentence that says what they are, and an address is sent where somebody asks for it. */
const MAY_TELL: ReadonlySet<string> = new Set(["description", "vcs.repository.url.full"]);
/** A span is named after what it does and what with. */
const OPERATION = /^(?:execute_tool|chat|invoke_agent) /;
/** Functions whose names are of two words: a tool of a server, a module that an interpreter runs. */
const FUNCTION = /^(?:mcp:[\w-]+\/[\w-]+|bash:\w+ -m [\w.]+)$/;

function tellingTexts(value: unknown, key = ""): string[] {
	if (typeof value === "string") {
		const words = key === "name" ? value.replace(OPERATION, "") : value;
		const isName = !/\s|[/\\]/.test(words) || FUNCTION.test(words);
		return MAY_TELL.has(key) || isName ? [] : [`${key}: ${value}`];
	}
	if (typeof value !== "object" || value === null) return [];
	const name = "key" in value && typeof value.key === "string" ? value.key : null;
	return Object.entries(value).flatMap(([each, part]) => tellingTexts(part, name ?? each));
}
