import { request } from "node:http";
import { type ClientOptions, WebSocket } from "ws";
import { inProject } from "../../../scripts/paths.ts";
import type { FeedListener, GraphFeed } from "../../../src/live/graphFeed.ts";
import type { RecordedPart } from "../../../src/live/recording/partGatherer.ts";
import { LiveGraph } from "../../../src/model/graph/liveGraph.ts";
import type { InsightQuestion, InsightsSource } from "../../../src/protocol/insightsMessages.ts";
import {
	DEFAULT_PANEL_SETTINGS,
	type FeedPhase,
	type SourceStatus,
} from "../../../src/protocol/messages.ts";
import { BEARER_SUBPROTOCOL } from "../../../src/protocol/stream.ts";
import { type StreamLimits, StreamServer } from "../../../src/stream/streamServer.ts";
import { applyLine } from "../log/applyLine.ts";

export const TOKEN = "a-token-that-is-made-for-tests-only-00000000";

/** A feed that changes when it is told to. */
export class FakeFeed implements GraphFeed {
	shown = new LiveGraph();
	status: SourceStatus = {
		connection: "connected",
		source: "log",
		message: "Following F",
		phase: "live",
		areHooksReady: false,
	};
	readonly settings = DEFAULT_PANEL_SETTINGS;
	/** Whoever is told of a session, by its id. */
	readonly recorders = new Map<string, (part: RecordedPart) => void>();
	readonly #listeners = new Set<FeedListener>();

	get followed(): LiveGraph {
		return this.shown;
	}

	get isShown(): boolean {
		return this.status.phase !== "reading";
	}

	get listeners(): number {
		return this.#listeners.size;
	}

	record(session: string, tell: (part: RecordedPart) => void): () => void {
		this.recorders.set(session, tell);
		return () => this.recorders.delete(session);
	}

	listen(listener: FeedListener): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** As a tail does: many lines at once, then what they changed. */
	append(...events: readonly unknown[]): void {
		for (const event of events) {
			const line = typeof event === "string" ? event : JSON.stringify(event);
			applyLine(this.shown, line);
			if (this.isShown) for (const each of this.#listeners) each.line?.(line);
		}
		const patch = this.shown.takePatch();
		if (patch !== null) for (const each of this.#listeners) each.patch?.(patch);
	}

	enter(phase: FeedPhase): void {
		this.status = { ...this.status, phase };
		for (const each of this.#listeners) each.status?.(this.status);
		this.reset();
	}

	reset(): void {
		for (const each of this.#listeners) each.reset?.();
	}
}

/** Answers with what it was asked, or not at all, and changes when it is told to. */
export class FakeInsights implements InsightsSource {
	/** Answers in place of an echo. */
	answerWith: (question: InsightQuestion) => unknown = (question) => question;
	readonly #listeners = new Set<() => void>();

	get listeners(): number {
		return this.#listeners.size;
	}

	async answer(question: InsightQuestion): ReturnType<InsightsSource["answer"]> {
		return this.answerWith(question) as Awaited<ReturnType<InsightsSource["answer"]>>;
	}

	listen(changed: () => void): () => void {
		this.#listeners.add(changed);
		return () => this.#listeners.delete(changed);
	}

	change(): void {
		for (const changed of this.#listeners) changed();
	}
}

/** One server for each test, with whatever it refused and noted. */
export class StreamLab {
	readonly feed = new FakeFeed();
	readonly insights = new FakeInsights();
	readonly notes: string[] = [];
	readonly #connections: Connection[] = [];
	#server: StreamServer | null = null;

	async start(limits: Partial<StreamLimits> = {}, port = 0): Promise<StreamServer> {
		this.#server = await StreamServer.start({
			bind: { host: "127.0.0.1", port },
			token: TOKEN,
			feed: this.feed,
			insights: () => this.insights,
			pageFolder: inProject("dist", "webview"),
			note: (text) => this.notes.push(text),
			limits,
		});
		return this.#server;
	}

	get server(): StreamServer {
		if (this.#server === null) throw new Error("no server was started");
		return this.#server;
	}

	get url(): string {
		return `${this.server.origin.replace("http", "ws")}/stream`;
	}

	/** Asks for a connection; whether it was given shows in what it answers. */
	connect(options: ConnectOptions = {}): Connection {
		const { token = TOKEN, protocols = [], ...rest } = options;
		const offered = token === null ? protocols : [...protocols, BEARER_SUBPROTOCOL, token];
		const connection = new Connection(new WebSocket(options.url ?? this.url, [...offered], rest));
		this.#connections.push(connection);
		return connection;
	}

	/** @returns status, headers and body of a GET */
	get(path: string, headers: Readonly<Record<string, string>> = {}, method = "GET") {
		return new Promise<{
			status: number | undefined;
			headers: NodeJS.Dict<string | string[]>;
			body: string;
		}>((resolve, reject) => {
			const asked = request(`${this.server.origin}${path}`, { headers, method }, (response) => {
				let body = "";
				response.setEncoding("utf8").on("data", (text: string) => {
					body += text;
				});
				response.on("end", () =>
					resolve({ status: response.statusCode, headers: response.headers, body }),
				);
			});
			asked.on("error", reject).end();
		});
	}

	async stop(): Promise<void> {
		for (const { socket } of this.#connections.splice(0)) socket.terminate();
		await this.#server?.close();
		this.#server = null;
	}
}

export interface ConnectOptions extends ClientOptions {
	readonly url?: string;
	/** null for none. */
	readonly token?: string | null;
	/** Offered before the token. */
	readonly protocols?: readonly string[];
}

/** A message of either kind, as it was parsed. */
export interface StreamMessage {
	readonly type: string;
	readonly seq?: number;
	readonly [field: string]: unknown;
}

/** The client's end: keeps what came, and lets a test wait for more. */
export class Connection {
	readonly socket: WebSocket;
	readonly messages: StreamMessage[] = [];
	/** Status of a refusal; null while there is none. */
	refusal: number | null = null;
	closed: { code: number; reason: string } | null = null;
	#waiters: (() => void)[] = [];

	constructor(socket: WebSocket) {
		this.socket = socket;
		socket.on("message", (data) => {
			this.messages.push(JSON.parse(String(data)));
			this.#wake();
		});
		socket.on("open", () => this.#wake());
		socket.on("unexpected-response", (_request, { statusCode }) => {
			this.refusal = statusCode ?? 0;
			socket.terminate();
			this.#wake();
		});
		socket.on("close", (code, reason) => {
			this.closed = { code, reason: String(reason) };
			this.#wake();
		});
		socket.on("error", () => {});
	}

	async until(isWanted: () => boolean): Promise<void> {
		while (!isWanted()) await new Promise<void>((resolve) => this.#waiters.push(resolve));
	}

	async count(messages: number): Promise<readonly StreamMessage[]> {
		await this.until(() => this.messages.length >= messages);
		return this.messages;
	}

	/** Status that the connection was refused with; fails the test by waiting where it was not. */
	async refused(): Promise<number | null> {
		await this.until(() => this.refusal !== null);
		return this.refusal;
	}

	async ended(): Promise<{ code: number; reason: string } | null> {
		await this.until(() => this.closed !== null);
		return this.closed;
	}

	send(message: unknown): void {
		this.socket.send(typeof message === "string" ? message : JSON.stringify(message));
	}

	#wake(): void {
		for (const wake of this.#waiters.splice(0)) wake();
	}
}
