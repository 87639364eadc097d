import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { LAGGED_CODE } from "../protocol/stream.ts";

/** Time that a client which lagged, or is sent away, has to read the reason, ms. */
const FAREWELL_MS = 5000;

interface StreamClientOptions {
	/** What may wait for the client before it counts as too slow. */
	readonly maxBufferedBytes: number;
	/** Called once when it does. */
	lagged(): void;
}

/**
 * One connection. What a client has not read yet waits in memory, so there is a bound to it: one
 * that is too slow is told so and let go; it never misses a message in the middle.
 */
export class StreamClient {
	readonly #socket: WebSocket;
	readonly #transport: Duplex;
	readonly #options: StreamClientOptions;
	#farewell: NodeJS.Timeout | undefined;
	/** Nothing has come back since the last ping. */
	#isPingOpen = false;
	/** Has its snapshot, and gets what follows. */
	isBegun = false;

	constructor(socket: WebSocket, transport: Duplex, options: StreamClientOptions) {
		this.#socket = socket;
		this.#transport = transport;
		this.#options = options;
		socket.on("pong", () => {
			this.#isPingOpen = false;
		});
		socket.on("close", () => clearTimeout(this.#farewell));
		// What went wrong shows in the close that follows.
		socket.on("error", () => {});
	}

	get isOpen(): boolean {
		return this.#socket.readyState === this.#socket.OPEN;
	}

	/** Sends whole messages in order; the buffers are shared between clients and never changed. */
	send(...messages: readonly Buffer[]): void {
		if (!this.isOpen) return;
		if (this.#socket.bufferedAmount > this.#options.maxBufferedBytes) {
			this.#options.lagged();
			this.close(LAGGED_CODE, "lagged");
			return;
		}
		// One write to the system for all of them.
		this.#transport.cork();
		for (const message of messages) this.#socket.send(message, { binary: false });
		this.#transport.uncork();
	}

	/** Asks for a sign of life; a client that gave none since the last time is cut off. */
	ping(): void {
		if (this.#isPingOpen) {
			this.#socket.terminate();
			return;
		}
		this.#isPingOpen = true;
		if (this.isOpen) this.#socket.ping();
	}

	close(code: number, reason: string): void {
		this.#socket.close(code, reason);
		this.#farewell ??= setTimeout(() => this.#socket.terminate(), FAREWELL_MS);
	}

	terminate(): void {
		this.#socket.terminate();
	}
}
