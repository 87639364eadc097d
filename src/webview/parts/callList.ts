import type { CallView } from "../../model/views/view.ts";
import { clip } from "../text/clip.ts";
import { formatAge, formatClock, formatDuration } from "../text/numbers.ts";
import { el, setText, show } from "./dom.ts";

interface Row {
	readonly call: CallView;
	readonly element: HTMLElement;
	readonly length: HTMLElement;
}

/** The last calls of the selected node, newest first. */
export class CallList {
	readonly element: HTMLElement;
	readonly #list = el("ol", { class: "calls" });
	#rows: Row[] = [];
	#shown: readonly CallView[] = [];

	constructor() {
		this.element = el("section", {}, el("h3", { text: "Latest" }), this.#list);
	}

	/** `hostNow` in ms since the epoch: calls that go on show their age. */
	update(calls: readonly CallView[], hostNow: number): void {
		show(this.element, calls.length > 0);
		if (calls !== this.#shown) {
			this.#shown = calls;
			this.#rows = calls.toReversed().map(rowOf);
			this.#list.replaceChildren(...this.#rows.map((row) => row.element));
		}
		for (const { call, length } of this.#rows) {
			const age = formatAge(hostNow - call.startedAt);
			setText(length, call.durationMs === null ? age : formatDuration(call.durationMs));
		}
	}
}

function rowOf(call: CallView): Row {
	const [sign, word] = signOf(call);
	const length = el("span", { class: "call-length" });
	const failure = call.success === false ? clip(call.errorClass || "failed", 40) : "";
	const detail = [clip(call.detail, 120), failure].filter(Boolean).join(" · ");
	const element = el(
		"li",
		{ attrs: { "data-result": word } },
		el("span", { class: "call-sign", text: sign, attrs: { role: "img", "aria-label": word } }),
		el("span", { class: "call-time", text: formatClock(call.startedAt) }),
		el("span", { class: "call-tool", text: clip(call.tool, 60) }),
		el("span", { class: "call-detail", text: detail, title: detail }),
		length,
	);
	return { call, element, length };
}

/** Sign and word, as colour alone would not tell a failure. */
function signOf(call: CallView): [sign: string, word: string] {
	if (call.success === null) return ["○", "running"];
	return call.success ? ["●", "succeeded"] : ["✕", "failed"];
}
