import type { UsualDuration } from "../../../model/views/usualTimes.ts";
import type {
	CallView,
	ModelUsage,
	NodeDetail,
	NodeView,
	ToolStat,
	ToolUse,
} from "../../../model/views/view.ts";
import type { ClientLabel } from "../../../protocol/messages.ts";
import { clip } from "../../text/clip.ts";
import { toolStatsText } from "../../text/toolStats.ts";
import { familyOf, letterOf, modelName, subtitleOf, titleOf } from "../../text/words.ts";
import { button, el, setText, show } from "../dom.ts";
import { icon } from "../icons.ts";
import { CallList } from "./callList.ts";
import { Cards } from "./cards.ts";
import { FailureBox } from "./failureBox.ts";
import { ModelTable } from "./modelTable.ts";
import { ToolBars } from "./toolBars.ts";

/** What the inspector is told of the selected node. */
interface Inspected {
	readonly view: NodeView;
	readonly parent: NodeView | undefined;
	/** Whose session it is. */
	readonly client: ClientLabel;
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
	/** How long agents of its type run; null where that is not known. */
	readonly usual: UsualDuration | null;
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
	readonly #cards = new Cards();
	readonly #id = el("code", { class: "node-id" });
	readonly #tools = new ToolBars();
	readonly #toolStats = el("p", { class: "dim tool-stats" });
	readonly #usage = new ModelTable("Tokens and cost");
	readonly #sessionUsage = new ModelTable("Whole session");
	readonly #failure: FailureBox;
	readonly #list: CallList;
	readonly #open: HTMLElement;

	constructor(handlers: InspectorHandlers) {
		this.#list = new CallList(handlers);
		this.#failure = new FailureBox((call) => handlers.onOpenTranscript(call));
		this.#open = button("Open transcript", { class: "button" }, () =>
			handlers.onOpenTranscript(null),
		);
		const attrs = { type: "button", "aria-label": "Close inspector (Escape)" };
		const close = el("button", { class: "icon-button", title: "Close (Escape)", attrs });
		close.append(icon("close"));
		close.addEventListener("click", () => handlers.onCloseInspector());
		const names = el("div", { class: "inspector-names" }, this.#title, this.#subtitle);
		const copy = button("Copy id", { class: "button" }, () => handlers.onCopyId());
		this.element.append(
			el("header", { class: "inspector-head" }, this.#letter, names, close),
			this.#description,
			this.#failure.element,
			this.#cards.element,
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
		this.#failure.update(inspected);
		this.#cards.update(inspected);
		this.#tools.update(detail?.tools ?? NO_TOOLS);
		const counted = toolStatsText(detail?.toolStats ?? NO_STATS);
		show(this.#toolStats, counted !== "");
		setText(this.#toolStats, `The client counted ${counted}`);
		this.#usage.update(detail?.usage ?? NO_USAGE);
		this.#sessionUsage.update(detail?.sessionUsage ?? NO_USAGE);
		this.#list.update(detail?.recent ?? NO_CALLS, inspected);
		show(this.#open, inspected.canOpen);
		setText(this.#id, clip(view.id, 80));
		this.#id.title = clip(view.id);
	}

	/** An agent is told by what it is, on which model, and who called it. */
	#updateHead({ view, parent, client }: Inspected): void {
		const isSession = view.kind === "session";
		this.#letter.dataset.family = isSession ? "session" : familyOf(view.model);
		setText(this.#letter, isSession ? client.mark : letterOf(familyOf(view.model)));
		setText(this.#title, titleOf(view));
		const below = parent && `${isSession ? "session started by" : "child of"} ${titleOf(parent)}`;
		const origin = below ?? (isSession ? "session" : "");
		const background = view.background ? "in the background" : "";
		const whose = isSession ? client.title : "";
		const parts = [whose, modelName(view.model), origin, background];
		setText(this.#subtitle, parts.filter(Boolean).join(" · "));
		const description = isSession ? view.cwd : view.description;
		show(this.#description, subtitleOf(view) !== "");
		setText(this.#description, clip(description, 1024));
	}
}
