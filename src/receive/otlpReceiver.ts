import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { OTLP_PATHS, type OtlpKind } from "../ingest/otlp/otlpRecords.ts";
import { tallyReceived, writeReceived } from "../ingest/otlp/receivedFigures.ts";
import type { PriceOf } from "../model/usage/price.ts";
import { parseBind, urlHost } from "../stream/bindAddress.ts";
import { Allowance } from "./allowance.ts";
import { Intake } from "./intake.ts";
import { ReceiverAccess } from "./receiverAccess.ts";
import { BodyError, type BodyLimits, bodyOf } from "./requestBody.ts";

/** Where clients send OTLP unless told otherwise. */
const DEFAULT_RECEIVE_BIND = "127.0.0.1:4318";

/** Bounds; the defaults are what is shipped. */
interface ReceiverLimits extends BodyLimits {
	readonly burst: number;
	readonly perSecond: number;
	/** Requests that may be on their way at a time. */
	readonly atOnce: number;
}

const DEFAULT_RECEIVER_LIMITS: ReceiverLimits = {
	sent: 4 * 1024 * 1024,
	unpacked: 16 * 1024 * 1024,
	burst: 200,
	perSecond: 50,
	atOnce: 16,
};

/** Seconds until a client may try again what the log did not take. */
const RETRY_WRITE_S = 5;
/** How often it is looked for what waits no more, and the figures are written, ms. */
const ROUND_MS = 2000;

export interface OtlpReceiverOptions {
	/** `host:port` of this machine; empty for the usual one. */
	readonly bind: string;
	/** Empty for none. */
	readonly token: string;
	readonly eventsFile: string;
	readonly priceOf: PriceOf;
	/** Told what was refused and what went wrong; never the token. */
	readonly note: (text: string) => void;
	readonly limits?: Partial<ReceiverLimits>;
}

/** Takes what clients send over OTLP/HTTP, on this machine alone. */
export class OtlpReceiver {
	readonly #options: OtlpReceiverOptions;
	readonly #limits: ReceiverLimits;
	readonly #access: ReceiverAccess;
	readonly #allowance: Allowance;
	readonly #intake: Intake;
	readonly #server: Server;
	#round: NodeJS.Timeout | undefined;
	#atWork = 0;
	/** The figures as they were written last. */
	#written = "";

	private constructor(options: OtlpReceiverOptions) {
		this.#options = options;
		this.#limits = { ...DEFAULT_RECEIVER_LIMITS, ...options.limits };
		this.#access = new ReceiverAccess(options.token);
		this.#allowance = new Allowance(this.#limits.burst, this.#limits.perSecond);
		this.#intake = new Intake(options.eventsFile, options.priceOf);
		this.#written = JSON.stringify(this.#intake.figures);
		this.#server = createServer(
			{ maxHeaderSize: 16_384, headersTimeout: 10_000, requestTimeout: 30_000 },
			(request, response) => void this.#answer(request, response),
		);
		this.#server.maxConnections = 200;
	}

	/** @throws Error, with the system's `code`, where the address can not be listened on */
	static async start(options: OtlpReceiverOptions): Promise<OtlpReceiver> {
		const bind = parseBind(options.bind.trim() || DEFAULT_RECEIVE_BIND);
		const receiver = new OtlpReceiver(options);
		const server = receiver.#server;
		await new Promise<void>((resolve, reject) => {
			server.once("error", reject);
			server.listen(bind.port, bind.host, resolve);
		});
		server.on("error", (error) => options.note(error.message));
		receiver.#round = setInterval(() => receiver.#settle(Date.now()), ROUND_MS);
		return receiver;
	}

	/** `http://` and what is listened on. */
	get origin(): string {
		const { address, port } = this.#server.address() as AddressInfo;
		return `http://${urlHost(address)}:${port}`;
	}

	async close(): Promise<void> {
		clearInterval(this.#round);
		const closed = new Promise((resolve) => this.#server.close(resolve));
		this.#server.closeAllConnections();
		await closed;
		// Nobody waits any more.
		this.#settle(Number.POSITIVE_INFINITY);
	}

	async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		this.#atWork++;
		let answer: Answer;
		try {
			answer = await this.#received(request);
		} catch (error) {
			answer =
				error instanceof BodyError ? refusal(error.status, error.message) : this.#failed(error);
		} finally {
			this.#atWork--;
		}
		if (answer.status !== 200) tallyReceived(this.#intake.figures.refused, String(answer.status));
		if (response.destroyed) return;
		// What is left of a request that is not read to its end is nobody's.
		const close = request.complete ? {} : { connection: "close" };
		response.writeHead(answer.status, { ...answer.headers, ...close });
		response.end(answer.body);
	}

	async #received(request: IncomingMessage): Promise<Answer> {
		// First, or a page of any site could use up what clients may send.
		const refused = this.#access.refuse(request.headers);
		if (refused !== null) return refusal(refused.status, refused.reason);
		const waitS = this.#allowance.take(performance.now());
		if (waitS > 0) return refusal(429, "too many requests", waitS);
		if (this.#atWork > this.#limits.atOnce) return refusal(429, "too many requests at a time", 1);
		const kind = kindOf(request.url ?? "");
		if (kind === null) return refusal(404, `nothing but ${Object.keys(OTLP_PATHS).join(", ")}`);
		if (request.method !== "POST") return refusal(405, "only POST");
		if (!/^application\/json\b/i.test(request.headers["content-type"] ?? "")) {
			return refusal(415, "only JSON: set the protocol to http/json");
		}
		const body = parsed(await bodyOf(request, this.#limits));
		if (body === undefined) return refusal(400, "this is not JSON");
		if (this.#intake.take(kind, body, Date.now()))
			return { status: 200, headers: JSON_TYPE, body: "{}" };
		return refusal(400, `this is no request for ${request.url}`);
	}

	/** The log took nothing; what was read waits, and the client may well send it again. */
	#failed(error: unknown): Answer {
		this.#options.note(`received, and not written yet: ${String(error)}`);
		return refusal(503, "the event log can not be written", RETRY_WRITE_S);
	}

	/** @param now ms since the epoch */
	#settle(now: number): void {
		try {
			this.#intake.settle(now);
			const figures = JSON.stringify(this.#intake.figures);
			if (figures === this.#written) return;
			writeReceived(this.#options.eventsFile, this.#intake.figures);
			this.#written = figures;
		} catch (error) {
			this.#options.note(String(error));
		}
	}
}

interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

const JSON_TYPE = { "content-type": "application/json" };

/** As OTLP has it: a `Status` with words for people. @param retryS seconds until it may be tried again */
function refusal(status: number, message: string, retryS?: number): Answer {
	const retry = retryS === undefined ? {} : { "retry-after": String(retryS) };
	return { status, headers: { ...JSON_TYPE, ...retry }, body: JSON.stringify({ message }) };
}

function kindOf(url: string): OtlpKind | null {
	const path = url.replace(/\?.*$/s, "");
	return Object.hasOwn(OTLP_PATHS, path) ? OTLP_PATHS[path as keyof typeof OTLP_PATHS] : null;
}

function parsed(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString("utf8"));
	} catch {
		return undefined;
	}
}
