import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";

/** How a request is answered: a status, or in place of an answer nothing, or half of one. */
export type Behaviour =
	| { readonly status: number; readonly retryAfter?: string; readonly rejected?: number }
	| "drop"
	| "half";

export interface ReceivedSpan {
	readonly traceId: string;
	readonly spanId: string;
	readonly parentSpanId?: string;
	readonly name: string;
	readonly attributes: readonly { key: string; value: Record<string, unknown> }[];
	readonly status?: { readonly code: number };
}

/** A collector on loopback that answers as it is told to, and well once that is used up. */
export class Collector {
	readonly behaviours: Behaviour[] = [];
	/** Of requests that were acknowledged, in order. */
	readonly spans: ReceivedSpan[] = [];
	/** Of all requests, as text. */
	readonly bodies: string[] = [];
	readonly headers: IncomingMessage["headers"][] = [];
	largest = 0;
	readonly #server = createServer((request, response) => void this.#take(request, response));

	async start(): Promise<string> {
		this.#server.listen(0, "127.0.0.1");
		await once(this.#server, "listening");
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	async stop(): Promise<void> {
		this.#server.closeAllConnections();
		this.#server.close();
		await once(this.#server, "close");
	}

	async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const parts: Buffer[] = [];
		for await (const part of request) parts.push(part);
		const bytes = Buffer.concat(parts);
		const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
		this.largest = Math.max(this.largest, body.length);
		this.bodies.push(body.toString());
		this.headers.push({ ...request.headers, path: request.url });
		const behaviour = this.behaviours.shift() ?? { status: 200 };
		if (behaviour === "drop") return void request.socket.destroy();
		if (behaviour === "half") {
			response.writeHead(200, { "content-length": "100" });
			response.write('{"partial', () => request.socket.destroy());
			return;
		}
		const { status, retryAfter, rejected } = behaviour;
		if (status === 200) this.spans.push(...spansIn(body.toString()));
		response.writeHead(status, retryAfter === undefined ? {} : { "retry-after": retryAfter });
		response.end(
			rejected ? JSON.stringify({ partialSuccess: { rejectedSpans: `${rejected}` } }) : "{}",
		);
	}
}

function spansIn(body: string): ReceivedSpan[] {
	return JSON.parse(body).resourceSpans.flatMap(
		({ scopeSpans }: { scopeSpans: { spans: ReceivedSpan[] }[] }) =>
			scopeSpans.flatMap(({ spans }) => spans),
	);
}
