import { type NamedUsage, tokensOf } from "../../../insights/usageFigures.ts";
import { formatCost, formatTokens } from "../../../model/views/format.ts";
import { button, el } from "../../parts/dom.ts";

const SHOWN = 8;

/** Where tokens and money went, by name: a name narrows the page to it. */
export function groupList(
	title: string,
	rows: readonly NamedUsage[],
	onTake: ((name: string) => void) | null,
): HTMLElement {
	const most = Math.max(0, ...rows.map(({ costUsd }) => costUsd ?? 0));
	const list = rows.slice(0, SHOWN).map((row) => {
		const name = row.name === "" ? "unknown" : row.name;
		const label =
			onTake === null || row.name === ""
				? el("span", { class: "name", text: name, title: name })
				: button(name, { class: "name", title: `Show only ${name}` }, () => onTake(row.name));
		const fill = el("span", { class: "share-fill cost" });
		fill.style.width = `${most === 0 ? 0 : Math.round(((row.costUsd ?? 0) / most) * 100)}%`;
		const isPartial = row.messagesWithoutPrice > 0 && row.costUsd !== null;
		return el(
			"li",
			{},
			label,
			el("span", { class: "number", text: formatCost(row.costUsd, isPartial) }),
			el("span", { class: "number dim", text: formatTokens(tokensOf(row)) }),
			el("span", { class: "share long", attrs: { "aria-hidden": "true" } }, fill),
		);
	});
	const left = rows.length - list.length;
	return el(
		"section",
		{ class: "group", attrs: { "aria-label": title } },
		el("h3", { text: title }),
		list.length === 0
			? el("p", { class: "dim", text: "Nothing was used." })
			: el("ul", {}, ...list),
		...(left > 0 ? [el("p", { class: "dim", text: `and ${left} more` })] : []),
	);
}
