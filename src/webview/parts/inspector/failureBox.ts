import { isFailure } from "../../../model/calls/mergeCalls.ts";
import { toolName } from "../../../model/views/doing.ts";
import type { CallView, NodeDetail } from "../../../model/views/view.ts";
import { clip } from "../../text/clip.ts";
import { button, el, setText, show } from "../dom.ts";

/** Why a node failed, or its latest failed call, with the way to where that stands. */
export class FailureBox {
	readonly element = el("section", { class: "failure", attrs: { "aria-label": "Failure" } });
	readonly #title = el("p", { class: "failure-title" });
	readonly #reason = el("p", { class: "reason" });
	readonly #open: HTMLElement;
	#call = "";

	/** @param onOpen asks for a call's place in the transcript, by the call's id */
	constructor(onOpen: (call: string) => void) {
		this.#open = button("Open at this call", { class: "button" }, () => onOpen(this.#call));
		this.element.append(this.#title, this.#reason, this.#open);
		show(this.element, false);
	}

	/** @param reason empty while nothing tells why */
	update(told: {
		readonly detail: NodeDetail | null;
		readonly reason: string;
		readonly canOpen: boolean;
	}): void {
		show(this.element, told.reason !== "");
		if (told.reason === "") return;
		const failed = told.detail?.recent.findLast(isFailure);
		this.#call = failed?.id ?? "";
		setText(this.#title, failed === undefined ? "" : failureTitle(failed));
		show(this.#title, failed !== undefined);
		setText(this.#reason, told.reason);
		show(this.#open, told.canOpen && failed !== undefined);
	}
}

/** As in "Bash cargo failed · exit 101". */
function failureTitle({ tool, detail, errorClass }: CallView): string {
	const what = [toolName(tool), detail].filter(Boolean).join(" ");
	const why = errorClass.replaceAll("_", " ");
	return clip([`${what} failed`, why].filter(Boolean).join(" · "), 120);
}
