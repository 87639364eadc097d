import { csvLine } from "../../../insights/csvLine.ts";
import type { ChartType } from "../../../protocol/insightsMessages.ts";
import { button, el, show } from "../../parts/dom.ts";
import { pngData, svgText } from "./chartFile.ts";

const LEAST_PX = 280;

/** Keeps a chart as a file. */
export type SaveChart = (mime: ChartType, name: string, data: string) => void;

/** The numbers of a chart: for those who cannot see it, and for a spreadsheet. */
interface ChartRows {
	readonly head: readonly string[];
	readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A chart with its title, the same as a table, and what keeps it as a file. */
export class ChartFrame {
	readonly root: HTMLElement;
	readonly #title: string;
	readonly #note = el("span", { class: "dim" });
	readonly #body = el("div", { class: "chart-body" });
	readonly #table: HTMLElement;
	readonly #legend = el("p", { class: "legend" });
	readonly #actions: HTMLElement;
	readonly #toggle: HTMLButtonElement;
	readonly #save: SaveChart;
	#make: ((width: number) => SVGSVGElement) | null = null;
	#chart: SVGSVGElement | null = null;
	#width = 0;
	#rows: ChartRows = { head: [], rows: [] };

	/** @param of what the chart is a part of, such as a function; null where it stands by itself */
	constructor(title: string, save: SaveChart, of: string | null = null) {
		this.#title = title;
		this.#save = save;
		// It is scrolled by keyboard too.
		this.#table = el("div", {
			class: "chart-table",
			attrs: { tabindex: "0", role: "group", "aria-label": `${title}, as a table` },
		});
		this.#toggle = button("Table", { class: "quiet", attrs: { "aria-pressed": "false" } }, () =>
			this.#setTable(this.#table.hidden === true),
		);
		const name = `${of ?? ""} ${title}`
			.toLowerCase()
			.replace(/[^a-z0-9]+/g, "-")
			.replace(/^-/, "");
		this.#actions = el(
			"div",
			{ class: "chart-actions" },
			this.#toggle,
			this.#action("CSV", () => save("text/csv", name, this.#csv())),
			this.#action("SVG", () => save("image/svg+xml", name, this.#svg())),
			this.#action("PNG", () => void this.#png(name)),
		);
		const head = el(
			"div",
			{ class: "section-head" },
			el(of === null ? "h2" : "h3", { text: title }),
			this.#note,
			this.#actions,
		);
		this.#table.hidden = true;
		new ResizeObserver(() => {
			const isHidden = this.#body.clientWidth === 0;
			if (!isHidden && this.#body.clientWidth !== this.#width) this.#draw();
		}).observe(this.#body);
		this.root = el(
			"section",
			{ class: of === null ? "panel" : "block", attrs: { "aria-label": title } },
			head,
			this.#body,
			this.#legend,
			this.#table,
		);
	}

	/**
	 * @param make draws it for a width in CSS px, again whenever there is another; null for nothing to draw
	 * @param note what stands beside the title
	 * @param legend what its colours mean
	 */
	show(
		make: ((width: number) => SVGSVGElement) | null,
		rows: ChartRows,
		note: string,
		empty: string,
		legend: readonly { readonly name: string; readonly class: string }[] = [],
	): void {
		this.#make = make;
		this.#rows = rows;
		this.#note.textContent = make === null ? "" : note;
		this.#legend.replaceChildren(
			...legend.map((each) =>
				el("span", {}, el("span", { class: `swatch ${each.class}` }), each.name),
			),
		);
		// Of nothing there is no picture and no table.
		show(this.#actions, make !== null);
		if (make === null) this.#setTable(false);
		if (make === null) this.#body.replaceChildren(el("p", { class: "empty dim", text: empty }));
		this.#draw();
		if (!this.#table.hidden) this.#fillTable();
	}

	/** Whoever goes through its marks by keyboard stays where they are. */
	#draw(): void {
		const marks = () => [...this.#body.querySelectorAll<SVGElement>("[tabindex]")];
		const focused = marks().indexOf(document.activeElement as SVGElement);
		this.#width = this.#body.clientWidth;
		this.#chart = this.#make?.(Math.max(LEAST_PX, this.#width)) ?? null;
		if (this.#chart !== null) this.#body.replaceChildren(this.#chart);
		if (focused >= 0) marks()[focused]?.focus();
	}

	#action(text: string, act: () => void): HTMLButtonElement {
		const label = `Save ${this.#title} as ${text}`;
		return button(text, { class: "quiet", title: label, attrs: { "aria-label": label } }, act);
	}

	#csv(): string {
		const { head, rows } = this.#rows;
		return [head, ...rows].map((row) => `${csvLine(row)}\r\n`).join("");
	}

	#svg(): string {
		const ground = getComputedStyle(document.body).getPropertyValue("--alg-ground").trim();
		return this.#chart === null ? "" : svgText(this.#chart, ground);
	}

	async #png(name: string): Promise<void> {
		if (this.#chart !== null) this.#save("image/png", name, await pngData(this.#svg()));
	}

	#setTable(isShown: boolean): void {
		if (isShown) this.#fillTable();
		show(this.#table, isShown);
		show(this.#body, !isShown);
		this.#toggle.setAttribute("aria-pressed", String(isShown));
	}

	#fillTable(): void {
		const { head, rows } = this.#rows;
		const cell = (value: string | number | null): string =>
			typeof value === "number" ? value.toLocaleString("en-US") : (value ?? "–");
		this.#table.replaceChildren(
			el(
				"table",
				{ class: "plain-table" },
				el(
					"thead",
					{},
					el("tr", {}, ...head.map((text) => el("th", { text, attrs: { scope: "col" } }))),
				),
				el(
					"tbody",
					{},
					...rows.map((row) =>
						el("tr", {}, ...row.map((value) => el("td", { text: cell(value) }))),
					),
				),
			),
		);
	}
}
