import { formatCost, formatTokens } from "../../../model/views/format.ts";
import type { ModelUsage } from "../../../model/views/view.ts";
import { clip } from "../../text/clip.ts";
import { modelName } from "../../text/words.ts";
import { el, setText, show } from "../dom.ts";

/** A handful of models is what anyone uses; the host may name any number. */
const MAX_ROWS = 12;
const COLUMNS = ["Model", "In", "Out", "Read", "Written", "Cost"];
const MEANINGS = [
	"",
	"Read afresh",
	"Answered",
	"Read from the cache",
	"Written into the cache",
	"US dollars",
];

/** Tokens by model, what they cost, and which models nobody knows the price of. */
export class ModelTable {
	readonly element: HTMLElement;
	readonly #body = el("tbody");
	readonly #note = el("p", { class: "dim usage-note" });
	#shown = "";

	constructor(title: string) {
		const heads = COLUMNS.map((text, index) =>
			el("th", { text, title: MEANINGS[index] ?? "", attrs: { scope: "col" } }),
		);
		const table = el("table", { class: "usage", attrs: { "aria-label": title } });
		table.append(el("thead", {}, el("tr", {}, ...heads)), this.#body);
		this.element = el("section", {}, el("h3", { text: title }), table, this.#note);
		show(this.element, false);
	}

	update(models: readonly ModelUsage[]): void {
		// Details come again with every call, most with the same tokens.
		const now = JSON.stringify(models);
		if (now === this.#shown) return;
		this.#shown = now;
		show(this.element, models.length > 0);
		this.#body.replaceChildren(...models.slice(0, MAX_ROWS).map(rowOf));
		const unknown = models.filter(({ withoutPrice }) => withoutPrice > 0);
		show(this.#note, unknown.length > 0);
		const names = unknown.slice(0, MAX_ROWS).map(({ model }) => clip(model, 60) || "its model");
		setText(this.#note, `No price for ${names.join(", ")}`);
	}
}

function rowOf(usage: ModelUsage): HTMLElement {
	const name = modelName(usage.model) || "unknown";
	const amounts = [usage.tokensIn, usage.tokensOut, usage.cacheRead, usage.cacheWrite];
	return el(
		"tr",
		{},
		el("th", { text: name, title: clip(usage.model), attrs: { scope: "row" } }),
		...amounts.map((amount) => el("td", { text: formatTokens(amount) })),
		el("td", { text: formatCost(usage.costUsd) }),
	);
}
