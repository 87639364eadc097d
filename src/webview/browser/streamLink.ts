import type { HostMessage, PageMessage, SourceStatus } from "../../protocol/messages.ts";
import { PAGE_SUBPROTOCOL } from "../../protocol/stream.ts";
import { downloadView } from "./download.ts";
import { StreamSocket } from "./streamSocket.ts";

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

/** Carries the panel's messages over a WebSocket. */
export class StreamLink {
	readonly #host: StreamLinkHost;
	readonly #socket: StreamSocket;
	/** The page's own first message, repeated on every connection. */
	#ready: PageMessage | null = null;

	constructor(host: StreamLinkHost) {
		this.#host = host;
		this.#socket = new StreamSocket({
			url: host.url,
			token: host.token,
			subprotocol: PAGE_SUBPROTOCOL,
			opened: () => this.#socket.send(this.#ready),
			received: (message) => host.deliver(message),
			broken: (connection, reason) => this.#tell(connection, reason),
		});
	}

	post(message: PageMessage): void {
		if (message.type === "copyId") this.#host.copy(message.id);
		else if (message.type === "exported") downloadView(message.format, message.data);
		else if (message.type === "ready") this.#begin(message);
		else this.#socket.send(message);
	}

	#begin(message: PageMessage): void {
		this.#ready = message;
		this.#socket.begin();
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
