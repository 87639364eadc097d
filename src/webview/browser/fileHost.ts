import { LiveGraph } from "../../model/graph/liveGraph.ts";
import { nodeDetail } from "../../model/graph/told/nodeDetail.ts";
import { sessionSummary } from "../../model/graph/told/sessionSummary.ts";
import type { SessionExport } from "../../model/recording/sessionExport.ts";
import { formatDateTime } from "../../model/views/format.ts";
import {
	DEFAULT_PANEL_SETTINGS,
	type HostMessage,
	type PageMessage,
	PROTOCOL_VERSION,
	type SourceStatus,
} from "../../protocol/messages.ts";
import { downloadView } from "./download.ts";

/** Answers the page from a session that stands in the same file. */
export class FileHost {
	readonly #session: SessionExport;
	readonly #deliver: (message: HostMessage) => void;
	readonly #graph = new LiveGraph();
	readonly #now: number;
	#seq = 0;

	constructor(session: SessionExport, deliver: (message: HostMessage) => void) {
		this.#session = session;
		this.#deliver = deliver;
		this.#now = Date.parse(session.exportedAt);
		for (const event of session.events) this.#graph.apply(event);
		this.#graph.reap(this.#now, DEFAULT_PANEL_SETTINGS.lostAfterMs);
	}

	post(message: PageMessage): void {
		switch (message.type) {
			case "ready":
				this.#deliver({ type: "settings", settings: DEFAULT_PANEL_SETTINGS });
				this.#deliver({ type: "status", status: this.#status() });
				this.#sendSnapshot();
				break;
			case "resync":
				this.#sendSnapshot();
				break;
			case "selected":
				this.#sendDetail(message.id);
				break;
			case "summarise":
				this.#sendSummary(message.id);
				break;
			case "record":
				if (message.id !== null) this.#sendRecording();
				break;
			case "copyId":
				void navigator.clipboard.writeText(message.id);
				break;
			case "exported":
				downloadView(message.format, message.data);
				break;
			default:
			// What only an editor can do.
		}
	}

	#status(): SourceStatus {
		return {
			connection: "connected",
			source: "past",
			message: `A session as it was exported on ${formatDateTime(this.#now)}.`,
			phase: "live",
			areHooksReady: false,
		};
	}

	#sendSnapshot(): void {
		this.#seq++;
		this.#deliver({
			type: "snapshot",
			protocol: PROTOCOL_VERSION,
			seq: this.#seq,
			now: this.#now,
			graph: this.#graph.snapshot(),
		});
	}

	#sendDetail(key: string | null): void {
		const detail = key === null ? null : nodeDetail(this.#graph, key);
		if (detail !== null) this.#deliver({ type: "detail", detail });
	}

	#sendSummary(key: string): void {
		const summary = sessionSummary(this.#graph, key);
		if (summary !== null) this.#deliver({ type: "summary", summary });
	}

	#sendRecording(): void {
		const { session, events } = this.#session;
		this.#deliver({ type: "recorded", session, events, isFirst: true, isWhole: true });
	}
}
