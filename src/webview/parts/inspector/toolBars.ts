import { toolName } from "../../../model/views/doing.ts";
import type { ToolUse } from "../../../model/views/view.ts";
import { clip } from "../../text/clip.ts";
import { formatCount, formatDuration } from "../../text/numbers.ts";
import { el, show } from "../dom.ts";

const MAX_ROWS = 12;
const COLUMNS = ["Tool", "p50", "p95", "Failed", "Calls"];

/** Calls by tool: a table whose first column is a bar as long as its share of the calls. */
export class ToolBars {
	readonly element: HTMLElement;
	readonly #body = el("tbody");
	#shown: readonly ToolUse[] = [];

	constructor() {
		const heads = COLUMNS.map((text) => el("th", { text, attrs: { scope: "col" } }));
		const table = el("table", { class: "tools", attrs: { "aria-label": "Calls by tool" } });
		table.append(el("thead", {}, el("tr", {}, ...heads)), this.#body);
		this.element = el("section", {}, el("h3", { text: "Calls by tool" }), table);
	}

	update(tools: readonly ToolUse[]): void {
		show(this.element, tools.length > 0);
		// Details come again with every call; the same list means that nothing was used since.
		if (tools === this.#shown) return;
		this.#shown = tools;
		const most = tools.reduce((calls, tool) => Math.max(calls, tool.calls), 1);
		this.#body.replaceChildren(...tools.slice(0, MAX_ROWS).map((tool) => rowOf(tool, most)));
	}
}

function rowOf(tool: ToolUse, most: number): HTMLElement {
	const bar = el("span", { class: "bar" });
	// A property, not an attribute: the policy blocks inline styles.
	bar.style.width = `${(100 * tool.calls) / most}%`;
	const name = el("span", { class: "bar-name", text: clip(toolName(tool.tool), 60) });
	const failed = tool.failures === 0 ? "" : formatCount(tool.failures);
	const length = (ms: number | null): string => (ms === null ? "" : formatDuration(ms));
	const [total, longest] = [formatDuration(tool.totalMs), formatDuration(tool.maxMs)];
	return el(
		"tr",
		{ title: `${total} in all, the longest ${longest}` },
		el("th", { class: "bar-cell", attrs: { scope: "row" } }, bar, name),
		el("td", { class: "dim", text: length(tool.p50Ms) }),
		el("td", { class: "dim", text: length(tool.p95Ms) }),
		el("td", { class: "failures", text: failed }),
		el("td", { text: formatCount(tool.calls) }),
	);
}
