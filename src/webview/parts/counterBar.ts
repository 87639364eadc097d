import { formatCost, formatTokens, UNKNOWN } from "../../model/views/format.ts";
import type { Counters } from "../../model/views/view.ts";
import { formatAge, formatCount } from "../text/numbers.ts";
import { el, setText } from "./dom.ts";

/** In the order of a life: who is there, what they do, how it ends, what it takes. */
const ITEMS: readonly (readonly [name: string, read: (counters: Counters) => string])[] = [
	["alive", (counters) => formatCount(counters.alive)],
	["spawned", (counters) => formatCount(counters.spawned)],
	["tool calls", (counters) => formatCount(counters.toolCalls)],
	["done", (counters) => formatCount(counters.done)],
	["failed", (counters) => formatCount(counters.failed)],
	["tokens", (counters) => formatTokens(counters.tokens)],
	["cost", (counters) => formatCost(counters.costUsd, counters.isCostPartial)],
];

/** The totals at the bottom, numbers first. */
export class CounterBar {
	readonly element = el("ul", { class: "counters", attrs: { "aria-label": "Totals" } });
	readonly #values: HTMLElement[];
	readonly #age: HTMLElement;

	constructor() {
		this.#values = ITEMS.map(([name]) => this.#add(name));
		this.#age = this.#add("last event");
	}

	/** `hostNow` in ms since the epoch, as the events' own times. */
	update(counters: Counters, hostNow: number): void {
		ITEMS.forEach(([, read], index) => {
			const value = this.#values[index];
			if (value !== undefined) setText(value, read(counters));
		});
		const { lastEventAt } = counters;
		setText(this.#age, lastEventAt === null ? UNKNOWN : formatAge(hostNow - lastEventAt));
	}

	#add(name: string): HTMLElement {
		const value = el("b", { text: UNKNOWN });
		const item = el("li", { attrs: { "data-counter": name } }, value, el("span", { text: name }));
		this.element.append(item);
		return value;
	}
}
