import type { MirrorChange } from "../model/views/graphMirror.ts";
import type { PageMessage, PanelAction } from "../protocol/messages.ts";
import { PageParts } from "./pageParts.ts";
import type { ShellHandlers } from "./parts/shell.ts";
import { Picture } from "./picture.ts";
import { Scene, type SceneUpdate } from "./scene/scene.ts";
import type { Filters } from "./state/filters.ts";
import { PageModel } from "./state/pageModel.ts";
import { MAX_SAVED_PLACES, type SavedState } from "./state/savedState.ts";
import { Throttle } from "./state/throttle.ts";
import { Theme } from "./theme.ts";

/** What a page does outside of itself. */
interface PageOutlets {
	post(message: PageMessage): void;
	save(state: SavedState): void;
}

/** Least time between two updates of text and controls, ms; the picture does not wait for it. */
const PARTS_EVERY_MS = 100;
const SAVE_EVERY_MS = 500;

/** The page: does what the user and the host ask, and lets the picture and the parts follow. */
export class Page {
	readonly model = new PageModel();
	readonly picture: Picture;
	readonly scene: Scene;
	readonly parts: PageParts;
	readonly #theme: Theme;
	readonly #outlets: PageOutlets;
	readonly #updating = new Throttle(PARTS_EVERY_MS, () => this.parts.update(this.scene));
	readonly #saving = new Throttle(SAVE_EVERY_MS, () => this.#save());

	constructor(root: HTMLElement, saved: SavedState, outlets: PageOutlets) {
		this.#outlets = outlets;
		this.#theme = new Theme(document.body, () => this.#onTheme());
		this.parts = new PageParts(root, this.model, this.#handlers());
		const { model } = this;
		this.picture = new Picture(this.parts.shell.canvas, this.#theme.palette, {
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
		this.applyMotion();
		this.#updating.call();
	}

	post(message: PageMessage): void {
		this.#outlets.post(message);
	}

	/** Selects a node, or none; the host answers with its details. */
	select(key: string | null): void {
		const { model } = this;
		if (key === model.selected) return;
		model.selected = key;
		model.detail = null;
		model.reason = "";
		this.picture.setSelected(key);
		this.post({ type: "selected", id: key });
		this.#updating.flush();
		this.#saving.call();
	}

	/** Marks matches in the picture and narrows the table. */
	search(query: string): void {
		this.model.search.set(query);
		this.#markMatches();
		this.#saving.call();
	}

	/** Dims all nodes but these; null dims none. */
	highlight(keys: readonly string[] | null): void {
		this.model.search.highlighted = keys === null ? null : new Set(keys);
		this.#markMatches();
	}

	/** `null` shows everything. */
	setFilters(filters: Filters | null): void {
		if (filters === null) this.model.clearFilters();
		else this.model.ownFilters = filters;
		this.refilter();
		this.#saving.call();
	}

	fit(): void {
		this.picture.views.fit(this.picture.moves);
		this.#viewChosen();
	}

	zoomBy(factor: number): void {
		this.picture.views.zoomBy(factor, this.picture.moves);
		this.#viewChosen();
	}

	/** Px. */
	panBy(dx: number, dy: number): void {
		this.picture.views.panBy(dx, dy, this.picture.moves);
		this.#viewChosen();
	}

	reveal(key: string): void {
		this.picture.views.reveal(key, this.picture.moves);
		this.#viewChosen();
	}

	/** The focus goes into the table, and back to its button: never lost to the page. */
	toggleTable(): void {
		const { table, toolbar } = this.parts.shell;
		table.isOpen = !table.isOpen;
		this.#updating.flush();
		if (table.isOpen) table.focus(this.model.selected);
		else toolbar.tableButton.focus();
		this.#saving.call();
	}

	focusSearch(): void {
		this.parts.shell.toolbar.focusSearch();
	}

	/**
	 * Closes what was opened last: the inspector, else what the host points out, else the table.
	 * Gives back whether there was anything.
	 */
	escape(): boolean {
		const { table, canvas } = this.parts.shell;
		const { selected } = this.model;
		if (selected !== null) {
			this.select(null);
			if (table.isOpen) table.focus(selected);
			else canvas.focus();
			return true;
		}
		if (this.model.search.highlighted !== null) {
			this.highlight(null);
			return true;
		}
		if (!table.isOpen) return false;
		this.toggleTable();
		return true;
	}

	/** Called every second while the page can be seen: ages grow. */
	tick(): void {
		const { model } = this;
		this.parts.updateAges();
		if (model.selected !== null || this.parts.shell.table.isOpen) this.#updating.call();
		const isWaiting = [...this.scene.nodes.values()].some((node) => node.view.waiting !== null);
		if (isWaiting) this.picture.wake();
	}

	#handlers(): ShellHandlers {
		return {
			onSearch: (query) => this.search(query),
			onStep: (step) => this.#stepMatch(step),
			onFilters: (filters) => this.setFilters(filters),
			onClearFilters: () => this.setFilters(null),
			onZoom: (factor) => this.zoomBy(factor),
			onFit: () => this.fit(),
			onTable: () => this.toggleTable(),
			onOpen: (key, byKeyboard) => this.#openFromTable(key, byKeyboard),
			onClose: () => this.escape(),
			onInvoke: (action) => this.#invoke(action),
			onCloseInspector: () => this.escape(),
			onCopyId: () => this.#copyId(),
			onOpenTranscript: (call) => this.#openTranscript(call),
			onOpenFile: (call) => this.#openFile(call),
		};
	}

	#restore(saved: SavedState): void {
		const { model } = this;
		model.ownFilters = saved.filters;
		model.selected = saved.selected;
		model.search.set(saved.query);
		this.picture.setSelected(saved.selected);
		this.picture.places.restore(saved.places);
		if (saved.view !== null) this.picture.views.restore(saved.view);
		this.parts.shell.toolbar.setQuery(saved.query);
		this.parts.shell.table.isOpen = saved.isTableOpen;
	}

	/** Nothing before the first snapshot: it would overwrite what is to be restored. */
	#save(): void {
		const { model, picture } = this;
		if (!model.hasSnapshot) return;
		this.#outlets.save({
			view: picture.views.save(),
			selected: model.selected,
			filters: model.ownFilters,
			query: model.search.query,
			isTableOpen: this.parts.shell.table.isOpen,
			places: picture.places.latest(MAX_SAVED_PLACES),
		});
	}

	/** Text and controls follow soon. */
	refreshParts(): void {
		this.#updating.call();
	}

	/** Brings the picture in step with a change of the graph. */
	refreshScene(change: MirrorChange, kind: SceneUpdate["kind"]): void {
		const { model } = this;
		const keys = [...change.added, ...change.changed, ...change.removed];
		const now = performance.now();
		this.scene.update(keys, { kind, now, hostNow: model.clock.now() });
		for (const key of change.removed) model.tools.forget(key);
		this.#dropGoneSelection();
		this.#markMatches();
	}

	/** Not before all has been read: what was selected when the page was left may be among the rest. */
	#dropGoneSelection(): void {
		const { hasSnapshot, selected, status } = this.model;
		if (!hasSnapshot || status.phase !== "live" || selected === null) return;
		if (this.model.selectedView() === undefined) this.select(null);
	}

	/** The filters have changed: every node is looked at again, and nothing flashes for it. */
	refilter(): void {
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
		this.#updating.call();
	}

	#stepMatch(step: 1 | -1): void {
		const key = this.model.search.step(step);
		this.picture.setCurrent(key);
		if (key !== null) this.reveal(key);
		this.#updating.flush();
	}

	#sweep(now: number): void {
		if (!this.scene.sweep(now)) return;
		this.#markMatches();
	}

	/** By keyboard the reader goes on in the inspector; a click leaves the focus where it is. */
	#openFromTable(key: string, byKeyboard: boolean): void {
		this.select(key);
		this.reveal(key);
		if (byKeyboard) this.parts.shell.inspector.focus();
	}

	/** Saved also where nothing has to glide. */
	#viewChosen(): void {
		this.picture.invalidate();
		this.#saving.call();
	}

	#invoke(action: PanelAction): void {
		this.post({ type: "invoke", action });
	}

	#copyId(): void {
		const { selected } = this.model;
		if (selected !== null) this.post({ type: "copyId", id: selected });
	}

	#openTranscript(call: string | null): void {
		const { selected } = this.model;
		if (selected !== null) this.post({ type: "openTranscript", id: selected, call });
	}

	#openFile(call: string): void {
		const { selected } = this.model;
		if (selected !== null) this.post({ type: "openFile", id: selected, call });
	}

	#onTheme(): void {
		this.picture.setPalette(this.#theme.palette);
		this.applyMotion();
	}

	applyMotion(): void {
		const { reducedMotion } = this.model.settings;
		const isLess =
			reducedMotion === "auto" ? this.#theme.prefersLessMotion : reducedMotion === "on";
		this.picture.moves = !isLess;
		document.body.classList.toggle("less-motion", isLess);
		this.picture.invalidate();
	}
}
