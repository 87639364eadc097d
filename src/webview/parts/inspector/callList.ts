import { isFailure } from "../../../model/calls/mergeCalls.ts";
import { toolName } from "../../../model/views/doing.ts";
import { formatClock } from "../../../model/views/format.ts";
import type { CallView } from "../../../model/views/view.ts";
import { clip } from "../../text/clip.ts";
import { formatAge, formatDuration } from "../../text/numbers.ts";
import { el, setText, show } from "../dom.ts";
import { icon } from "../icons.ts";

interface Row {
	readonly call: CallView;
	readonly element: HTMLElement;
	readonly length: HTMLElement;
}

/** What is asked for of a call, by its id. */
interface CallHandlers {
	onOpenTranscript(call: string): void;
	onOpenFile(call: string): void;
}

/** The last calls of the selected node, newest first. */
export class CallList {
	readonly element: HTMLElement;
	readonly #list = el("ol", { class: "calls" });
	#rows: Row[] = [];
	readonly #handlers: CallHandlers;
	#shown: readonly CallView[] = [];
	#canOpen = false;

	constructor(handlers: CallHandlers) {
		this.#handlers = handlers;
		this.element = el("section", {}, el("h3", { text: "Latest" }), this.#list);
	}

	/**
	 * @param hostNow ms since the epoch: calls that go on show their age
	 * @param canOpen whether a call leads to its place in the transcript
	 */
	update(
		calls: readonly CallView[],
		{ hostNow, canOpen }: { readonly hostNow: number; readonly canOpen: boolean },
	): void {
		show(this.element, calls.length > 0);
		if (calls !== this.#shown || canOpen !== this.#canOpen) {
			this.#shown = calls;
			this.#canOpen = canOpen;
			const handlers = canOpen ? this.#handlers : null;
			this.#rows = calls.toReversed().map((call) => rowOf(call, handlers));
			this.#list.replaceChildren(...this.#rows.map((row) => row.element));
		}
		for (const { call, length } of this.#rows) {
			const age = formatAge(hostNow - call.startedAt);
			setText(length, call.durationMs === null ? age : formatDuration(call.durationMs));
		}
	}
}

function rowOf(call: CallView, handlers: CallHandlers | null): Row {
	const [sign, word] = signOf(call);
	const length = el("span", { class: "call-length" });
	const failure = isFailure(call) ? clip(call.errorClass || "failed", 40) : "";
	const detail = [clip(call.detail, 120), failure].filter(Boolean).join(" · ");
	const element = el(
		"li",
		{ attrs: { "data-result": word } },
		el("span", { class: "call-sign", text: sign, attrs: { role: "img", "aria-label": word } }),
		el("span", { class: "call-time", text: formatClock(call.startedAt) }),
		toolOf(call, handlers),
		el("span", { class: "call-detail", text: detail, title: detail }),
		length,
		...fileOf(call, handlers),
	);
	return { call, element, length };
}

/** Leads to the call in the transcript. */
function toolOf(call: CallView, handlers: CallHandlers | null): HTMLElement {
	const text = clip(toolName(call.tool), 60);
	if (handlers === null) return el("span", { class: "call-tool", text });
	const title = "Open in the transcript";
	const attrs = { type: "button" };
	const link = el("button", { class: "call-tool call-link", text, title, attrs });
	link.addEventListener("click", () => handlers.onOpenTranscript(call.id));
	return link;
}

/** Leads to the file that the call touched; only its transcript knows whether it touched one. */
function fileOf(call: CallView, handlers: CallHandlers | null): HTMLElement[] {
	if (handlers === null) return [];
	const title = "Open the file that it touched";
	const attrs = { type: "button", "aria-label": `${title}: ${clip(toolName(call.tool), 60)}` };
	const link = el("button", { class: "icon-button call-file", title, attrs });
	link.append(icon("file"));
	link.addEventListener("click", () => handlers.onOpenFile(call.id));
	return [link];
}

/** Sign and word, as colour alone would not tell a failure. */
function signOf(call: CallView): [sign: string, word: string] {
	if (call.success === null) return ["○", "running"];
	if (call.success) return ["●", "succeeded"];
	return isFailure(call) ? ["✕", "failed"] : ["◌", "cut off"];
}
