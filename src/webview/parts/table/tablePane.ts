import type { NodeView } from "../../../model/views/view.ts";
import type { ClientLabel } from "../../../protocol/messages.ts";
import { plural } from "../../text/numbers.ts";
import { el, setAttribute, setText, show } from "../dom.ts";
import { COLUMNS, type RowAction, RowElement } from "./tableRow.ts";
import type { TableRow, TableRows } from "./tableRows.ts";

/** What the table does to the page around it. */
export interface TableHandlers {
	/** A row was chosen by Enter or a click; `byKeyboard` moves the focus to the inspector. */
	onOpen(key: string, byKeyboard: boolean): void;
	/** The transcript of a row's node. */
	onOpenRowTranscript(key: string): void;
	onCopyRowId(key: string): void;
	/** Escape, while no inspector is open. */
	onClose(): void;
}

const ACTION_KEYS: ReadonlyMap<string, RowAction> = new Map([
	["o", "transcript"],
	["c", "copy"],
]);

/** The same agents as in the picture, and those that ended, as a table for keyboards and ears. */
export class TablePane {
	readonly element = el("section", { class: "table-pane", attrs: { "aria-label": "Agents" } });
	readonly #handlers: TableHandlers;
	readonly #living = el("tbody");
	readonly #finished = el("tbody");
	readonly #finishedHead = el(
		"tbody",
		{ class: "group-head" },
		el("tr", {}, el("th", { text: "Finished", attrs: { colspan: String(COLUMNS.length + 1) } })),
	);
	readonly #note = el("p", { class: "table-note" });
	readonly #rows = new Map<string, RowElement>();
	readonly #byElement = new WeakMap<Element, RowElement>();
	#order: RowElement[] = [];
	/** The one row that Tab reaches. */
	#tabStop: string | null = null;

	constructor(handlers: TableHandlers) {
		this.#handlers = handlers;
		const heads = COLUMNS.map((text) =>
			el("th", { text, class: `cell-${text.toLowerCase()}`, attrs: { scope: "col" } }),
		);
		const table = el("table", {
			class: "rows",
			attrs: { role: "treegrid", "aria-label": "Agents" },
		});
		table.append(
			el("thead", {}, el("tr", {}, ...heads, el("td", { class: "cell-actions" }))),
			this.#living,
			this.#finishedHead,
			this.#finished,
		);
		this.element.append(table, this.#note);
		table.addEventListener("keydown", (event) => this.#onKey(event));
		table.addEventListener("click", (event) => this.#onClick(event));
		table.addEventListener("focusin", (event) => this.#onFocus(event));
		show(this.element, false);
	}

	get isOpen(): boolean {
		return !this.element.hidden;
	}

	set isOpen(isOpen: boolean) {
		show(this.element, isOpen);
	}

	/** Whether transcripts can be opened from here. */
	set canOpen(canOpen: boolean) {
		this.element.classList.toggle("can-open", canOpen);
	}

	/** @param labelOf how a client is told, which sessions are by where there are several clients */
	update(
		rows: TableRows,
		selected: string | null,
		hostNow: number,
		labelOf: (client: string) => ClientLabel,
	): void {
		const tell = clientTeller(rows, labelOf);
		const focused = this.#rowAt(document.activeElement);
		const living = this.#fill(this.#living, rows.living, hostNow, tell);
		const finished = this.#fill(this.#finished, rows.finished, hostNow, tell);
		show(this.#finishedHead, finished.length > 0);
		this.#order = [...living, ...finished];
		this.#forgetOthers();
		for (const row of this.#order) {
			setAttribute(row.element, "aria-selected", String(row.key === selected));
		}
		if (this.#tabStop === null || !this.#rows.has(this.#tabStop)) {
			this.#setTabStop(this.#order[0]);
		}
		// A row that changed its place in the document has lost the focus.
		if (focused !== undefined && document.activeElement !== focused.element)
			focused.element.focus();
		this.#updateNote(rows);
	}

	/** Focuses the row of a node, else the row that Tab would reach. */
	focus(key: string | null): void {
		const row = this.#rows.get(key ?? "") ?? this.#rows.get(this.#tabStop ?? "");
		row?.element.focus();
	}

	/** Moves only rows that are not where they belong: a moved row loses its focus and scroll. */
	#fill(
		body: HTMLElement,
		rows: readonly TableRow[],
		hostNow: number,
		tell: ClientTeller,
	): RowElement[] {
		const elements = rows.map((row) => {
			const element = this.#rowFor(row.view.key);
			element.update(row, hostNow, tell(row.view));
			return element;
		});
		elements.forEach((row, index) => {
			const there = body.children[index];
			if (there !== row.element) body.insertBefore(row.element, there ?? null);
		});
		return elements;
	}

	#rowFor(key: string): RowElement {
		const known = this.#rows.get(key);
		if (known !== undefined) return known;
		const row = new RowElement(key);
		this.#rows.set(key, row);
		this.#byElement.set(row.element, row);
		return row;
	}

	/** Rows of nodes that are listed no more. */
	#forgetOthers(): void {
		const listed = new Set(this.#order);
		for (const row of this.#rows.values()) {
			if (listed.has(row)) continue;
			row.element.remove();
			this.#rows.delete(row.key);
		}
	}

	#updateNote({ living, finished, more }: TableRows): void {
		const isEmpty = living.length + finished.length === 0;
		const rest = more === 0 ? "" : `and ${plural(more, "finished agent")} more`;
		setText(this.#note, isEmpty ? "No agent to list." : rest);
		show(this.#note, isEmpty || more > 0);
	}

	#onClick(event: MouseEvent): void {
		const row = this.#rowAt(event.target);
		if (row !== undefined && !this.#act(row, actionAt(event.target)))
			this.#handlers.onOpen(row.key, false);
	}

	#onFocus(event: FocusEvent): void {
		this.#setTabStop(this.#rowAt(event.target));
	}

	#onKey(event: KeyboardEvent): void {
		const row = this.#rowAt(event.target);
		if (row === undefined) return;
		if (this.#choose(row, event)) stop(event);
	}

	/** @returns whether the key means anything here */
	#choose(row: RowElement, { key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
		const isPlain = !(ctrlKey || metaKey || altKey);
		if (isPlain && this.#act(row, ACTION_KEYS.get(key.toLowerCase()))) return true;
		if (key === "Enter") this.#handlers.onOpen(row.key, true);
		else if (key === "Escape") this.#handlers.onClose();
		else {
			const next = this.#order[this.#target(key, this.#order.indexOf(row))];
			next?.element.focus();
			return next !== undefined;
		}
		return true;
	}

	/** @returns whether there was anything to do */
	#act({ key }: RowElement, action: RowAction | undefined): boolean {
		if (action === "transcript") this.#handlers.onOpenRowTranscript(key);
		if (action === "copy") this.#handlers.onCopyRowId(key);
		return action !== undefined;
	}

	/** Index of the row that a key leads to; -1 for keys that lead nowhere. */
	#target(key: string, index: number): number {
		const last = this.#order.length - 1;
		if (key === "ArrowDown") return Math.min(last, index + 1);
		if (key === "ArrowUp") return Math.max(0, index - 1);
		if (key === "PageDown") return Math.min(last, index + 10);
		if (key === "PageUp") return Math.max(0, index - 10);
		if (key === "Home") return 0;
		if (key === "End") return last;
		if (key === "ArrowLeft") return this.#parentOf(index);
		return key === "ArrowRight" ? this.#childOf(index) : -1;
	}

	#levelAt(index: number): number {
		return Number(this.#order[index]?.element.getAttribute("aria-level") ?? 0);
	}

	/** Nearest row above of a lower level, as in a tree. */
	#parentOf(index: number): number {
		for (let at = index - 1; at >= 0; at--) {
			if (this.#levelAt(at) < this.#levelAt(index)) return at;
		}
		return index;
	}

	#childOf(index: number): number {
		return this.#levelAt(index + 1) > this.#levelAt(index) ? index + 1 : index;
	}

	#setTabStop(row: RowElement | undefined): void {
		if (row === undefined || row.key === this.#tabStop) return;
		const before = this.#rows.get(this.#tabStop ?? "");
		if (before !== undefined) before.element.tabIndex = -1;
		row.element.tabIndex = 0;
		this.#tabStop = row.key;
	}

	#rowAt(target: EventTarget | null): RowElement | undefined {
		const element = target instanceof Element ? target.closest("tr") : null;
		return element === null ? undefined : this.#byElement.get(element);
	}
}

function actionAt(target: EventTarget | null): RowAction | undefined {
	const button = target instanceof Element ? target.closest<HTMLElement>("[data-action]") : null;
	return button?.dataset.action as RowAction | undefined;
}

function stop(event: KeyboardEvent): void {
	event.preventDefault();
	event.stopPropagation();
}

/** Whose session a row is; null where that is not to be told. */
type ClientTeller = (view: NodeView) => ClientLabel | null;

function clientTeller(
	{ living }: TableRows,
	labelOf: (client: string) => ClientLabel,
): ClientTeller {
	const sessions = living.filter(({ view }) => view.kind === "session");
	const areSeveral = new Set(sessions.map(({ view }) => view.client)).size > 1;
	return (view) => (areSeveral && view.kind === "session" ? labelOf(view.client) : null);
}
