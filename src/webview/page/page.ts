import type { MirrorChange } from "../../model/views/graphMirror.ts";
import type { NodeView } from "../../model/views/view.ts";
import type { PageMessage } from "../../protocol/messages.ts";
import { Exports } from "../export/exports.ts";
import { Picture } from "../picture.ts";
import { describe } from "../scene/describe.ts";
import { isFoldKey } from "../scene/ghosts.ts";
import { Scene, type SceneUpdate } from "../scene/scene.ts";
import { PageModel } from "../state/pageModel.ts";
import { Recordings } from "../state/recordings.ts";
import type { SavedState } from "../state/savedState.ts";
import { Throttle } from "../state/throttle.ts";
import { Theme } from "../theme.ts";
import { CameraControls } from "./cameraControls.ts";
import { HoverKeeper } from "./hoverKeeper.ts";
import { Narrowing } from "./narrowing.ts";
import { NodeActions } from "./nodeActions.ts";
import { NodeSelection } from "./nodeSelection.ts";
import { NodeWalk } from "./nodeWalk.ts";
import { handlersOf } from "./pageHandlers.ts";
import { PageMemory } from "./pageMemory.ts";
import { PageParts } from "./pageParts.ts";
import { Panes } from "./panes.ts";
import { ShownNodes } from "./shownNodes.ts";

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
	readonly selection: NodeSelection;
	readonly narrowing: Narrowing;
	readonly recordings = new Recordings((message) => this.post(message));
	readonly actions = new NodeActions(this.model, (message) => this.post(message));
	readonly #card: HoverKeeper;
	readonly #memory: PageMemory;
	readonly #theme: Theme;
	readonly #outlets: PageOutlets;
	readonly #updating = new Throttle(PARTS_EVERY_MS, () => this.#updateParts());
	/** The session whose summary was asked for, as it was then. */
	#summarised: NodeView | undefined;
	readonly #saving = new Throttle(SAVE_EVERY_MS, () => this.#save());

	constructor(root: HTMLElement, saved: SavedState, outlets: PageOutlets) {
		this.#outlets = outlets;
		this.#theme = new Theme(document.body, () => this.#onTheme());
		this.parts = new PageParts(root, this.model, handlersOf(this));
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
		this.selection = new NodeSelection({
			model,
			picture: this.picture,
			shown: this.shown,
			inspectReplayed: (key) => this.panes.replay.picture.inspect(key),
			chosen: () => this.chosen(),
			post: (message) => this.post(message),
		});
		this.narrowing = new Narrowing({
			model,
			shown: this.shown,
			table: shell.table,
			camera: this.camera,
			updateParts: () => this.#updating.flush(),
			save: () => this.#saving.call(),
		});
		this.walk = new NodeWalk({
			model,
			nodes: this.scene.nodes,
			camera: this.camera,
			select: (key) => this.selection.select(key),
			showAll: () => this.narrowing.setFilters(null),
		});
		this.panes = new Panes({
			model,
			shell,
			scene: this.scene,
			picture: this.picture,
			recordings: this.recordings,
			palette: () => this.#theme.palette,
			select: (key) => this.selection.select(key),
			inspect: (key) => this.selection.inspect(key),
			askReason: () => this.selection.askReason(),
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

	/** What is shown was chosen: text and controls follow at once, and it is remembered. */
	chosen(): void {
		this.#updating.flush();
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
			this.selection.select(null);
			if (table.isOpen) table.focus(selected);
			else canvas.focus();
			return true;
		}
		if (this.narrowing.release() || this.panes.replay.backToLive()) return true;
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

	/** Nothing before the first snapshot: it would overwrite what is to be restored. */
	#save(): void {
		if (!this.model.hasSnapshot) return;
		this.#outlets.save(this.#memory.gather(this.narrowing.isTableChosen));
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
		if (awaited !== null) this.selection.select(awaited);
		this.selection.dropGone();
		this.shown.mark();
	}

	/** A click on what stands for many lists them. */
	#pick(key: string | null): void {
		if (key === null || !isFoldKey(key)) this.selection.select(key);
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

	#advance(now: number): boolean {
		this.shown.sweep(now);
		return this.panes.replay.frame(now);
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
