import { doingText } from "../../model/views/doing.ts";
import { formatClock, formatCost, formatTokens } from "../../model/views/format.ts";
import {
	type CallView,
	isAlive,
	type ModelUsage,
	type NodeDetail,
	type NodeView,
	type ToolStat,
	type ToolUse,
} from "../../model/views/view.ts";
import { clip } from "../text/clip.ts";
import { formatAge, formatCount, formatDuration } from "../text/numbers.ts";
import { toolStatsText } from "../text/toolStats.ts";
import {
	endingWord,
	familyOf,
	letterOf,
	modelName,
	stateWord,
	subtitleOf,
	titleOf,
} from "../text/words.ts";
import { CallList } from "./callList.ts";
import { button, el, setText, show } from "./dom.ts";
import { icon } from "./icons.ts";
import { ModelTable } from "./modelTable.ts";
import { ToolBars } from "./toolBars.ts";

/** What the inspector is told of the selected node. */
interface Inspected {
	readonly view: NodeView;
	readonly parent: NodeView | undefined;
	/** null until the host has answered. */
	readonly detail: NodeDetail | null;
	/** Why it failed, or its latest failed call; empty while nothing tells. */
	readonly reason: string;
	/** Whether its transcript can be opened from here. */
	readonly canOpen: boolean;
	/** ms since the epoch. */
	readonly hostNow: number;
	/** As in "quiet for 6 m"; empty where it is not. */
	readonly quiet: string;
}

/** What the inspector asks for. */
export interface InspectorHandlers {
	onCloseInspector(): void;
	onCopyId(): void;
	/** @param call of the selected node; null for the end of its transcript */
	onOpenTranscript(call: string | null): void;
	/** @param call of the selected node, whose file is wanted */
	onOpenFile(call: string): void;
}

const NO_TOOLS: readonly ToolUse[] = [];
const NO_STATS: readonly ToolStat[] = [];
const NO_USAGE: readonly ModelUsage[] = [];
const NO_CALLS: readonly CallView[] = [];

/** The panel on the right: everything known of the selected node. */
export class Inspector {
	readonly element = el("aside", { class: "inspector", attrs: { "aria-label": "Inspector" } });
	readonly #letter = el("span", { class: "letter", attrs: { "aria-hidden": "true" } });
	readonly #title = el("h2", { class: "inspector-title", attrs: { tabindex: "-1" } });
	readonly #subtitle = el("p", { class: "dim" });
	readonly #description = el("p", { class: "description" });
	readonly #time = new Card("Running");
	readonly #state = new Card("State");
	readonly #calls = new Card("Calls");
	readonly #tokens = new Card("Tokens");
	readonly #id = el("code", { class: "node-id" });
	readonly #tools = new ToolBars();
	readonly #toolStats = el("p", { class: "dim tool-stats" });
	readonly #usage = new ModelTable("Tokens and cost");
	readonly #sessionUsage = new ModelTable("Whole session");
	readonly #reason = el("p", { class: "reason" });
	readonly #list: CallList;
	readonly #open: HTMLElement;

	constructor(handlers: InspectorHandlers) {
		this.#list = new CallList(handlers);
		this.#open = button("Open transcript", { class: "button" }, () =>
			handlers.onOpenTranscript(null),
		);
		const attrs = { type: "button", "aria-label": "Close inspector (Escape)" };
		const close = el("button", { class: "icon-button", title: "Close (Escape)", attrs });
		close.append(icon("close"));
		close.addEventListener("click", () => handlers.onCloseInspector());
		const names = el("div", { class: "inspector-names" }, this.#title, this.#subtitle);
		const cards = [this.#time, this.#state, this.#calls, this.#tokens].map((card) => card.element);
		const copy = button("Copy id", { class: "button" }, () => handlers.onCopyId());
		this.element.append(
			el("header", { class: "inspector-head" }, this.#letter, names, close),
			this.#reason,
			this.#description,
			el("div", { class: "cards" }, ...cards),
			this.#tools.element,
			this.#toolStats,
			this.#usage.element,
			this.#sessionUsage.element,
			this.#list.element,
			el("footer", { class: "inspector-foot" }, this.#id, this.#open, copy),
		);
		show(this.element, false);
	}

	get isOpen(): boolean {
		return !this.element.hidden;
	}

	/** The title, not a control: a screen reader starts with the name. */
	focus(): void {
		this.#title.focus();
	}

	update(inspected: Inspected | null): void {
		show(this.element, inspected !== null);
		if (inspected === null) return;
		const { view, detail } = inspected;
		this.#updateHead(inspected);
		this.#updateCards(inspected);
		this.#tools.update(detail?.tools ?? NO_TOOLS);
		const counted = toolStatsText(detail?.toolStats ?? NO_STATS);
		show(this.#toolStats, counted !== "");
		setText(this.#toolStats, `The client counted ${counted}`);
		this.#usage.update(detail?.usage ?? NO_USAGE);
		this.#sessionUsage.update(detail?.sessionUsage ?? NO_USAGE);
		this.#list.update(detail?.recent ?? NO_CALLS, inspected);
		show(this.#open, inspected.canOpen);
		show(this.#reason, inspected.reason !== "");
		setText(this.#reason, inspected.reason);
		setText(this.#id, clip(view.id, 80));
		this.#id.title = clip(view.id);
	}

	/** An agent is told by what it is, on which model, and who called it. */
	#updateHead({ view, parent }: Inspected): void {
		const isSession = view.kind === "session";
		this.#letter.dataset.family = isSession ? "session" : familyOf(view.model);
		setText(this.#letter, isSession ? "" : letterOf(familyOf(view.model)));
		setText(this.#title, titleOf(view));
		const origin = isSession ? "session" : parent && `child of ${titleOf(parent)}`;
		const parts = [modelName(view.model), origin, view.background ? "in the background" : ""];
		setText(this.#subtitle, parts.filter(Boolean).join(" · "));
		const description = isSession ? view.cwd : view.description;
		show(this.#description, subtitleOf(view) !== "");
		setText(this.#description, clip(description, 1024));
	}

	#updateCards({ view, hostNow, quiet }: Inspected): void {
		const end = view.endedAt ?? hostNow;
		const isOver = view.endedAt !== null;
		const length = isOver ? formatDuration(end - view.startedAt) : formatAge(end - view.startedAt);
		const started = `started ${formatClock(view.startedAt)}`;
		const ended = view.endedAt === null ? "" : `, ended ${formatClock(view.endedAt)}`;
		this.#time.set(isOver ? "Took" : "Running", length, started + ended);
		this.#state.set("State", stateWord(view), stateNote(view, hostNow, quiet));
		this.#state.element.dataset.state = view.state;
		const failures = view.failures === 0 ? "none failed" : `${formatCount(view.failures)} failed`;
		this.#calls.set("Calls", formatCount(view.calls), failures);
		const isKnown = view.tokens !== null || view.costUsd !== null;
		show(this.#tokens.element, isKnown);
		const { costUsd, isCostPartial } = view;
		const cost = costUsd === null ? "no price known" : `cost ${formatCost(costUsd, isCostPartial)}`;
		this.#tokens.set("Tokens", formatTokens(view.tokens), cost);
	}
}

/** What is behind the state, where there is more to say than one word. */
function stateNote(view: NodeView, hostNow: number, quiet: string): string {
	if (view.waiting !== null) {
		return `${clip(view.waiting.tool, 40)}, ${formatAge(hostNow - view.waiting.since)}`;
	}
	const doing = [clip(doingText(view, hostNow), 80), quiet].filter(Boolean).join(", ");
	if (doing !== "") return doing;
	if (view.stubs !== null) return `${formatCount(view.stubs)} stubs admitted`;
	if (view.state === "lost") return "nothing more was heard of it";
	if (isAlive(view) || view.kind === "session") return "";
	return view.outcome === null ? "no outcome reported" : `outcome ${endingWord(view.outcome)}`;
}

/** A small labelled number with a note below. */
class Card {
	readonly element = el("div", { class: "card" });
	readonly #label: HTMLElement;
	readonly #value = el("div", { class: "card-value" });
	readonly #note = el("div", { class: "card-note" });

	constructor(label: string) {
		this.#label = el("div", { class: "card-label", text: label });
		this.element.append(this.#label, this.#value, this.#note);
	}

	set(label: string, value: string, note: string): void {
		setText(this.#label, label);
		setText(this.#value, value);
		setText(this.#note, note);
	}
}
