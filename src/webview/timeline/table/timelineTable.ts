import type { Timeline } from "../../../model/timeline/timeline.ts";
import { type TimelineLine, TimelineLines } from "../../../model/timeline/timelineLines.ts";
import type { TimelineRow } from "../../../model/timeline/timelineRow.ts";
import { button, el, setAttribute, setText, show } from "../../parts/dom.ts";
import { formatCount } from "../../text/numbers.ts";
import { LineElement, TIMELINE_COLUMNS } from "./timelineLineElement.ts";

/** Lines shown at once: what is not seen costs nothing, however many calls there are. */
const PAGE = 100;
const NO_LINE = { line: null, id: null };

interface TableHandlers {
	/** A line was clicked; `call` is a tool_use_id, null on the line of an agent. */
	onPick(row: TimelineRow, call: string | null): void;
	/** Enter on a line. */
	onOpen(row: TimelineRow, call: string | null): void;
}

/** Agents and their calls as text, page by page. It holds still while the focus is in it. */
export class TimelineTable {
	readonly element = el("div", { class: "timeline-table" });
	readonly #handlers: TableHandlers;
	readonly #body = el("tbody");
	readonly #rows: LineElement[] = [];
	readonly #where = el("span", { attrs: { role: "status" } });
	readonly #before: HTMLButtonElement;
	readonly #after: HTMLButtonElement;
	#timeline: Timeline | null = null;
	/** Host clock, ms since the epoch. */
	#now = 0;
	#lines = new TimelineLines([]);
	#page = 0;
	/** The line of the page that Tab reaches. */
	#tabStop = 0;

	constructor(handlers: TableHandlers) {
		this.#handlers = handlers;
		const heads = TIMELINE_COLUMNS.map((text) => el("th", { text, attrs: { scope: "col" } }));
		const label = "Agents and their calls";
		const table = el("table", { class: "rows", attrs: { role: "treegrid", "aria-label": label } });
		table.append(el("thead", {}, el("tr", {}, ...heads)), this.#body);
		this.#before = button("Previous", { class: "button" }, () => this.#turn(-1));
		this.#after = button("Next", { class: "button" }, () => this.#turn(1));
		const foot = { role: "group", "aria-label": "Pages" };
		this.element.append(
			el("div", { class: "timeline-lines" }, table),
			el("div", { class: "timeline-pages", attrs: foot }, this.#before, this.#where, this.#after),
		);
		table.addEventListener("click", (event) => this.#onClick(event));
		table.addEventListener("keydown", (event) => this.#onKey(event));
		table.addEventListener("focusin", (event) => this.#setTabStop(this.#indexOf(event.target)));
		show(this.element, false);
	}

	get isOpen(): boolean {
		return !this.element.hidden;
	}

	set isOpen(isOpen: boolean) {
		show(this.element, isOpen);
	}

	/** @param now host clock, ms since the epoch */
	update(timeline: Timeline | null, selected: TimelineLine | null, now: number): void {
		const isRead = this.#body.contains(document.activeElement);
		const isOther = timeline !== this.#timeline;
		this.#timeline = timeline;
		this.#now = now;
		if (isOther) this.#page = 0;
		if (isOther || !isRead) this.#render();
		for (const { element, line } of this.#rows) {
			const isSelected = line !== null && line.row === selected?.row && line.call === selected.call;
			setAttribute(element, "aria-selected", String(isSelected));
		}
	}

	/** Focuses the line of an agent or call, turning to its page. */
	focus(line: TimelineLine | null): void {
		const index = line === null ? this.#page * PAGE + this.#tabStop : this.#lines.indexOf(line);
		this.#go(index);
	}

	#render(): void {
		this.#lines = new TimelineLines(this.#timeline?.rows ?? []);
		const { count } = this.#lines;
		this.#page = Math.max(0, Math.min(this.#page, Math.ceil(count / PAGE) - 1));
		const from = this.#page * PAGE;
		const shown = Math.max(0, Math.min(PAGE, count - from));
		while (this.#rows.length < shown) this.#addRow();
		this.#rows.forEach((row, index) => {
			row.update(index < shown ? this.#lines.at(from + index) : null, this.#now);
		});
		const range = `${formatCount(from + 1)} to ${formatCount(from + shown)}`;
		setText(this.#where, shown === 0 ? "" : `${range} of ${formatCount(count)}`);
		this.#before.disabled = this.#page === 0;
		this.#after.disabled = from + shown >= count;
		if (this.#tabStop >= shown) this.#setTabStop(0);
	}

	#addRow(): void {
		const row = new LineElement();
		row.element.tabIndex = this.#rows.length === this.#tabStop ? 0 : -1;
		this.#rows.push(row);
		this.#body.append(row.element);
	}

	#turn(step: 1 | -1): void {
		this.#page += step;
		this.#setTabStop(0);
		this.#render();
		this.#rows[0]?.element.scrollIntoView({ block: "nearest" });
	}

	/** Focuses a line by its index among all. */
	#go(index: number): void {
		const target = Math.max(0, Math.min(index, this.#lines.count - 1));
		const page = Math.floor(target / PAGE);
		if (page !== this.#page) {
			this.#page = page;
			this.#render();
		}
		this.#rows[target - page * PAGE]?.element.focus();
	}

	#onClick({ target }: MouseEvent): void {
		const { line, id } = this.#rows[this.#indexOf(target)] ?? NO_LINE;
		if (line !== null) this.#handlers.onPick(line.row, id);
	}

	#onKey(event: KeyboardEvent): void {
		const index = this.#indexOf(event.target);
		const { line, id } = this.#rows[index] ?? NO_LINE;
		if (line === null) return;
		const at = this.#page * PAGE + index;
		const next = this.#target(event.key, at);
		if (event.key === "Enter") this.#handlers.onOpen(line.row, id);
		else if (event.key === " ") this.#handlers.onPick(line.row, id);
		else if (next !== null) this.#go(next);
		else return;
		event.preventDefault();
		event.stopPropagation();
	}

	/** Index of the line that a key leads to. */
	#target(key: string, at: number): number | null {
		if (key === "ArrowDown") return at + 1;
		if (key === "ArrowUp") return at - 1;
		if (key === "PageDown") return at + PAGE;
		if (key === "PageUp") return at - PAGE;
		if (key === "Home") return 0;
		return key === "End" ? this.#lines.count - 1 : null;
	}

	#setTabStop(index: number): void {
		const [before, next] = [this.#rows[this.#tabStop], this.#rows[index]];
		if (next === undefined) return;
		if (before !== undefined) before.element.tabIndex = -1;
		next.element.tabIndex = 0;
		this.#tabStop = index;
	}

	#indexOf(target: EventTarget | null): number {
		const element = target instanceof Element ? target.closest("tr") : null;
		return this.#rows.findIndex((row) => row.element === element);
	}
}
