import type { PanelAction } from "../../protocol/messages.ts";
import { Badge } from "./badge.ts";
import { CounterBar } from "./counterBar.ts";
import { DemoRibbon } from "./demoRibbon.ts";
import { el } from "./dom.ts";
import { EmptyState } from "./emptyState.ts";
import { Inspector, type InspectorHandlers } from "./inspector.ts";
import { LiveRegion } from "./liveRegion.ts";
import { type TableHandlers, TablePane } from "./tablePane.ts";
import { Toolbar, type ToolbarHandlers } from "./toolbar.ts";

/** What the parts ask the page to do. */
export interface ShellHandlers extends ToolbarHandlers, TableHandlers, InspectorHandlers {
	onInvoke(action: PanelAction): void;
	onClearFilters(): void;
}

/** The markup of the page: the picture, and everything that is text or a control around it. */
export class Shell {
	readonly canvas = el("canvas", {
		class: "picture",
		attrs: { tabindex: "0", role: "img", "aria-label": "Live graph of agents" },
	});
	readonly badge = new Badge();
	readonly counters = new CounterBar();
	readonly live = new LiveRegion();
	readonly toolbar: Toolbar;
	readonly ribbon: DemoRibbon;
	readonly empty: EmptyState;
	readonly inspector: Inspector;
	readonly table: TablePane;

	constructor(root: HTMLElement, handlers: ShellHandlers) {
		this.toolbar = new Toolbar(handlers);
		this.ribbon = new DemoRibbon(() => handlers.onInvoke("stopDemo"));
		this.empty = new EmptyState((offer) => {
			if (offer === "clearFilters") handlers.onClearFilters();
			else handlers.onInvoke(offer);
		});
		this.inspector = new Inspector(handlers);
		this.table = new TablePane(handlers);
		const over = el("div", { class: "over" }, this.toolbar.element, this.badge.element);
		const stage = el("div", { class: "stage" }, this.canvas, this.empty.element, over);
		const middle = el("div", { class: "middle" }, this.ribbon.element, stage, this.table.element);
		const { inspector, counters, live } = this;
		root.append(middle, inspector.element, counters.element, live.element);
	}
}
