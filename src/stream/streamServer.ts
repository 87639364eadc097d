import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { GraphFeed } from "../live/graphFeed.ts";
import type { OpenedStream } from "../live/streamBundle.ts";
import type { InsightsSource } from "../protocol/insightsMessages.ts";
import {
	BEARER_SUBPROTOCOL,
	INSIGHTS_SUBPROTOCOL,
	PAGE_SUBPROTOCOL,
	TOKEN_FRAGMENT,
} from "../protocol/stream.ts";
import { Access } from "./access.ts";
import { type BindAddress, isLoopback, urlHost } from "./bindAddress.ts";
import { EventChannel } from "./eventChannel.ts";
import { InsightsChannel } from "./insightsChannel.ts";
import { PageChannel } from "./pageChannel.ts";
import { StreamClient } from "./streamClient.ts";
import { StreamError } from "./streamError.ts";
import { answerTo, text } from "./streamPage.ts";

/** Bounds of the stream; the defaults are what is shipped. */
export interface StreamLimits {
	/** Bytes that may wait for one client before it counts as too slow. */
	readonly maxBufferedBytes: number;
	readonly maxClients: number;
	/** Longest message taken from a client, bytes: a page names 200 functions at most. */
	readonly maxMessageBytes: number;
	readonly pingEveryMs: number;
}

export const DEFAULT_LIMITS: StreamLimits = {
	maxBufferedBytes: 4 * 1024 * 1024,
	maxClients: 200,
	maxMessageBytes: 128 * 1024,
	pingEveryMs: 30_000,
};

interface StreamOptions {
	readonly bind: BindAddress;
	readonly token: string;
	readonly feed: GraphFeed;
	/** Called when somebody opens the page of figures. */
	readonly insights: () => InsightsSource;
	/** Folder of the built page. */
	readonly pageFolder: string;
	/** Told what was refused and what went wrong; never the token. */
	readonly note: (text: string) => void;
	readonly limits?: Partial<StreamLimits>;
}

/** What a connection is about, by the subprotocol that it was opened with. */
interface Channel {
	add(client: StreamClient): void;
	remove(client: StreamClient): void;
	/** Absent where nothing is listened to. */
	receive?(client: StreamClient, text: string): void;
}

/** Serves the live graph: `GET /`, `GET /insights`, `GET /health` and the WebSocket `GET /stream`. */
export class StreamServer implements OpenedStream {
	readonly #options: StreamOptions;
	readonly #limits: StreamLimits;
	readonly #server: Server;
	readonly #sockets: WebSocketServer;
	readonly #events: EventChannel;
	readonly #pages: PageChannel;
	readonly #insights: InsightsChannel;
	readonly #clients = new Set<StreamClient>();
	#lagged = 0;
	#access: Access | null = null;
	#ping: NodeJS.Timeout | undefined;
	#stopListening: () => void = () => {};

	private constructor(options: StreamOptions) {
		this.#options = options;
		this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
		this.#events = new EventChannel(options.feed);
		const report = (problem: string): void => options.note(`page: ${problem}`);
		this.#pages = new PageChannel(options.feed, report);
		this.#insights = new InsightsChannel(options.insights, report);
		this.#sockets = new WebSocketServer({
			noServer: true,
			clientTracking: false,
			perMessageDeflate: false,
			maxPayload: this.#limits.maxMessageBytes,
			handleProtocols: subprotocolOf,
		});
		this.#server = createServer(
			{ maxHeaderSize: 8192, headersTimeout: 10_000, requestTimeout: 10_000 },
			(request, response) => void this.#answer(request, response),
		);
		this.#server.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
	}

	/** @throws StreamError when the address can not be listened on */
	static async start(options: StreamOptions): Promise<StreamServer> {
		const server = new StreamServer(options);
		await server.#listen();
		return server;
	}

	/** `http://` and what is listened on. */
	get origin(): string {
		const { address, port } = this.#address;
		return `http://${urlHost(address)}:${port}`;
	}

	/** Address of the page for a browser. The fragment, which holds the token, is never sent. */
	get pageUrl(): string {
		return `${this.origin}/#${TOKEN_FRAGMENT}=${this.#options.token}`;
	}

	/** Connections now. */
	get clients(): number {
		return this.#clients.size;
	}

	/** Clients ever that were too slow. */
	get lagged(): number {
		return this.#lagged;
	}

	async close(): Promise<void> {
		clearInterval(this.#ping);
		this.#stopListening();
		const closed = new Promise((resolve) => this.#server.close(resolve));
		for (const client of this.#clients) client.close(1001, "the stream ends");
		// The close frames are on their way; nobody is waited for who does not answer them.
		await new Promise((resolve) => setTimeout(resolve, 100));
		for (const client of this.#clients) client.terminate();
		this.#server.closeAllConnections();
		await closed;
	}

	get #address(): AddressInfo {
		return this.#server.address() as AddressInfo;
	}

	async #listen(): Promise<void> {
		const { bind, feed, token } = this.#options;
		await new Promise<void>((resolve, reject) => {
			this.#server.once("error", (error) => reject(listenError(error, bind)));
			this.#server.listen(bind.port, bind.host, resolve);
		});
		this.#server.on("error", (error) => this.#options.note(error.message));
		this.#access = new Access({
			port: this.#address.port,
			isRemote: !isLoopback(bind.host),
			token,
		});
		this.#stopListening = feed.listen({
			patch: (patch) => this.#pages.patch(patch),
			line: (line) => this.#events.line(line),
			status: (status) => {
				this.#pages.tell({ type: "status", status });
				this.#events.status(status);
			},
			settings: (settings) => this.#pages.tell({ type: "settings", settings }),
			reset: () => this.#pages.reset(),
		});
		this.#ping = setInterval(() => {
			this.#events.ping();
			for (const client of this.#clients) client.ping();
		}, this.#limits.pingEveryMs);
	}

	async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { method, url = "/", headers } = request;
		const refusal = this.#access?.refuseRequest(headers) ?? null;
		let answer = text(405, "only GET\n", { allow: "GET, HEAD" });
		if (refusal !== null) {
			this.#options.note(`refused a request: ${refusal.reason}`);
			answer = text(refusal.status, "refused\n");
		} else if (method === "GET" || method === "HEAD") {
			try {
				answer = await answerTo(url, headers.host ?? "", this.#options.pageFolder);
			} catch (error) {
				this.#options.note(`cannot serve the page: ${String(error)}`);
				answer = text(500, "the page is not there\n");
			}
		}
		const length = Buffer.byteLength(answer.body);
		response.writeHead(answer.status, { ...answer.headers, "content-length": length });
		response.end(method === "HEAD" ? undefined : answer.body);
	}

	#upgrade(request: IncomingMessage, transport: Duplex, head: Buffer): void {
		transport.on("error", () => transport.destroy());
		const refusal = this.#refusalOf(request);
		if (refusal !== null) {
			this.#options.note(`refused a connection: ${refusal.reason}`);
			transport.end(`HTTP/1.1 ${refusal.status} Refused\r\nConnection: close\r\n\r\n`);
			return;
		}
		this.#sockets.handleUpgrade(request, transport, head, (socket) => {
			this.#connected(socket, transport);
		});
	}

	#refusalOf(request: IncomingMessage): { status: number; reason: string } | null {
		const refusal = this.#access?.refuseStream(request.headers) ?? null;
		if (refusal !== null) return refusal;
		if (request.url?.replace(/\?.*$/s, "") !== "/stream") {
			return { status: 404, reason: "nothing but /stream takes connections" };
		}
		if (this.#clients.size < this.#limits.maxClients) return null;
		return { status: 503, reason: `${this.#limits.maxClients} clients are connected already` };
	}

	#connected(socket: WebSocket, transport: Duplex): void {
		const client = new StreamClient(socket, transport, {
			maxBufferedBytes: this.#limits.maxBufferedBytes,
			lagged: () => {
				this.#lagged++;
			},
		});
		const channel = this.#channelOf(socket.protocol);
		this.#clients.add(client);
		socket.on("close", () => {
			this.#clients.delete(client);
			channel.remove(client);
		});
		socket.on("message", (data, isBinary) => {
			if (!isBinary) channel.receive?.(client, String(data));
		});
		channel.add(client);
	}

	#channelOf(subprotocol: string): Channel {
		if (subprotocol === PAGE_SUBPROTOCOL) return this.#pages;
		return subprotocol === INSIGHTS_SUBPROTOCOL ? this.#insights : this.#events;
	}
}

/** Never the token, which stands among what is offered. */
function subprotocolOf(offered: Set<string>): string | false {
	const known = [PAGE_SUBPROTOCOL, INSIGHTS_SUBPROTOCOL, BEARER_SUBPROTOCOL];
	return known.find((each) => offered.has(each)) ?? false;
}

function listenError(error: NodeJS.ErrnoException, { host, port }: BindAddress): StreamError {
	const where = `${urlHost(host)}:${port}`;
	const code = error.code ?? "";
	if (code === "EADDRINUSE") {
		return new StreamError(`cannot listen on ${where}: another program has the port`, code);
	}
	return new StreamError(`cannot listen on ${where}: ${error.message}`, code);
}
