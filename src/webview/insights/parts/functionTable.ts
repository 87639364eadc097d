import type { FunctionColumn, FunctionRow, FunctionRows } from "../../../insights/insights.ts";
import type { InsightsView } from "../../../insights/insightsView.ts";
import type { FunctionSeries } from "../../../insights/series.ts";
import { formatDuration, UNKNOWN } from "../../../model/views/format.ts";
import { button, el, setText, show } from "../../parts/dom.ts";
import { sparkline } from "../charts/lineChart.ts";
import { Latest } from "../latest.ts";
import { percentText } from "./headline.ts";

const ROW_PX = 32;
/** Rows asked for at once. */
const WINDOW = 60;
/** How long one may scroll before rows are asked for, ms. */
const REST_MS = 60;

interface Column {
	readonly text: string;
	/** What it is sorted by; null for lines. */
	readonly key: FunctionColumn | null;
	readonly cell: (
		row: FunctionRow,
		lines: FunctionSeries | undefined,
	) => readonly (Node | string)[];
}

const count = (value: number): string => (value === 0 ? UNKNOWN : value.toLocaleString("en-US"));
const duration = (ms: number | null): string => (ms === null ? UNKNOWN : formatDuration(ms));

/** Counts, of which there may be none. */
function counts(key: CountColumn, text: string): Column {
	return { key, text, cell: (row) => [count(row[key])] };
}

function durations(key: "p50Ms" | "p95Ms" | "p99Ms" | "meanMs", text: string): Column {
	return { key, text, cell: (row) => [duration(row[key])] };
}

type CountColumn = Exclude<
	FunctionColumn,
	"functionId" | "errorRate" | "p50Ms" | "p95Ms" | "p99Ms" | "meanMs" | "sumMs" | "lastUsedAt"
>;

/** Every column but the name: first those that are looked at most. */
const COLUMNS: readonly Column[] = [
	counts("calls", "calls"),
	{
		key: null,
		text: "calls by day",
		cell: (_, lines) => (lines === undefined ? [] : [sparkline(lines.calls, "calls")]),
	},
	{
		key: "errorRate",
		text: "failed",
		cell: ({ errorRate }) => [shareBar(errorRate), percentText(errorRate)],
	},
	durations("p50Ms", "p50"),
	durations("p95Ms", "p95"),
	{
		key: null,
		text: "p95 by day",
		cell: (_, lines) => (lines === undefined ? [] : [sparkline(lines.p95Ms, "p95")]),
	},
	{ key: "sumMs", text: "time", cell: ({ sumMs }) => [duration(sumMs === 0 ? null : sumMs)] },
	counts("errors", "errors"),
	counts("interrupted", "cut off"),
	durations("p99Ms", "p99"),
	durations("meanMs", "mean"),
	counts("writes", "edits"),
	counts("tests", "tests"),
	counts("testsFailed", "tests failed"),
	counts("e2e", "e2e"),
	counts("e2eFailed", "e2e failed"),
	counts("apps", "apps"),
	counts("violations", "violations"),
	counts("versions", "versions"),
	{
		key: "lastUsedAt",
		text: "last used",
		cell: ({ lastUsedAt }) => [
			lastUsedAt === 0 ? "never" : new Date(lastUsedAt).toLocaleDateString("sv-SE"),
		],
	},
];
/** Words before the colon of a function's id. */
const PREFIXES = ["tool", "bash", "agent", "skill", "mcp"];

interface TableHost {
	/** Rows of the table from a place on, as it is sorted and narrowed now. */
	rows(offset: number, limit: number): Promise<FunctionRows>;
	onShown(answer: FunctionRows): void;
	series(functionIds: readonly string[]): Promise<readonly FunctionSeries[]>;
	onOpen(functionId: string): void;
	onChange(change: Partial<InsightsView>): void;
}

/** The functions, of which only the rows in sight exist. */
export class FunctionTable {
	readonly root: HTMLElement;
	readonly #host: TableHost;
	readonly #note = el("span", { class: "dim" });
	readonly #head = el("tr");
	readonly #body = el("tbody");
	readonly #above = el("tr", { class: "space", attrs: { "aria-hidden": "true" } });
	readonly #below = el("tr", { class: "space", attrs: { "aria-hidden": "true" } });
	readonly #scroller: HTMLElement;
	readonly #table: HTMLTableElement;
	readonly #empty = el("p", { class: "empty dim" });
	readonly #text = el("input", {
		class: "search-input",
		attrs: { type: "search", placeholder: "Filter functions", "aria-label": "Filter functions" },
	});
	readonly #prefix = el("select", { class: "select", attrs: { "aria-label": "Kind of function" } });
	readonly #unused = el("input", { attrs: { type: "checkbox" } });
	readonly #lines = new Map<string, FunctionSeries>();
	#total = 0;
	readonly #latest = new Latest();
	#rest: ReturnType<typeof setTimeout> | undefined;
	#open: string | null = null;

	constructor(host: TableHost) {
		this.#host = host;
		this.#table = el(
			"table",
			{ class: "functions", attrs: { "aria-label": "Functions" } },
			el("thead", {}, this.#head),
			this.#body,
		);
		this.#scroller = el("div", { class: "function-scroll" }, this.#table);
		this.#scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
		this.#prefix.append(
			...["all kinds", ...PREFIXES].map((text, at) => {
				const option = el("option", { text });
				option.value = at === 0 ? "" : text;
				return option;
			}),
		);
		this.#text.addEventListener("input", () => host.onChange({ text: this.#text.value }));
		this.#prefix.addEventListener("change", () => host.onChange({ prefix: this.#prefix.value }));
		this.#unused.addEventListener("change", () =>
			host.onChange({ withUnused: this.#unused.checked }),
		);
		const tools = el(
			"div",
			{ class: "chart-actions" },
			el("label", { class: "check" }, this.#unused, "never called too"),
			this.#prefix,
			this.#text,
		);
		this.root = el(
			"section",
			{ class: "panel wide", attrs: { "aria-label": "Functions" } },
			el("div", { class: "section-head" }, el("h2", { text: "Functions" }), this.#note, tools),
			this.#scroller,
			this.#empty,
		);
	}

	/** Period, filter or order have changed: begins at the top. */
	async refresh(view: InsightsView): Promise<void> {
		this.#lines.clear();
		this.#fillHead(view);
		if (this.#text.value !== view.text) this.#text.value = view.text;
		this.#prefix.value = view.prefix;
		this.#unused.checked = view.withUnused;
		this.#scroller.scrollTop = 0;
		await this.#load();
	}

	/** The row whose details are open; null for none. */
	mark(functionId: string | null): void {
		this.#open = functionId;
		for (const row of this.#body.querySelectorAll<HTMLElement>("tr[data-function]")) {
			row.classList.toggle("open", row.dataset.function === functionId);
		}
	}

	#fillHead({ sortedBy, isDescending }: InsightsView): void {
		const sorter = (key: FunctionColumn, text: string): HTMLElement => {
			const isSorted = key === sortedBy;
			const cell = el("th", { attrs: { scope: "col" } });
			if (isSorted) cell.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
			const mark = isSorted ? (isDescending ? " ↓" : " ↑") : "";
			cell.append(
				button(text + mark, { class: "sorter" }, () =>
					this.#host.onChange({
						sortedBy: key,
						isDescending: isSorted ? !isDescending : key !== "functionId",
					}),
				),
			);
			return cell;
		};
		this.#head.replaceChildren(
			sorter("functionId", "function"),
			...COLUMNS.map(({ key, text }) =>
				key === null ? el("th", { text, attrs: { scope: "col" } }) : sorter(key, text),
			),
		);
	}

	#scrolled(): void {
		clearTimeout(this.#rest);
		this.#rest = setTimeout(() => void this.#load(), REST_MS);
	}

	async #load(): Promise<void> {
		const first = Math.max(0, Math.floor(this.#scroller.scrollTop / ROW_PX) - 15);
		const answer = await this.#latest.of(this.#host.rows(first, WINDOW));
		if (answer === null) return;
		const { total, rows } = answer;
		this.#total = total;
		this.#fill(first, rows);
		this.#host.onShown(answer);
		const missing = rows.map(({ functionId }) => functionId).filter((id) => !this.#lines.has(id));
		if (missing.length === 0) return;
		const lines = await this.#latest.of(this.#host.series(missing));
		if (lines === null) return;
		for (const series of lines) this.#lines.set(series.functionId, series);
		this.#fill(first, rows);
	}

	#fill(first: number, rows: readonly FunctionRow[]): void {
		setText(this.#note, `${this.#total.toLocaleString("en-US")}`);
		show(this.#scroller, this.#total > 0);
		show(this.#empty, this.#total === 0);
		setText(this.#empty, "No function was called in this period, or none goes by that name.");
		this.#table.setAttribute("aria-rowcount", String(this.#total + 1));
		const focused = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>(
			"tr[data-function]",
		)?.dataset.function;
		this.#above.style.height = `${first * ROW_PX}px`;
		this.#below.style.height = `${Math.max(0, this.#total - first - rows.length) * ROW_PX}px`;
		const made = rows.map((row, at) => this.#row(row, first + at));
		this.#body.replaceChildren(this.#above, ...made, this.#below);
		if (focused === undefined) return;
		made
			.find((row) => row.dataset.function === focused)
			?.querySelector("button")
			?.focus();
	}

	#row(row: FunctionRow, index: number): HTMLTableRowElement {
		const { functionId } = row;
		const lines = this.#lines.get(functionId);
		const name = el(
			"th",
			{ attrs: { scope: "row" } },
			button(functionId, { class: "name", title: functionId }, () => this.#host.onOpen(functionId)),
		);
		const made = el(
			"tr",
			{ attrs: { "aria-rowindex": String(index + 2), "data-function": functionId } },
			name,
			...COLUMNS.map(({ cell }) => el("td", {}, ...cell(row, lines))),
		);
		made.classList.toggle("open", functionId === this.#open);
		return made;
	}
}

/** A share as a bar, whose number stands beside it. */
function shareBar(share: number | null): HTMLElement {
	const fill = el("span", { class: "share-fill" });
	fill.style.width = `${Math.round((share ?? 0) * 100)}%`;
	return el("span", { class: "share", attrs: { "aria-hidden": "true" } }, fill);
}
