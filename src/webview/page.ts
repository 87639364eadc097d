import type { MirrorChange } from "../model/graphMirror.ts";
import type { GraphPatch, GraphSnapshot, NodeDetail } from "../model/view.ts";
import type {
	PageMessage,
	PanelAction,
	PanelSettings,
	SourceStatus,
} from "../protocol/messages.ts";
import type { HostHandlers } from "./host/hostLink.ts";
import { Shell } from "./parts/shell.ts";
import { tableRows } from "./parts/tableRows.ts";
import { Picture } from "./picture.ts";
import { Scene, type SceneUpdate } from "./scene/scene.ts";
import type { Filters } from "./state/filters.ts";
import { PageModel } from "./state/pageModel.ts";
import { MAX_SAVED_PLACES, type SavedState } from "./state/savedState.ts";
import { Throttle } from "./state/throttle.ts";
import { plural } from "./text/format.ts";
import { Theme } from "./theme.ts";

/** What a page does outside of itself. */
export interface PageOutlets {
	post(message: PageMessage): void;
	save(state: SavedState): void;
}

/** Least time between two updates of text and controls, ms; the picture does not wait for it. */
const PARTS_EVERY_MS = 100;
const SAVE_EVERY_MS = 500;

/** The page: takes messages, keeps the model, and lets the picture and the parts follow. */
export class Page implements HostHandlers {
	readonly model = new PageModel();
	readonly picture: Picture;
	readonly scene: Scene;
	readonly #shell: Shell;
	readonly #theme: Theme;
	readonly #outlets: PageOutlets;
	readonly #parts = new Throttle(PARTS_EVERY_MS, () => this.#updateParts());
	readonly #saving = new Throttle(SAVE_EVERY_MS, () => this.#save());

	constructor(root: HTMLElement, saved: SavedState, outlets: PageOutlets) {
		this.#outlets = outlets;
		this.#theme = new Theme(document.body, () => this.#onTheme());
		this.#shell = new Shell(root, {
			onSearch: (query) => this.search(query),
			onStep: (step) => this.#stepMatch(step),
			onFilters: (filters) => this.setFilters(filters),
			onClearFilters: () => this.setFilters(null),
			onZoom: (factor) => this.picture.zoomBy(factor),
			onFit: () => this.fit(),
			onTable: () => this.toggleTable(),
			onOpen: (key, byKeyboard) => this.#openFromTable(key, byKeyboard),
			onClose: () => this.escape(),
			onInvoke: (action) => this.#invoke(action),
			onCloseInspector: () => this.escape(),
			onCopyId: () => this.#copyId(),
		});
		const { model } = this;
		this.picture = new Picture(this.#shell.canvas, this.#theme.palette, {
			hostNow: () => model.clock.now(),
			onPick: (key) => this.select(key),
			onRest: () => this.#saving.call(),
			sweep: (now) => this.#sweep(now),
		});
		this.scene = new Scene({
			graph: model.graph,
			layout: this.picture.layout,
			floats: this.picture.floats,
			places: this.picture.places,
			passes: model.passes,
			isNear: model.isNear,
		});
		this.#restore(saved);
		this.#applyMotion();
		this.#parts.call();
	}

	onSnapshot(graph: GraphSnapshot, now: number): void {
		const { model } = this;
		const isFirst = !model.hasSnapshot;
		model.clock.note(now, true);
		model.hasSnapshot = true;
		model.isOutdated = false;
		this.#refreshScene(model.graph.reset(graph), "snapshot");
		if (isFirst) this.picture.settle();
		if (isFirst) this.#shell.live.introduce(graph.counters.alive);
		// The host of a page that comes back does not know what it had selected.
		if (model.selected !== null) this.#outlets.post({ type: "selected", id: model.selected });
	}

	onPatch(patch: GraphPatch, now: number): void {
		const { model } = this;
		model.clock.note(now, false);
		const { news } = this.#shell.live;
		for (const view of patch.upserts) news.note(model.graph.get(view.key), view);
		const change = model.graph.apply(patch);
		model.tools.notePulses(patch.pulses);
		this.#refreshScene(change, "patch");
		this.scene.pulse(patch.pulses, performance.now());
		this.#shell.live.update();
	}

	onSettings(settings: PanelSettings): void {
		this.model.settings = settings;
		this.#applyMotion();
		this.#refilter();
	}

	onStatus(status: SourceStatus): void {
		this.model.status = status;
		this.#parts.call();
	}

	onSelect(key: string | null, reveal: boolean): void {
		this.select(key);
		if (key !== null && reveal) this.picture.reveal(key);
	}

	onDetail(detail: NodeDetail): void {
		this.model.tools.noteDetail(detail);
		if (detail.key !== this.model.selected) return;
		this.model.detail = detail;
		this.#parts.call();
	}

	onOutdated(): void {
		this.model.isOutdated = true;
		this.#parts.call();
	}

	/** Selects a node, or none; the host answers with its details. */
	select(key: string | null): void {
		const { model } = this;
		if (key === model.selected) return;
		model.selected = key;
		model.detail = null;
		this.picture.setSelected(key);
		this.#outlets.post({ type: "selected", id: key });
		this.#parts.flush();
		this.#saving.call();
	}

	search(query: string): void {
		this.model.search.set(query);
		this.#markMatches();
		this.#saving.call();
	}

	/** `null` shows everything. */
	setFilters(filters: Filters | null): void {
		if (filters === null) this.model.clearFilters();
		else this.model.ownFilters = filters;
		this.#refilter();
		this.#saving.call();
	}

	fit(): void {
		this.picture.fit();
		this.#saving.call();
	}

	toggleTable(): void {
		const { table, toolbar } = this.#shell;
		table.isOpen = !table.isOpen;
		this.#parts.flush();
		if (table.isOpen) table.focus(this.model.selected);
		else toolbar.tableButton.focus();
		this.#saving.call();
	}

	focusSearch(): void {
		this.#shell.toolbar.focusSearch();
	}

	/** Closes what was opened last: the inspector, else the table. Gives back whether anything was. */
	escape(): boolean {
		const { table, canvas } = this.#shell;
		const { selected } = this.model;
		if (selected !== null) {
			this.select(null);
			if (table.isOpen) table.focus(selected);
			else canvas.focus();
			return true;
		}
		if (!table.isOpen) return false;
		this.toggleTable();
		return true;
	}

	/** Called every second while the page can be seen: ages grow. */
	tick(): void {
		const { model } = this;
		this.#shell.counters.update(model.graph.mirror.counters, model.clock.now());
		if (model.selected !== null || this.#shell.table.isOpen) this.#parts.call();
		const isWaiting = [...this.scene.nodes.values()].some((node) => node.view.waiting !== null);
		if (isWaiting) this.picture.wake();
	}

	#restore(saved: SavedState): void {
		const { model } = this;
		model.ownFilters = saved.filters;
		model.selected = saved.selected;
		model.search.set(saved.query);
		this.picture.setSelected(saved.selected);
		this.picture.places.restore(saved.places);
		if (saved.view !== null) this.picture.restoreView(saved.view);
		this.#shell.toolbar.setQuery(saved.query);
		this.#shell.table.isOpen = saved.isTableOpen;
	}

	#save(): void {
		const { model, picture } = this;
		if (!model.hasSnapshot) return;
		this.#outlets.save({
			view: picture.saveView(),
			selected: model.selected,
			filters: model.ownFilters,
			query: model.search.query,
			isTableOpen: this.#shell.table.isOpen,
			places: picture.places.latest(MAX_SAVED_PLACES),
		});
	}

	#refreshScene(change: MirrorChange, kind: SceneUpdate["kind"]): void {
		const { model } = this;
		const keys = [...change.added, ...change.changed, ...change.removed];
		const now = performance.now();
		this.scene.update(keys, { kind, now, hostNow: model.clock.now() });
		for (const key of change.removed) model.tools.forget(key);
		if (model.hasSnapshot && model.selected !== null && model.selectedView() === undefined) {
			this.select(null);
		}
		this.#markMatches();
	}

	/** The filters have changed: every node is looked at again, and nothing flashes for it. */
	#refilter(): void {
		const { model } = this;
		const keys = [...model.graph.views()].map((view) => view.key);
		const update = {
			kind: "snapshot",
			now: performance.now(),
			hostNow: model.clock.now(),
		} as const;
		this.scene.update(keys, update);
		this.#markMatches();
	}

	#markMatches(): void {
		const { search } = this.model;
		search.mark(this.scene.nodes.values());
		this.picture.setNodes(this.scene.nodes);
		this.picture.setCurrent(search.current);
		this.#parts.call();
	}

	#stepMatch(step: 1 | -1): void {
		const key = this.model.search.step(step);
		this.picture.setCurrent(key);
		if (key !== null) this.picture.reveal(key);
		this.#parts.flush();
	}

	#sweep(now: number): void {
		if (!this.scene.sweep(now)) return;
		this.#markMatches();
	}

	#openFromTable(key: string, byKeyboard: boolean): void {
		this.select(key);
		this.picture.reveal(key);
		if (byKeyboard) this.#shell.inspector.focus();
	}

	#invoke(action: PanelAction): void {
		this.#outlets.post({ type: "invoke", action });
	}

	#copyId(): void {
		const { selected } = this.model;
		if (selected !== null) this.#outlets.post({ type: "copyId", id: selected });
	}

	#onTheme(): void {
		this.picture.setPalette(this.#theme.palette);
		this.#applyMotion();
	}

	#applyMotion(): void {
		const { reducedMotion } = this.model.settings;
		const isLess =
			reducedMotion === "auto" ? this.#theme.prefersLessMotion : reducedMotion === "on";
		this.picture.moves = !isLess;
		document.body.classList.toggle("less-motion", isLess);
		this.picture.invalidate();
	}

	#updateParts(): void {
		const { model, scene } = this;
		const shell = this.#shell;
		const { counters } = model.graph.mirror;
		const hostNow = model.clock.now();
		shell.counters.update(counters, hostNow);
		shell.badge.update(model.status);
		shell.ribbon.update(model.status.source === "demo");
		shell.toolbar.setFilters(model.filters, model.sessionChoices());
		shell.toolbar.setMatches(model.search.progress);
		shell.toolbar.setTableOpen(shell.table.isOpen);
		shell.empty.update({
			status: model.status,
			shown: scene.nodes.size,
			filtered: model.countFiltered(),
			spawned: counters.spawned,
			isOutdated: model.isOutdated,
			hasSnapshot: model.hasSnapshot,
		});
		shell.canvas.setAttribute("aria-label", this.#describe());
		this.#updateInspector(hostNow);
		if (shell.table.isOpen) this.#updateTable(hostNow);
	}

	#describe(): string {
		const { counters } = this.model.graph.mirror;
		const agents = plural(counters.alive, "agent");
		return `Live graph: ${agents} at work. Press T for the same as a table.`;
	}

	#updateInspector(hostNow: number): void {
		const { model } = this;
		const view = model.selectedView();
		const parent = view?.parent == null ? undefined : model.graph.get(view.parent);
		const inspected = view && { view, parent, detail: model.detail, hostNow };
		this.#shell.inspector.update(inspected ?? null);
	}

	#updateTable(hostNow: number): void {
		const { model } = this;
		const { counters } = model.graph.mirror;
		const isWhole = !model.isFiltered && model.search.query === "";
		const passes = (view: Parameters<typeof model.passes>[0]): boolean =>
			model.passes(view) && model.search.finds(view);
		const ended = isWhole ? counters.done + counters.lost : null;
		this.#shell.table.update(
			tableRows(model.graph.views(), passes, ended),
			model.selected,
			hostNow,
		);
	}
}
