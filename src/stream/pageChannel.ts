import type { GraphFeed } from "../live/graphFeed.ts";
import { PageRecording } from "../live/recording/pageRecording.ts";
import { nodeDetail } from "../model/graph/told/nodeDetail.ts";
import { sessionSummary } from "../model/graph/told/sessionSummary.ts";
import type { GraphPatch } from "../model/views/view.ts";
import { assertNever, type HostMessage, PROTOCOL_VERSION } from "../protocol/messages.ts";
import { parsePageMessage } from "../protocol/pageMessage.ts";
import { bytesOf, parsed } from "./messageText.ts";
import type { StreamClient } from "./streamClient.ts";

/** What is known of a page. */
interface PageState {
	selected: string | null;
	readonly recording: PageRecording;
}

/** The panel's own messages for pages in any browser: they see all and can change nothing. */
export class PageChannel {
	readonly #feed: GraphFeed;
	readonly #report: (problem: string) => void;
	readonly #pages = new Map<StreamClient, PageState>();
	/** One count for all pages, so that a patch is the same bytes for each. */
	#seq = 0;

	/** @param report told of what goes wrong in a page */
	constructor(feed: GraphFeed, report: (problem: string) => void) {
		this.#feed = feed;
		this.#report = report;
	}

	/** A page gets nothing before it says that it is ready. */
	add(client: StreamClient): void {
		const recording = new PageRecording(this.#feed, (message) => this.#send(client, message));
		this.#pages.set(client, { selected: null, recording });
	}

	remove(client: StreamClient): void {
		this.#pages.get(client)?.recording.want(null);
		this.#pages.delete(client);
	}

	receive(client: StreamClient, text: string): void {
		const message = parsePageMessage(parsed(text));
		const page = this.#pages.get(client);
		if (message === null || page === undefined) return;
		switch (message.type) {
			case "ready":
				client.isBegun = true;
				this.#send(client, { type: "settings", settings: this.#feed.settings });
				this.#send(client, { type: "status", status: this.#feed.status });
				this.#sendSnapshot(client);
				break;
			case "resync":
				this.#sendSnapshot(client);
				break;
			case "selected":
				page.selected = message.id;
				this.#sendDetail(client, page);
				break;
			case "record":
				page.recording.want(message.id);
				break;
			case "summarise":
				this.#sendSummary(client, message.id);
				break;
			case "clientError":
				this.#report(message.message);
				break;
			// The page's own host in the browser copies; what an editor does is not to be had here.
			case "copyId":
			case "openTranscript":
			case "openFile":
			case "askReason":
			case "exported":
			case "exportSession":
			case "invoke":
				break;
			default:
				assertNever(message);
		}
	}

	patch(patch: GraphPatch): void {
		this.#seq++;
		this.#sendAll({ type: "patch", seq: this.#seq, now: Date.now(), patch });
		const changed = new Set(patch.upserts.map(({ key }) => key));
		for (const [client, page] of this.#pages) {
			if (page.selected !== null && changed.has(page.selected)) this.#sendDetail(client, page);
		}
	}

	/** Settings and status are for everyone alike. */
	tell(message: Extract<HostMessage, { type: "settings" | "status" }>): void {
		this.#sendAll(message);
	}

	reset(): void {
		for (const client of this.#pages.keys()) this.#sendSnapshot(client);
	}

	#sendSnapshot(client: StreamClient): void {
		if (!client.isBegun || !this.#feed.isShown) return;
		this.#send(client, {
			type: "snapshot",
			protocol: PROTOCOL_VERSION,
			seq: this.#seq,
			now: Date.now(),
			graph: this.#feed.shown.snapshot(),
		});
	}

	#sendDetail(client: StreamClient, { selected }: PageState): void {
		const detail = selected === null ? null : nodeDetail(this.#feed.shown, selected);
		if (detail !== null) this.#send(client, { type: "detail", detail });
	}

	#sendSummary(client: StreamClient, key: string): void {
		const summary = sessionSummary(this.#feed.shown, key);
		if (summary !== null) this.#send(client, { type: "summary", summary });
	}

	#send(client: StreamClient, message: HostMessage): void {
		if (client.isBegun) client.send(bytesOf(message));
	}

	#sendAll(message: HostMessage): void {
		if (this.#pages.size === 0) return;
		const bytes = bytesOf(message);
		for (const client of this.#pages.keys()) if (client.isBegun) client.send(bytes);
	}
}
