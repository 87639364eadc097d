import type { CallTotals } from "../../../insights/functionFigures.ts";
import type { Insights } from "../../../insights/insights.ts";
import { tokensOf } from "../../../insights/usageFigures.ts";
import { formatCost, formatTokens, UNKNOWN } from "../../../model/views/format.ts";
import { el, setText } from "../../parts/dom.ts";

const NAMES = ["Cost", "Tokens", "Sessions", "Calls", "Calls failed", "Cache hits"] as const;

/** The few large numbers at the head of the page. */
export class Headline {
	readonly root: HTMLElement;
	readonly #values = new Map<string, HTMLElement>();

	constructor() {
		const items = NAMES.map((name) => {
			const value = el("dd", { text: "…" });
			this.#values.set(name, value);
			return el("div", {}, el("dt", { text: name }), value);
		});
		this.root = el("dl", { class: "headline" }, ...items);
	}

	showUsage({ usage, sessions }: Insights): void {
		const { total, cacheShare } = usage;
		const isPartial = total.messagesWithoutPrice > 0 && total.costUsd !== null;
		this.#set("Cost", formatCost(total.costUsd, isPartial));
		this.#set("Tokens", total.messages === 0 ? UNKNOWN : formatTokens(tokensOf(total)));
		this.#set("Sessions", sessions.toLocaleString("en-US"));
		this.#set("Cache hits", percentText(cacheShare));
	}

	showCalls({ calls, errors, interrupted }: CallTotals): void {
		this.#set("Calls", calls.toLocaleString("en-US"));
		const ended = calls - interrupted;
		this.#set("Calls failed", percentText(ended === 0 ? null : errors / ended));
	}

	#set(name: (typeof NAMES)[number], text: string): void {
		const value = this.#values.get(name);
		if (value !== undefined) setText(value, text);
	}
}

/** "3.1 %", "91 %". @param share 0 to 1; null where it is not known */
export function percentText(share: number | null): string {
	if (share === null) return UNKNOWN;
	return `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
}
