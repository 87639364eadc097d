import type { MirrorChange } from "../../model/views/graphMirror.ts";
import type { NodeView } from "../../model/views/view.ts";
import type { PageMessage } from "../../protocol/messages.ts";
import { Exports } from "../export/exports.ts";
import type { ShellHandlers } from "../parts/shell.ts";
import { Picture } from "../picture.ts";
import { describe } from "../scene/describe.ts";
import { isFoldKey } from "../scene/ghosts.ts";
import { Scene, type SceneUpdate } from "../scene/scene.ts";
import type { Filters } from "../state/filters.ts";
import type { Group } from "../state/groups.ts";
import { PageModel } from "../state/pageModel.ts";
import { Recordings } from "../state/recordings.ts";
import type { SavedState } from "../state/savedState.ts";
import { Throttle } from "../state/throttle.ts";
import { Theme } from "../theme.ts";
import { CameraControls } from "./cameraControls.ts";
import { HoverKeeper } from "./hoverKeeper.ts";
import { idsOf, NodeActions } from "./nodeActions.ts";
import { NodeWalk } from "./nodeWalk.ts";
import { PageMemory } from "./pageMemory.ts";
import { PageParts } from "./pageParts.ts";
import { Panes } from "./panes.ts";
import { ShownNodes } from "./shownNodes.ts";
import { toggleBuckets, toggleFinished } from "./viewSwitches.ts";

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
	readonly shown: ShownNodes;
	readonly parts: PageParts;
	readonly camera: CameraControls;
	readonly exports: Exports;
	readonly panes: Panes;
	readonly walk: NodeWalk;
	readonly recordings = new Recordings((message) => this.post(message));
	readonly #actions = new NodeActions(this.model, (message) => this.post(message));
	readonly #card: HoverKeeper;
	readonly #memory: PageMemory;
	readonly #theme: Theme;
	readonly #outlets: PageOutlets;
	readonly #updating = new Throttle(PARTS_EVERY_MS, () => this.#updateParts());
	/** The table was opened for a counter, and closes with it. */
	#isTableOfGroup = false;
	/** The session whose summary was asked for, as it was then. */
	#summarised: NodeView | undefined;
	readonly #saving = new Throttle(SAVE_EVERY_MS, () => this.#save());

	constructor(root: HTMLElement, saved: SavedState, outlets: PageOutlets) {
		this.#outlets = outlets;
		this.#theme = new Theme(document.body, () => this.#onTheme());
		this.parts = new PageParts(root, this.model, this.#handlers());
		const { model } = this;
		const { shell } = this.parts;
		this.#card = new HoverKeeper(model, shell.card, shell.canvas);
		this.picture = new Picture(shell.canvas, this.#theme.palette, {
			overlays: shell.overlays,
			insets: () => shell.insets(),
			onFollow: () => this.#updating.call(),
			onHover: (node) => this.#card.hover(node),
			hostNow: () => model.clock.now(),
			onPick: (key) => this.#pick(key),
			onRest: () => this.#saving.call(),
			advance: (now) => this.#advance(now),
		});
		this.exports = new Exports(this.picture, model, (message) => this.post(message));
		this.camera = new CameraControls(this.picture, () => this.#saving.call());
		this.scene = new Scene({
			graph: model.graph,
			layout: this.picture.layout,
			floats: this.picture.floats,
			places: this.picture.places,
			passes: model.passes,
			isGhost: model.isGhost,
			isNear: model.isNear,
			labelOf: model.labelOf,
		});
		this.shown = new ShownNodes({
			model,
			scene: this.scene,
			picture: this.picture,
			refreshParts: () => this.refreshParts(),
		});
		this.walk = new NodeWalk({
			model,
			nodes: this.scene.nodes,
			camera: this.camera,
			select: (key) => this.select(key),
			showAll: () => this.setFilters(null),
		});
		this.panes = new Panes({
			model,
			shell,
			scene: this.scene,
			picture: this.picture,
			recordings: this.recordings,
			palette: () => this.#theme.palette,
			select: (key) => this.select(key),
			inspect: (key) => this.#inspect(key),
			askReason: () => this.askReason(),
			post: (message) => this.post(message),
			refreshScene: (change, kind) => this.refreshScene(change, kind),
			refreshParts: () => this.refreshParts(),
			chosen: () => this.chosen(),
		});
		this.#memory = new PageMemory(model, this.picture, this.parts.shell, this.panes);
		this.#memory.restore(saved);
		this.applyMotion();
		this.#updating.call();
	}

	post(message: PageMessage): void {
		this.#outlets.post(message);
	}

	/** Selects a node, or none; the host answers with its details. */
	select(key: string | null): void {
		const { model } = this;
		const before = model.selected;
		model.awaited = null;
		if (key === before) return;
		model.selected = key;
		model.detail = null;
		model.reason.clear();
		this.shown.refreshGhosts(before, key);
		this.picture.setSelected(key);
		this.#inspect(key);
		this.#updating.flush();
		this.#saving.call();
	}

	/** Asks for details of a node: those of the moment that is shown. */
	#inspect(key: string | null): void {
		if (!this.panes.replay.picture.inspect(key)) this.post({ type: "selected", id: key });
	}

	/** Asks why the selected node failed, live as in a replay, now that its details are known. */
	askReason(): void {
		const { detail, reason } = this.model;
		const view = this.model.selectedView();
		if (view === undefined || detail === null) return;
		const question = reason.question(idsOf(view), view, detail);
		if (question !== null) this.post(question);
	}

	/** Marks matches in the picture and narrows the table. */
	search(query: string): void {
		this.model.search.set(query);
		this.shown.mark();
		this.#saving.call();
	}

	/** Dims all nodes but these; null dims none. */
	highlight(keys: readonly string[] | null): void {
		this.model.search.highlighted = keys === null ? null : new Set(keys);
		this.shown.mark();
	}

	/** Shows, lists and points out what a counter counts, whether it lives or not; null ends that. */
	setGroup(group: Group | null): void {
		const { model } = this;
		const { table } = this.parts.shell;
		const isListed = group !== null && model.search.group === null && !table.isOpen;
		if (isListed) table.isOpen = true;
		else if (group === null && this.#isTableOfGroup) table.isOpen = false;
		this.#isTableOfGroup = isListed || (group !== null && this.#isTableOfGroup);
		model.search.group = group;
		this.shown.refilter();
		this.#updating.flush();
	}

	/** What is shown was chosen: text and controls follow at once, and it is remembered. */
	chosen(): void {
		this.#updating.flush();
		this.#saving.call();
	}

	/** `null` shows everything. */
	setFilters(filters: Filters | null): void {
		if (filters === null) this.model.clearFilters();
		else this.model.ownFilters = filters;
		this.shown.refilter();
		this.#saving.call();
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

	/** Enter on the picture: the reader goes on in the inspector. */
	openInspector(): void {
		const { inspector } = this.parts.shell;
		if (inspector.isOpen) inspector.focus();
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
		if (this.model.search.group !== null) {
			this.setGroup(null);
			return true;
		}
		if (this.panes.replay.backToLive()) return true;
		if (!table.isOpen) return false;
		this.toggleTable();
		return true;
	}

	/** Called every second while the page can be seen: ages grow. */
	tick(): void {
		const { model } = this;
		this.parts.updateAges();
		if (model.selected !== null || this.parts.shell.table.isOpen) this.#updating.call();
		// What says how long becomes wider, and other things keep clear of it.
		const isWaiting = [...this.scene.nodes.values()].some((node) => node.view.waiting !== null);
		const hasNews = describe(this.scene.nodes.values(), model.clock.now(), model.usual);
		if (isWaiting || hasNews) this.picture.invalidate();
		this.#card.update();
		this.panes.timeline.tick();
	}

	#handlers(): ShellHandlers {
		return {
			onSearch: (query) => this.search(query),
			onStep: (step) => this.#stepMatch(step),
			onFilters: (filters) => this.setFilters(filters),
			onClearFilters: () => this.setFilters(null),
			onZoom: (factor) => this.camera.zoomBy(factor),
			onFit: () => this.camera.fit(),
			onFollow: () => this.camera.toggleFollow(),
			onNextWait: () => this.walk.nextWait(),
			onTable: () => this.toggleTable(),
			onFinished: () => toggleFinished(this),
			onBuckets: () => toggleBuckets(this),
			onTimeline: () => this.panes.timeline.toggle(),
			onOpenTimeline: () => this.panes.timeline.show(),
			onKeys: () => this.parts.shell.keys.toggle(),
			onExport: (format) => this.exports.view(format),
			onExportSession: () => this.exports.session(),
			onGroup: (group) => this.setGroup(this.model.search.group === group ? null : group),
			onOpen: (key, byKeyboard) => this.#openFromTable(key, byKeyboard),
			onOpenRowTranscript: (key) => this.#actions.openTranscript(null, key),
			onCopyRowId: (key) => this.#actions.copyId(key),
			onClose: () => this.escape(),
			onReplay: () => this.panes.replay.toggle(),
			onPlay: () => this.panes.replay.togglePlay(),
			onInvoke: (action) => this.post({ type: "invoke", action }),
			onCloseInspector: () => this.escape(),
			onCopyId: () => this.#actions.copyId(),
			onOpenTranscript: (call) => this.#actions.openTranscript(call),
			onOpenFile: (call) => this.#actions.openFile(call),
		};
	}

	/** Nothing before the first snapshot: it would overwrite what is to be restored. */
	#save(): void {
		if (!this.model.hasSnapshot) return;
		this.#outlets.save(this.#memory.gather(this.parts.shell.table.isOpen && !this.#isTableOfGroup));
	}

	/** Text and controls follow soon. */
	refreshParts(): void {
		this.#updating.call();
	}

	/** Brings the picture in step with a change of the graph. */
	refreshScene(change: MirrorChange, kind: SceneUpdate["kind"]): void {
		const { model } = this;
		const keys = [...change.added, ...change.changed, ...change.removed];
		this.shown.update(keys, kind);
		for (const key of change.removed) model.tools.forget(key);
		this.#card.update();
		const awaited = this.#memory.awaited(keys);
		if (awaited !== null) this.select(awaited);
		this.#dropGoneSelection();
		this.shown.mark();
	}

	/** Not before all has been read: what was selected when the page was left may be among the rest. */
	#dropGoneSelection(): void {
		const { model } = this;
		const { hasSnapshot, selected, status, awaited } = model;
		if (!hasSnapshot || status.phase !== "live") return;
		if (selected !== null && model.selectedView() === undefined) this.select(null);
		// In a replay it may be there again.
		model.awaited = model.clock.isHeld ? awaited : null;
	}

	/** A click on what stands for many lists them. */
	#pick(key: string | null): void {
		if (key === null || !isFoldKey(key)) this.select(key);
		else if (!this.parts.shell.table.isOpen) this.toggleTable();
	}

	#updateParts(): void {
		this.panes.replay.follow();
		this.parts.update(this.scene, this.picture.views.isFollowing, this.panes);
		this.panes.timeline.update();
		const ended = this.scene.nodes.size === 0 ? this.model.lastEnded() : undefined;
		if (ended === undefined || ended === this.#summarised) return;
		this.#summarised = ended;
		const isTold = this.panes.replay.picture.summarise(ended.key);
		if (!isTold) this.post({ type: "summarise", id: ended.key });
	}

	#stepMatch(step: 1 | -1): void {
		const key = this.shown.stepMatch(step);
		if (key !== null) this.camera.reveal(key);
		this.#updating.flush();
	}

	#advance(now: number): boolean {
		this.shown.sweep(now);
		return this.panes.replay.frame(now);
	}

	/** By keyboard the reader goes on in the inspector; a click leaves the focus where it is. */
	#openFromTable(key: string, byKeyboard: boolean): void {
		this.select(key);
		this.camera.reveal(key);
		if (byKeyboard) this.parts.shell.inspector.focus();
	}

	#onTheme(): void {
		this.picture.setPalette(this.#theme.palette);
		this.panes.timeline.setPalette(this.#theme.palette);
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
