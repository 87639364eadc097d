import { button, el, setAttribute, setText, show } from "../parts/dom.ts";
import { HoverCard } from "../parts/hoverCard.ts";
import { type IconName, icon } from "../parts/icons.ts";
import { HeightGrip } from "./heightGrip.ts";
import { TimelineTable } from "./table/timelineTable.ts";

interface PaneHandlers {
	onZoom(factor: number): void;
	onFit(): void;
	/** The same as text, or the picture again. */
	onTable(): void;
	onHeight(): void;
	/** A line of the table was chosen. */
	readonly table: ConstructorParameters<typeof TimelineTable>[0];
}

/** The markup of the timeline, below the picture. */
export class TimelinePane {
	readonly element = el("section", {
		class: "timeline-pane",
		attrs: { "aria-label": "Timeline" },
	});
	readonly canvas = el("canvas", {
		class: "timeline-canvas",
		attrs: { tabindex: "0", role: "img", "aria-label": "Timeline" },
	});
	/** As high as all rows together, so that they can be scrolled. */
	readonly space = el("div", { class: "timeline-space" }, this.canvas);
	readonly scroll = el("div", { class: "timeline-scroll" }, this.space);
	readonly card = new HoverCard();
	readonly grip: HeightGrip;
	readonly table: TimelineTable;
	readonly #note = el("p", { class: "timeline-note" });
	/** What keys have led to, for screen readers. */
	readonly #said = el("div", { class: "visually-hidden", attrs: { role: "status" } });
	readonly #tableButton: HTMLButtonElement;
	readonly #zooms: HTMLElement;

	/** @param height px */
	constructor(handlers: PaneHandlers, height: number) {
		this.grip = new HeightGrip(this.element, height, () => handlers.onHeight());
		this.table = new TimelineTable(handlers.table);
		this.#tableButton = tool("table", "Calls as a table", () => handlers.onTable());
		setAttribute(this.#tableButton, "aria-pressed", "false");
		this.#zooms = el(
			"span",
			{},
			tool("minus", "Show more time", () => handlers.onZoom(1 / 1.6)),
			tool("plus", "Show less time", () => handlers.onZoom(1.6)),
			tool("fit", "Show all of the session", () => handlers.onFit()),
		);
		const label = { role: "group", "aria-label": "Timeline view" };
		const tools = el(
			"div",
			{ class: "timeline-tools", attrs: label },
			this.#zooms,
			this.#tableButton,
		);
		const { grip, scroll, table, card } = this;
		const said = this.#said;
		this.element.append(grip.element, tools, scroll, table.element, this.#note, card.element, said);
	}

	get isTable(): boolean {
		return this.table.isOpen;
	}

	set isTable(isTable: boolean) {
		this.table.isOpen = isTable;
		show(this.scroll, !isTable);
		show(this.#zooms, !isTable);
		setAttribute(this.#tableButton, "aria-pressed", String(isTable));
	}

	/** @param note what is said instead of rows; empty where there are some */
	setNote(note: string): void {
		setText(this.#note, note);
		show(this.#note, note !== "");
	}

	/** To be called for what the user has just done: it is spoken at once. */
	say(text: string): void {
		setText(this.#said, text);
	}

	/** What a screen reader is told of the picture. */
	describe(text: string): void {
		setAttribute(this.canvas, "aria-label", text);
	}
}

function tool(name: IconName, label: string, onClick: () => void): HTMLButtonElement {
	const element = button("", { class: "timeline-tool", title: label }, onClick);
	setAttribute(element, "aria-label", label);
	element.append(icon(name));
	return element;
}
