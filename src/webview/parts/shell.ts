import type { PanelAction } from "../../protocol/messages.ts";
import type { Insets } from "../draw/view/surface.ts";
import type { Group } from "../state/groups.ts";
import { Badge } from "./badge.ts";
import { CounterBar } from "./counterBar.ts";
import { DemoRibbon } from "./demoRibbon.ts";
import { el } from "./dom.ts";
import { EmptyState } from "./emptyState.ts";
import { HoverCard } from "./hoverCard.ts";
import { Inspector, type InspectorHandlers } from "./inspector/inspector.ts";
import { SummaryCard } from "./inspector/summaryCard.ts";
import { KeySheet } from "./keySheet.ts";
import { LiveRegion } from "./liveRegion.ts";
import { type TableHandlers, TablePane } from "./table/tablePane.ts";
import { Toolbar, type ToolbarHandlers } from "./toolbar.ts";

/** What the parts ask the page to do. */
export interface ShellHandlers extends ToolbarHandlers, TableHandlers, InspectorHandlers {
	onInvoke(action: PanelAction): void;
	/** A counter was chosen. */
	onGroup(group: Group): void;
	onClearFilters(): void;
	/** Plays the session in focus from its beginning. */
	onPlay(): void;
	/** From the summary of a session that is over. */
	onOpenTimeline(): void;
}

/** The markup of the page: the picture, and everything that is text or a control around it. */
export class Shell {
	readonly canvas = el("canvas", {
		class: "picture",
		attrs: { tabindex: "0", role: "img", "aria-label": "Live graph of agents" },
	});
	readonly badge = new Badge();
	readonly card = new HoverCard();
	readonly keys = new KeySheet();
	readonly live = new LiveRegion();
	readonly counters: CounterBar;
	readonly summary: SummaryCard;
	readonly toolbar: Toolbar;
	readonly ribbon: DemoRibbon;
	readonly empty: EmptyState;
	readonly inspector: Inspector;
	readonly table: TablePane;

	readonly #middle = el("div", { class: "middle" });
	readonly #over = el("div", { class: "over" });
	readonly #stage = el("div", { class: "stage" });

	constructor(root: HTMLElement, handlers: ShellHandlers) {
		this.toolbar = new Toolbar(handlers);
		this.counters = new CounterBar((group) => handlers.onGroup(group));
		this.summary = new SummaryCard({
			onShowAgents: () => handlers.onFinished(),
			onOpenTimeline: () => handlers.onOpenTimeline(),
			onReplay: () => handlers.onPlay(),
		});
		this.ribbon = new DemoRibbon(() => handlers.onInvoke("stopDemo"));
		this.empty = new EmptyState((offer) => {
			if (offer === "clearFilters") handlers.onClearFilters();
			else handlers.onInvoke(offer);
		});
		this.inspector = new Inspector(handlers);
		this.table = new TablePane(handlers);
		this.#over.append(this.toolbar.element, this.badge.element);
		const { inspector, counters, live, ribbon, table, canvas, empty, summary, card } = this;
		this.#stage.append(canvas, empty.element, summary.element, card.element, this.#over);
		this.#middle.append(ribbon.element, this.#stage, table.element);
		root.append(this.#middle, inspector.element, counters.element, live.element, this.keys.element);
	}

	/** The picture makes room for it. */
	addAtBottom(element: HTMLElement): void {
		this.#middle.append(element);
	}

	/** The picture makes room for it. */
	addBelowPicture(element: HTMLElement): void {
		this.#stage.after(element);
	}

	/** What lies over the picture, at least in a narrow panel. */
	get overlays(): readonly Element[] {
		return [this.#over, this.inspector.element];
	}

	/** How much of the picture's sides that takes. */
	insets(): Insets {
		const picture = this.canvas.getBoundingClientRect();
		const top = this.#over.getBoundingClientRect().bottom - picture.top;
		const inspector = this.inspector.element.getBoundingClientRect();
		const right = this.inspector.isOpen ? Math.max(0, picture.right - inspector.left) : 0;
		// Where it takes nearly all there is no part left to show things in.
		return { top, right: right > picture.width * 0.8 ? 0 : right };
	}
}
