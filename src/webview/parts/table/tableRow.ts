import { toolName } from "../../../model/views/doing.ts";
import type { NodeView } from "../../../model/views/view.ts";
import type { ClientLabel } from "../../../protocol/messages.ts";
import { clip } from "../../text/clip.ts";
import { formatAge, formatCount, formatDuration } from "../../text/numbers.ts";
import { familyOf, letterOf, modelName, stateWord, subtitleOf, titleOf } from "../../text/words.ts";
import { el, setAttribute, setText } from "../dom.ts";
import { type IconName, icon } from "../icons.ts";
import type { TableRow } from "./tableRows.ts";

export const COLUMNS = ["Agent", "Task", "Model", "State", "Calls", "Failed", "Time"] as const;

/** What can be done with a row beside selecting it. */
export type RowAction = "transcript" | "copy";

const ACTIONS: readonly (readonly [RowAction, IconName, title: string])[] = [
	["transcript", "file", "Open Transcript (O)"],
	["copy", "copy", "Copy Id (C)"],
];

/** By keyboard they have keys of their own: the row is what Tab reaches. */
function actionButton([action, name, title]: (typeof ACTIONS)[number]): HTMLElement {
	const attrs = { type: "button", tabindex: "-1", "aria-label": title, "data-action": action };
	const button = el("button", { class: "icon-button", title, attrs });
	button.append(icon(name));
	return button;
}

/** The row of one node; its element stays the same for as long as the node is listed. */
export class RowElement {
	readonly key: string;
	readonly element = el("tr", { attrs: { tabindex: "-1", "aria-selected": "false" } });
	readonly #letter = el("span", { class: "letter", attrs: { "aria-hidden": "true" } });
	readonly #name = el("span");
	readonly #cells = COLUMNS.slice(1).map((name) =>
		el("td", { class: `cell-${name.toLowerCase()}` }),
	);
	#view: NodeView | null = null;
	#client: ClientLabel | null = null;

	constructor(key: string) {
		this.key = key;
		const head = el("th", { class: "cell-agent", attrs: { scope: "row" } });
		head.append(this.#letter, this.#name);
		const actions = el("td", { class: "cell-actions" }, ...ACTIONS.map(actionButton));
		this.element.append(head, ...this.#cells, actions);
	}

	/** @param client whose session it is, where that is to be told */
	update({ view, level }: TableRow, hostNow: number, client: ClientLabel | null): void {
		this.#setCell(5, lengthOf(view, hostNow));
		setAttribute(this.element, "aria-level", String(level));
		this.element.style.setProperty("--level", String(level));
		// Only the time changes by itself; the rest waits for another view.
		if (view === this.#view && client?.name === this.#client?.name) return;
		this.#view = view;
		this.#client = client;
		this.#updateLetter(view, client);
		this.element.dataset.state = view.state;
		this.element.dataset.ending = view.state === "done" ? (view.outcome ?? "none") : "";
		setText(this.#name, titleOf(view));
		this.#setCell(0, [subtitleOf(view), client?.title].filter(Boolean).join(" · "));
		this.#setCell(1, modelName(view.model));
		this.#setCell(2, stateText(view));
		this.#setCell(3, formatCount(view.calls));
		this.#setCell(4, view.failures === 0 ? "" : formatCount(view.failures));
	}

	/** A family's letter stands for what another cell says; that of a client may be alone in saying it. */
	#updateLetter(view: NodeView, client: ClientLabel | null): void {
		const isSession = view.kind === "session";
		const letter = this.#letter;
		letter.dataset.family = isSession ? "session" : familyOf(view.model);
		setText(letter, isSession ? (client?.mark ?? "") : letterOf(familyOf(view.model)));
		letter.title = client?.title ?? "";
		setAttribute(letter, "aria-hidden", client === null ? "true" : null);
		setAttribute(letter, "role", client === null ? null : "img");
		setAttribute(letter, "aria-label", client?.title ?? null);
	}

	#setCell(index: number, text: string): void {
		const cell = this.#cells[index];
		if (cell !== undefined) setText(cell, text);
	}
}

/** What an agent waits for is part of its state: it is what the user has to act on. */
function stateText(view: NodeView): string {
	const tool = view.waiting === null ? "" : `: ${clip(toolName(view.waiting.tool), 40)}`;
	return stateWord(view) + tool;
}

function lengthOf(view: NodeView, hostNow: number): string {
	if (view.endedAt === null) return formatAge(hostNow - view.startedAt);
	return formatDuration(view.endedAt - view.startedAt);
}
