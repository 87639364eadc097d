import type { InsightsHostMessage, InsightsPageMessage } from "../../protocol/insightsMessages.ts";
import { INSIGHTS_SUBPROTOCOL } from "../../protocol/stream.ts";
import { downloadChart } from "./download.ts";
import { StreamSocket } from "./streamSocket.ts";

/** What the link needs of the browser. */
interface InsightsLinkHost {
	/** Address of the stream, `ws://...`. */
	readonly url: string;
	/** Empty where the page was opened without one. */
	readonly token: string;
	/** What the page asked to be remembered. */
	readonly view: unknown;
	/** Hands a message to the page, as the editor would. */
	deliver(message: InsightsHostMessage): void;
	remember(view: unknown): void;
}

/** Carries questions of the page of figures over a WebSocket, and does what a browser can do itself. */
export class InsightsLink {
	readonly #host: InsightsLinkHost;
	readonly #socket: StreamSocket;
	readonly #open = new Set<number>();
	#hasBegun = false;
	/** Why there is no connection. */
	#reason = "";

	constructor(host: InsightsLinkHost) {
		this.#host = host;
		this.#socket = new StreamSocket({
			url: host.url,
			token: host.token,
			subprotocol: INSIGHTS_SUBPROTOCOL,
			opened: () => this.#opened(),
			received: (message) => this.#received(message as InsightsHostMessage),
			broken: (_connection, reason) => this.#broken(reason),
		});
	}

	post(message: InsightsPageMessage): void {
		if (message.type === "ready") this.#socket.begin();
		else if (message.type === "remember") this.#host.remember(message.view);
		else if (message.type === "save") downloadChart(message.mime, message.name, message.data);
		else if (message.type !== "ask") this.#socket.send(message);
		else if (this.#socket.isOpen) {
			this.#open.add(message.id);
			this.#socket.send(message);
		} else this.#fail(message.id);
	}

	/** A page that has begun keeps what it shows, and asks again. */
	#opened(): void {
		if (this.#hasBegun) this.#host.deliver({ type: "changed" });
		else this.#begin();
	}

	#broken(reason: string): void {
		this.#reason = reason;
		for (const id of this.#open) this.#fail(id);
		this.#open.clear();
		if (!this.#hasBegun) this.#begin();
	}

	#begin(): void {
		this.#hasBegun = true;
		this.#host.deliver({ type: "settings", canOpen: false, view: this.#host.view });
	}

	#received(message: InsightsHostMessage): void {
		if (message.type === "answer" || message.type === "failed") this.#open.delete(message.id);
		this.#host.deliver(message);
	}

	#fail(id: number): void {
		this.#host.deliver({ type: "failed", id, message: this.#reason });
	}
}
