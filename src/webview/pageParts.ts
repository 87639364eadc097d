import type { NodeView } from "../model/views/view.ts";
import { Shell, type ShellHandlers } from "./parts/shell.ts";
import { tableRows } from "./parts/tableRows.ts";
import type { Scene } from "./scene/scene.ts";
import type { PageModel } from "./state/pageModel.ts";
import { plural } from "./text/numbers.ts";

/** Keeps everything that is text or a control in step with the model. */
export class PageParts {
	readonly shell: Shell;
	readonly #model: PageModel;

	constructor(root: HTMLElement, model: PageModel, handlers: ShellHandlers) {
		this.#model = model;
		this.shell = new Shell(root, handlers);
	}

	update(scene: Scene): void {
		const { shell } = this;
		const model = this.#model;
		const hostNow = model.clock.now();
		shell.counters.update(model.counters, hostNow);
		shell.badge.update(model.status);
		shell.ribbon.update(model.status.source === "demo");
		shell.toolbar.setFilters(model.filters, model.sessionChoices());
		shell.toolbar.setMatches(model.search.progress);
		shell.toolbar.setTableOpen(shell.table.isOpen);
		this.#updateEmpty(scene);
		this.#describePicture();
		this.#updateInspector(hostNow);
		if (shell.table.isOpen) this.#updateTable(hostNow);
	}

	/** What has to be redrawn every second, because ages grow. */
	updateAges(): void {
		this.shell.counters.update(this.#model.counters, this.#model.clock.now());
	}

	/** Counts anew each time: it is asked at most ten times a second. */
	#updateEmpty(scene: Scene): void {
		const model = this.#model;
		this.shell.empty.update({
			status: model.status,
			shown: scene.nodes.size,
			filtered: model.countFiltered(),
			spawned: model.counters.spawned,
			isOutdated: model.isOutdated,
			hasSnapshot: model.hasSnapshot,
		});
	}

	/** A canvas has no text of its own for screen readers. */
	#describePicture(): void {
		const agents = plural(this.#model.counters.alive, "agent");
		const text = `Live graph: ${agents} at work. Press T for the same as a table.`;
		const { canvas } = this.shell;
		if (canvas.getAttribute("aria-label") !== text) canvas.setAttribute("aria-label", text);
	}

	#updateInspector(hostNow: number): void {
		const model = this.#model;
		const view = model.selectedView();
		const parent = view?.parent == null ? undefined : model.graph.get(view.parent);
		this.shell.inspector.update(
			view
				? {
						view,
						parent,
						detail: model.detail,
						reason: model.reason,
						canOpen: model.settings.canOpen,
						hostNow,
					}
				: null,
		);
	}

	#updateTable(hostNow: number): void {
		const model = this.#model;
		const { done, lost } = model.counters;
		// Totals know agents that the page has forgotten, but not which of them would pass.
		const isWhole = !model.isFiltered && model.search.query === "";
		const passes = (view: NodeView): boolean => model.passes(view) && model.search.finds(view);
		const rows = tableRows(model.graph.views(), passes, isWhole ? done + lost : null);
		this.shell.table.update(rows, model.selected, hostNow);
	}
}
