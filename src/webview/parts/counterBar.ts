import { formatCost, formatTokens, UNKNOWN } from "../../model/views/format.ts";
import type { Counters } from "../../model/views/view.ts";
import { GROUPS, type Group } from "../state/groups.ts";
import { formatAge, formatCount } from "../text/numbers.ts";
import { el, setAttribute, setText, show } from "./dom.ts";

/** Numbers of nodes that can be pointed out. */
const COUNTS: Readonly<Record<Group, (counters: Counters) => number>> = {
	alive: (counters) => counters.alive,
	waiting: (counters) => counters.waiting,
	spawned: (counters) => counters.spawned,
	"failed calls": (counters) => counters.failedCalls,
	done: (counters) => counters.done,
	failed: (counters) => counters.failed,
	lost: (counters) => counters.lost,
};

const FIGURES: Readonly<Record<string, (counters: Counters) => string>> = {
	"tool calls": (counters) => formatCount(counters.toolCalls),
	tokens: (counters) => formatTokens(counters.tokens),
	cost: (counters) => formatCost(counters.costUsd, counters.isCostPartial),
};

/** In the order of a life: who is there, what they do, how it ends, what it takes. */
const ORDER = [
	"alive",
	"waiting",
	"spawned",
	"tool calls",
	"failed calls",
	"done",
	"failed",
	"lost",
	"tokens",
	"cost",
] as const;

/** What may well be none is shown only while it is some. */
const SELDOM: ReadonlySet<string> = new Set<Group>(["waiting", "failed calls"]);

/** The totals at the bottom, numbers first; those of nodes point them out. */
export class CounterBar {
	readonly element = el("ul", { class: "counters", attrs: { "aria-label": "Totals" } });
	readonly #items = new Map<string, { readonly item: HTMLElement; readonly value: HTMLElement }>();
	readonly #buttons = new Map<Group, HTMLButtonElement>();

	constructor(onGroup: (group: Group) => void) {
		for (const name of [...ORDER, "last event"]) {
			const group = GROUPS.find((each) => each === name);
			this.#add(name, group === undefined ? null : () => onGroup(group));
		}
	}

	/** `hostNow` in ms since the epoch, as the events' own times. */
	update(counters: Counters, hostNow: number): void {
		for (const group of GROUPS) {
			const count = COUNTS[group](counters);
			this.#set(group, formatCount(count));
			const button = this.#buttons.get(group);
			const isPressed = button?.getAttribute("aria-pressed") === "true";
			if (button !== undefined) button.disabled = count === 0 && !isPressed;
			const item = this.#items.get(group)?.item;
			if (item === undefined) continue;
			setAttribute(item, "data-some", count > 0 ? "" : null);
			if (SELDOM.has(group)) show(item, count > 0 || isPressed);
		}
		for (const [name, read] of Object.entries(FIGURES)) this.#set(name, read(counters));
		const { lastEventAt } = counters;
		this.#set("last event", lastEventAt === null ? UNKNOWN : formatAge(hostNow - lastEventAt));
	}

	/** The counter whose nodes are pointed out. */
	setGroup(group: Group | null): void {
		for (const [name, button] of this.#buttons) {
			setAttribute(button, "aria-pressed", String(name === group));
		}
	}

	#set(name: string, text: string): void {
		const value = this.#items.get(name)?.value;
		if (value !== undefined) setText(value, text);
	}

	#add(name: string, onClick: (() => void) | null): void {
		const value = el("b", { text: UNKNOWN });
		const parts = [value, el("span", { text: name })];
		const item = el("li", { attrs: { "data-counter": name } });
		this.#items.set(name, { item, value });
		this.element.append(item);
		if (onClick === null) {
			item.append(...parts);
			return;
		}
		const title = `Show, list and point out: ${name}`;
		const attrs = { type: "button", "aria-pressed": "false" };
		const button = el("button", { class: "counter", title, attrs }, ...parts);
		button.addEventListener("click", onClick);
		item.append(button);
		this.#buttons.set(name as Group, button);
	}
}
