import type {
	InsightQuestion,
	InsightsHostMessage,
	InsightsSource,
} from "../protocol/insightsMessages.ts";
import { parseInsightsMessage } from "../protocol/insightsPageMessage.ts";
import { bytesOf, parsed } from "./messageText.ts";
import type { StreamClient } from "./streamClient.ts";

/** Questions of one page that may be open: it asks a few at a time. */
const MAX_OPEN = 32;

/** The messages of the page of figures for any browser: it asks, and can change nothing. */
export class InsightsChannel {
	readonly #sourceOf: () => InsightsSource;
	readonly #report: (problem: string) => void;
	/** Open questions by page. */
	readonly #pages = new Map<StreamClient, number>();
	#stopListening: (() => void) | null = null;

	/**
	 * @param sourceOf called when somebody looks: nothing is opened before
	 * @param report told of what goes wrong in a page
	 */
	constructor(sourceOf: () => InsightsSource, report: (problem: string) => void) {
		this.#sourceOf = sourceOf;
		this.#report = report;
	}

	add(client: StreamClient): void {
		this.#pages.set(client, 0);
		this.#stopListening ??= this.#sourceOf().listen(() => {
			for (const page of this.#pages.keys()) send(page, { type: "changed" });
		});
	}

	remove(client: StreamClient): void {
		this.#pages.delete(client);
		if (this.#pages.size > 0) return;
		this.#stopListening?.();
		this.#stopListening = null;
	}

	/** What only an editor can do is left alone; what a browser can do, the page's own host does. */
	receive(client: StreamClient, text: string): void {
		const message = parseInsightsMessage(parsed(text));
		if (message?.type === "ask") void this.#answer(client, message.id, message.question);
		if (message?.type === "clientError") this.#report(message.message);
	}

	async #answer(client: StreamClient, id: number, question: InsightQuestion): Promise<void> {
		const open = this.#pages.get(client) ?? 0;
		if (open >= MAX_OPEN) {
			send(client, { type: "failed", id, message: "too many questions at a time" });
			return;
		}
		this.#pages.set(client, open + 1);
		try {
			send(client, { type: "answer", id, value: await this.#sourceOf().answer(question) });
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			send(client, { type: "failed", id, message });
		} finally {
			const left = this.#pages.get(client);
			if (left !== undefined) this.#pages.set(client, left - 1);
		}
	}
}

function send(client: StreamClient, message: InsightsHostMessage): void {
	client.send(bytesOf(message));
}
