import { BEARER_SUBPROTOCOL, LAGGED_CODE } from "../../protocol/stream.ts";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

/** What a socket needs of the page's host. */
interface StreamSocketHost {
	/** Address of the stream, `ws://...`. */
	readonly url: string;
	/** Empty where the page was opened without one. */
	readonly token: string;
	/** What messages are wanted. */
	readonly subprotocol: string;
	opened(): void;
	/** A message, parsed. */
	received(message: unknown): void;
	/** There is no connection, and why; `reconnecting` where there has been one. */
	broken(connection: "disconnected" | "reconnecting", reason: string): void;
}

/** A WebSocket to the stream that connects again whenever it breaks. */
export class StreamSocket {
	readonly #host: StreamSocketHost;
	#socket: WebSocket | null = null;
	#wait = FIRST_WAIT_MS;
	#hasBeenOpen = false;

	constructor(host: StreamSocketHost) {
		this.#host = host;
	}

	get isOpen(): boolean {
		return this.#socket?.readyState === WebSocket.OPEN;
	}

	/** Without a token there is nothing to try. */
	begin(): void {
		if (this.#host.token !== "") {
			this.#connect();
			return;
		}
		const advice = "Open the whole address that the stream was started with.";
		this.#host.broken("disconnected", `This page needs its token. ${advice}`);
	}

	/** What is sent while there is no connection is lost. */
	send(message: unknown): void {
		if (this.isOpen) this.#socket?.send(JSON.stringify(message));
	}

	#connect(): void {
		const { url, token, subprotocol } = this.#host;
		const socket = new WebSocket(url, [subprotocol, BEARER_SUBPROTOCOL, token]);
		this.#socket = socket;
		socket.addEventListener("open", () => {
			this.#wait = FIRST_WAIT_MS;
			this.#hasBeenOpen = true;
			this.#host.opened();
		});
		socket.addEventListener("message", ({ data }) => this.#host.received(JSON.parse(String(data))));
		socket.addEventListener("close", ({ code }) => this.#closed(code));
	}

	/** Why a connection was refused is not told to pages. */
	#closed(code: number): void {
		const reason =
			code === LAGGED_CODE ? "This page was too slow for the stream." : "The stream is away.";
		if (this.#hasBeenOpen) this.#host.broken("reconnecting", `${reason} Connecting again.`);
		else {
			const either = "The stream is not there, or does not know this page's token.";
			this.#host.broken("disconnected", either);
		}
		setTimeout(() => this.#connect(), this.#wait);
		this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
	}
}
