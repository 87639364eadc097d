import { formatClock, formatCost, formatTokens } from "../../../model/views/format.ts";
import type { NodeView, SessionSummary } from "../../../model/views/view.ts";
import { clip } from "../../text/clip.ts";
import { formatCount, formatDuration, plural } from "../../text/numbers.ts";
import { endingWord } from "../../text/words.ts";
import { button, el, setText, show } from "../dom.ts";

const FIGURES = ["Agents", "Took", "Calls", "Tokens", "Cost", "Files changed"] as const;

interface SummaryHandlers {
	onShowAgents(): void;
	onOpenTimeline(): void;
	onReplay(): void;
}

/** What the session that ended last came to, where there is nothing else to see. */
export class SummaryCard {
	readonly element = el("section", {
		class: "summary",
		attrs: { "aria-label": "Session summary" },
	});
	readonly #title = el("h2");
	readonly #when = el("p", { class: "dim" });
	readonly #outcomes = el("ul", {
		class: "summary-outcomes",
		attrs: { "aria-label": "How its agents ended" },
	});
	readonly #values: Record<(typeof FIGURES)[number], HTMLElement>;
	readonly #showAgents: HTMLButtonElement;
	#shown: SessionSummary | null = null;

	constructor(handlers: SummaryHandlers) {
		const value = (): HTMLElement => el("dd");
		this.#values = {
			Agents: value(),
			Took: value(),
			Calls: value(),
			Tokens: value(),
			Cost: value(),
			"Files changed": value(),
		};
		const figures = FIGURES.map((name) =>
			el("div", {}, el("dt", { text: name }), this.#values[name]),
		);
		this.#showAgents = button("Show Finished Agents", { class: "button primary" }, () =>
			handlers.onShowAgents(),
		);
		const replay = button("Replay", { class: "button" }, () => handlers.onReplay());
		const timeline = button("Open Timeline", { class: "button" }, () => handlers.onOpenTimeline());
		this.element.append(
			this.#title,
			this.#when,
			el("dl", { class: "summary-figures" }, ...figures),
			this.#outcomes,
			el("div", { class: "empty-buttons" }, this.#showAgents, replay, timeline),
		);
		show(this.element, false);
	}

	/** @param ended the session and what it came to; null where that is not to be shown */
	update(ended: { readonly view: NodeView; readonly summary: SessionSummary } | null): void {
		show(this.element, ended !== null);
		if (ended === null || ended.summary === this.#shown) return;
		const { view, summary } = ended;
		this.#shown = summary;
		const { startedAt, endedAt } = summary;
		setText(this.#title, `${clip(view.folder, 60) || "Session"} is over`);
		const end = endedAt === null ? "" : ` – ${formatClock(endedAt)}`;
		setText(this.#when, `${formatClock(startedAt)}${end}`);
		this.#updateFigures(summary);
		this.#updateOutcomes(summary);
		show(this.#showAgents, summary.agents > 0);
	}

	#updateFigures(summary: SessionSummary): void {
		const { startedAt, endedAt, failures, costUsd, isCostPartial } = summary;
		const values = this.#values;
		const failed = failures === 0 ? "" : `, ${formatCount(failures)} failed`;
		setText(values.Agents, formatCount(summary.agents));
		setText(values.Took, endedAt === null ? "–" : formatDuration(endedAt - startedAt));
		setText(values.Calls, formatCount(summary.calls) + failed);
		setText(values.Tokens, formatTokens(summary.tokens));
		setText(values.Cost, formatCost(costUsd, isCostPartial));
		setText(values["Files changed"], formatCount(summary.files));
	}

	/** In words and in the colours of the ends; what did not happen is not listed. */
	#updateOutcomes({ outcomes }: SessionSummary): void {
		const words = { ...outcomes };
		const items = (Object.keys(words) as (keyof typeof words)[]).flatMap((ending) => {
			const count = words[ending];
			if (count === 0) return [];
			const word = ending === "lost" ? "lost" : endingWord(ending);
			const text = `${formatCount(count)} ${word}`;
			return [el("li", { text, attrs: { "data-ending": ending }, title: plural(count, "agent") })];
		});
		this.#outcomes.replaceChildren(...items);
		show(this.#outcomes, items.length > 0);
	}
}
