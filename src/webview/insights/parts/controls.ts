import type { InsightFilter } from "../../../insights/filter.ts";
import type { Insights } from "../../../insights/insights.ts";
import { type InsightsView, PERIODS } from "../../../insights/insightsView.ts";
import { button, el, setText, show } from "../../parts/dom.ts";
import { weekHourName } from "../charts/heatGrid.ts";

type Names = keyof Insights["names"];

/** What is filtered by, the word for all of it, the names to choose from, and their titles where they have any. */
type Filter = readonly [keyof InsightFilter, string, Names, Names?];

const FILTERS: readonly Filter[] = [
	["project", "All projects", "projects"],
	["model", "All models", "models"],
	["agentType", "All agent types", "agentTypes"],
	["client", "All clients", "clients", "clientTitles"],
];

/** Period and filters, shared by everything on the page. */
export class Controls {
	readonly root: HTMLElement;
	readonly #periods: readonly HTMLButtonElement[];
	readonly #selects: ReadonlyMap<keyof InsightFilter, HTMLSelectElement>;
	readonly #narrowed = el("div", { class: "narrowed" });
	readonly #onChange: (change: Partial<InsightsView>) => void;
	#filter: InsightFilter = {};

	constructor(onChange: (change: Partial<InsightsView>) => void) {
		this.#onChange = onChange;
		this.#periods = PERIODS.map(({ days, text }) =>
			button(text, { class: "button", attrs: { "aria-pressed": "false" } }, () =>
				onChange({ days, part: null }),
			),
		);
		this.#selects = new Map(FILTERS.map(([name, label]) => [name, this.#select(name, label)]));
		const periods = el(
			"div",
			{ class: "button-group", attrs: { role: "group", "aria-label": "Period" } },
			...this.#periods,
		);
		this.root = el(
			"div",
			{ class: "insight-controls" },
			this.#narrowed,
			periods,
			...this.#selects.values(),
		);
	}

	update(view: InsightsView, names: Insights["names"] | null): void {
		this.#filter = view.filter;
		for (const [at, { days }] of PERIODS.entries()) {
			this.#periods[at]?.setAttribute(
				"aria-pressed",
				String(days === view.days && view.part === null),
			);
		}
		for (const [name, all, list, titles = list] of FILTERS) {
			this.#fill(name, all, names?.[list] ?? [], names?.[titles] ?? []);
		}
		this.#showNarrowed(view);
	}

	#select(name: keyof InsightFilter, label: string): HTMLSelectElement {
		const select = el("select", { class: "select", attrs: { "aria-label": label.slice(4) } });
		select.addEventListener("change", () => {
			const { [name]: _, ...rest } = this.#filter;
			this.#onChange({ filter: select.value === "" ? rest : { ...rest, [name]: select.value } });
		});
		return select;
	}

	#fill(
		name: keyof InsightFilter,
		all: string,
		names: readonly string[],
		titles: readonly string[],
	): void {
		const select = this.#selects.get(name);
		if (select === undefined) return;
		const chosen = this.#filter[name];
		const known = names.map((value, at) => ({ value, text: titles[at] ?? value }));
		const isUnknown = typeof chosen === "string" && !names.includes(chosen);
		const shown = isUnknown ? [{ value: chosen, text: chosen }, ...known] : known;
		const options = [{ value: "", text: all }, ...shown];
		if (keyOf(options) !== keyOf([...select.options])) {
			select.replaceChildren(
				...options.map(({ value, text }) => el("option", { text, attrs: { value } })),
			);
		}
		select.value = typeof chosen === "string" ? chosen : "";
		select.classList.toggle("narrowing", chosen !== undefined);
		// One to choose from is no choice.
		show(select, shown.length > 1 || chosen !== undefined);
	}

	/** What a click on a mark narrowed the page to, and the way back. */
	#showNarrowed({ part, filter }: InsightsView): void {
		const chips: HTMLElement[] = [];
		if (part !== null) chips.push(this.#chip(part.name, { part: null }));
		const { weekHour, session, ...rest } = filter;
		if (weekHour !== undefined) {
			chips.push(this.#chip(weekHourName(weekHour), { filter: { ...rest, session } }));
		}
		if (session !== undefined) {
			chips.push(this.#chip(`session ${session.slice(0, 8)}`, { filter: { ...rest, weekHour } }));
		}
		this.#narrowed.replaceChildren(...chips);
	}

	#chip(text: string, change: Partial<InsightsView>): HTMLElement {
		const label = `Show more than ${text}`;
		const chip = button("", { class: "chip", title: label, attrs: { "aria-label": label } }, () =>
			this.#onChange(change),
		);
		setText(chip, `${text} ×`);
		return chip;
	}
}

function keyOf(options: readonly { readonly value: string; readonly text: string }[]): string {
	return options.map(({ value, text }) => `${value}\n${text}`).join("\n");
}
