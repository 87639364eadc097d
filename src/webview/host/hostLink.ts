import type {
	GraphPatch,
	GraphSnapshot,
	NodeDetail,
	SessionSummary,
} from "../../model/views/view.ts";
import {
	assertNever,
	type HostMessage,
	type PageMessage,
	type PanelSettings,
	PROTOCOL_VERSION,
	type ReasonMessage,
	type RecordedMessage,
	type SourceStatus,
	type ViewFormat,
} from "../../protocol/messages.ts";
import type { ErrorReporter } from "./errorReporter.ts";
import { readHostMessage } from "./readHostMessage.ts";

/** What the page does with each message, once it is known to be whole and in order. */
export interface HostHandlers {
	/** `now` is the host's clock at sending, ms since the epoch. */
	onSnapshot(graph: GraphSnapshot, now: number): void;
	onPatch(patch: GraphPatch, now: number): void;
	onSettings(settings: PanelSettings): void;
	onStatus(status: SourceStatus): void;
	onSelect(key: string | null, reveal: boolean): void;
	onHighlight(keys: readonly string[] | null): void;
	onDetail(detail: NodeDetail): void;
	/** Why the node with this key failed, or its latest failed call. */
	onReason(reason: ReasonMessage): void;
	/** The picture is wanted as a file. */
	onExportView(format: ViewFormat): void;
	onSummary(summary: SessionSummary): void;
	/** Some of what was told of the session that was asked for. */
	onRecorded(part: RecordedMessage): void;
	/** The host speaks another protocol: this page is of another version of the extension. */
	onOutdated(): void;
}

/** The page's end of the channel: validates, keeps the order, asks again after a gap. */
export class HostLink {
	readonly #handlers: HostHandlers;
	readonly #errors: ErrorReporter;
	readonly #post: (message: PageMessage) => void;
	/** Number of the last snapshot or patch taken; null while a snapshot is awaited. */
	#seq: number | null = null;
	#hasAskedAgain = false;

	constructor(post: (message: PageMessage) => void, handlers: HostHandlers, errors: ErrorReporter) {
		this.#post = post;
		this.#handlers = handlers;
		this.#errors = errors;
	}

	/** Starts listening, then says `ready`: the host posts nothing before. */
	start(target: Window): void {
		target.addEventListener("message", (event) => this.receive(event.data));
		this.#post({ type: "ready", protocol: PROTOCOL_VERSION });
	}

	receive(data: unknown): void {
		const message = readHostMessage(data);
		if (message === null) this.#errors.report("a malformed message from the host was ignored");
		else if (message === "otherProtocol") this.#handlers.onOutdated();
		else this.#dispatch(message);
	}

	#dispatch(message: HostMessage): void {
		const handlers = this.#handlers;
		switch (message.type) {
			case "snapshot":
				this.#seq = message.seq;
				this.#hasAskedAgain = false;
				handlers.onSnapshot(message.graph, message.now);
				break;
			case "patch":
				this.#takePatch(message);
				break;
			case "settings":
				handlers.onSettings(message.settings);
				break;
			case "status":
				handlers.onStatus(message.status);
				break;
			case "select":
				handlers.onSelect(message.id, message.reveal);
				break;
			case "highlight":
				handlers.onHighlight(message.keys);
				break;
			case "exportView":
				handlers.onExportView(message.format);
				break;
			case "reason":
				handlers.onReason(message);
				break;
			case "detail":
				handlers.onDetail(message.detail);
				break;
			case "summary":
				handlers.onSummary(message.summary);
				break;
			case "recorded":
				handlers.onRecorded(message);
				break;
			default:
				assertNever(message);
		}
	}

	#takePatch(message: Extract<HostMessage, { type: "patch" }>): void {
		if (this.#seq !== null && message.seq === this.#seq + 1) {
			this.#seq = message.seq;
			this.#handlers.onPatch(message.patch, message.now);
			return;
		}
		this.#seq = null;
		// Patches that are under way when the gap is seen would each ask again.
		if (this.#hasAskedAgain) return;
		this.#hasAskedAgain = true;
		this.#post({ type: "resync" });
	}
}
