import type { Connection, SourceStatus } from "../../protocol/messages.ts";
import { clip } from "../text/clip.ts";
import { el, setAttribute, setText } from "./dom.ts";

const SIGNS: Record<Connection, string> = {
	connected: "●",
	waiting: "○",
	reconnecting: "○",
	disconnected: "✕",
};

/** Connection badge, top right: a sign and a word, so that colour is not all. */
export class Badge {
	readonly element: HTMLElement;
	readonly #sign = el("span", { class: "badge-sign", attrs: { "aria-hidden": "true" } });
	readonly #word = el("span");

	constructor() {
		this.element = el("div", { class: "badge", attrs: { role: "status" } }, this.#sign, this.#word);
		this.element.dataset.connection = "reconnecting";
	}

	/** @param isReplaying what is shown was, and is not now */
	update(status: SourceStatus, isReplaying: boolean): void {
		this.element.dataset.connection = status.connection;
		setText(this.#sign, SIGNS[status.connection]);
		setText(this.#word, isReplaying ? "replay" : wordOf(status));
		setAttribute(this.element, "title", clip(status.message) || null);
	}
}

/** Where nothing is wrong the badge says so: there is only nothing to read yet. */
function wordOf({ connection, areHooksReady, source }: SourceStatus): string {
	if (source === "past") return "past session";
	if (connection !== "waiting") return connection;
	return areHooksReady ? "hooks ready" : "no hooks yet";
}
