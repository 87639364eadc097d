import type { HostMessage, PageMessage, SourceStatus } from "../../protocol/messages.ts";
import { BEARER_SUBPROTOCOL, LAGGED_CODE, PAGE_SUBPROTOCOL } from "../../protocol/stream.ts";
import { downloadView } from "./download.ts";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

/** What the link needs of the browser. */
interface StreamLinkHost {
	/** Address of the stream, `ws://...`. */
	readonly url: string;
	/** Empty where the page was opened without one. */
	readonly token: string;
	/** Hands a message to the page, as the editor would. */
	deliver(message: unknown): void;
	copy(text: string): void;
}

/** Carries the panel's messages over a WebSocket, and connects again whenever it breaks. */
export class StreamLink {
	readonly #host: StreamLinkHost;
	#socket: WebSocket | null = null;
	/** The page's own first message, repeated on every connection. */
	#ready: PageMessage | null = null;
	#wait = FIRST_WAIT_MS;
	#hasBeenOpen = false;

	constructor(host: StreamLinkHost) {
		this.#host = host;
	}

	post(message: PageMessage): void {
		if (message.type === "copyId") this.#host.copy(message.id);
		else if (message.type === "exported") downloadView(message.format, message.data);
		else if (message.type === "ready") this.#begin(message);
		else this.#send(message);
	}

	#begin(message: PageMessage): void {
		this.#ready = message;
		if (this.#host.token === "") {
			const advice = "Open the whole address that the stream was started with.";
			this.#tell("disconnected", `This page needs its token. ${advice}`);
			return;
		}
		this.#connect();
	}

	#connect(): void {
		const { url, token } = this.#host;
		const socket = new WebSocket(url, [PAGE_SUBPROTOCOL, BEARER_SUBPROTOCOL, token]);
		this.#socket = socket;
		socket.addEventListener("open", () => {
			this.#wait = FIRST_WAIT_MS;
			this.#hasBeenOpen = true;
			if (this.#ready !== null) this.#send(this.#ready);
		});
		socket.addEventListener("message", ({ data }) => this.#received(data));
		socket.addEventListener("close", ({ code }) => this.#closed(code));
	}

	#send(message: PageMessage): void {
		if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
	}

	#received(data: unknown): void {
		const message = JSON.parse(String(data)) as HostMessage;
		this.#host.deliver(message);
	}

	/** Why a connection was refused is not told to pages. */
	#closed(code: number): void {
		const reason =
			code === LAGGED_CODE ? "This page was too slow for the stream." : "The stream is away.";
		if (this.#hasBeenOpen) this.#tell("reconnecting", `${reason} Connecting again.`);
		else this.#tell("disconnected", "The stream is not there, or does not know this page's token.");
		setTimeout(() => this.#connect(), this.#wait);
		this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
	}

	#tell(connection: SourceStatus["connection"], message: string): void {
		const status: SourceStatus = {
			connection,
			source: "stream",
			message,
			phase: "live",
			areHooksReady: false,
		};
		this.#host.deliver({ type: "status", status } satisfies HostMessage);
	}
}
