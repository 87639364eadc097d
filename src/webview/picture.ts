import { Camera, fitView, type SavedView, type View } from "./draw/camera.ts";
import { FrameLoop } from "./draw/frameLoop.ts";
import { measureSubtitle, measureTitle } from "./draw/labels.ts";
import { type Fonts, makeFonts, type Painter } from "./draw/painter.ts";
import type { Palette } from "./draw/palette.ts";
import { isInView, Renderer } from "./draw/renderer.ts";
import { Surface } from "./draw/surface.ts";
import { TextCache } from "./draw/textCache.ts";
import { Gestures } from "./input/gestures.ts";
import { HitTest } from "./input/hitTest.ts";
import { nextChange } from "./scene/animate.ts";
import { boundsOf, calmFit } from "./scene/bounds.ts";
import { clamp } from "./scene/curves.ts";
import { Floats } from "./scene/floats.ts";
import { Layout } from "./scene/layout.ts";
import { Places } from "./scene/places.ts";
import type { SceneNode } from "./scene/sceneNode.ts";

/** What the picture asks of and tells to the page around it. */
export interface PictureHost {
	/** Host clock, ms since the epoch. */
	hostNow(): number;
	/** A click on a node, or beside all (null). */
	onPick(key: string | null): void;
	/** The camera or the places have come to rest: a good moment to save them. */
	onRest(): void;
	/** Takes away nodes that have faded out. */
	sweep(now: number): void;
}

/** The canvas: camera, layout, signs and layers under one frame loop. */
export class Picture {
	readonly camera = new Camera();
	readonly floats = new Floats();
	readonly places = new Places();
	readonly layout: Layout;
	readonly surface: Surface;
	/** False under reduced motion. */
	moves = true;
	readonly #host: PictureHost;
	readonly #loop = new FrameLoop((now, elapsed) => this.#frame(now, elapsed));
	readonly #renderer = new Renderer();
	readonly #texts = new TextCache();
	readonly #hits = new HitTest();
	readonly #gestures: Gestures;
	#palette: Palette;
	#fonts: Fonts;
	#nodes: ReadonlyMap<string, SceneNode> = new Map();
	#visible: SceneNode[] = [];
	#selected: string | null = null;
	#hovered: SceneNode | null = null;
	#current: string | null = null;
	#savedView: SavedView | null = null;
	#hasView = false;
	#isLabelPlanStale = true;
	#isFitStale = true;
	#isHolding = false;

	constructor(canvas: HTMLCanvasElement, palette: Palette, host: PictureHost) {
		this.#host = host;
		this.#palette = palette;
		this.#fonts = makeFonts(palette.fontFamily);
		const measure = (node: SceneNode) => ({
			title: measureTitle(node, this.#texts, this.#fonts).width,
			subtitle: measureSubtitle(node, this.#texts, this.#fonts).width,
		});
		this.layout = new Layout(measure, this.places);
		this.surface = new Surface(canvas, () => this.#onResize());
		this.#gestures = new Gestures(canvas, {
			hit: (x, y) => this.#hits.at(x, y),
			onView: (view) => this.#onUserView(view),
			onHover: (node) => this.#onHover(node),
			onClick: (node) => host.onPick(node?.key ?? null),
			onGrab: (node) => this.#hold(node, true),
			onCarry: (node, x, y) => this.#carry(node, x, y),
			onDrop: (node) => this.#drop(node),
		});
		void document.fonts.ready.then(() => this.setPalette(this.#palette));
	}

	setPalette(palette: Palette): void {
		this.#palette = palette;
		this.#fonts = makeFonts(palette.fontFamily);
		this.#texts.clear();
		this.invalidate();
	}

	/** Nodes came, went or changed; the scene calls it after each update. */
	setNodes(nodes: ReadonlyMap<string, SceneNode>): void {
		this.#nodes = nodes;
		if (this.#hovered !== null && !nodes.has(this.#hovered.key)) this.#hovered = null;
		this.#isFitStale = true;
		this.invalidate();
	}

	setSelected(key: string | null): void {
		this.#selected = key;
		this.invalidate();
	}

	/** Marks the match that a search has led to. */
	setCurrent(key: string | null): void {
		this.#current = key;
		this.invalidate();
	}

	/** Something else than a sign has changed what is drawn. */
	invalidate(): void {
		this.#isLabelPlanStale = true;
		this.#loop.request();
	}

	/** A sign was given: only a frame is needed. */
	wake(): void {
		this.#loop.request();
	}

	/** Settles the first picture at once, so that nobody sees it find its places. */
	settle(): void {
		this.layout.settle();
		this.#hasView = false;
		this.invalidate();
	}

	/** Shows everything, and lets the camera follow again. */
	fit(): void {
		this.camera.hasUserMoved = false;
		const bounds = boundsOf(this.#nodes.values());
		const { width, height } = this.surface;
		if (bounds !== null) this.camera.glideTo(fitView(bounds, width, height), this.moves);
		this.invalidate();
	}

	zoomBy(factor: number): void {
		const { width, height } = this.surface;
		this.#moveByUser(this.camera.zoomed(factor, width / 2, height / 2));
	}

	panBy(dx: number, dy: number): void {
		const { k, x, y } = this.camera.destination;
		this.#moveByUser({ k, x: x + dx, y: y + dy });
	}

	/** Brings a node to the middle, at a zoom at which its label can be read. */
	reveal(key: string): void {
		const node = this.#nodes.get(key);
		if (node === undefined) return;
		const { width, height } = this.surface;
		const k = clamp(this.camera.destination.k, 0.8, 2);
		this.#moveByUser({ k, x: width / 2 - node.x * k, y: height / 2 - node.y * k });
	}

	saveView(): SavedView | null {
		const { width, height } = this.surface;
		return this.camera.hasUserMoved ? this.camera.save(width, height) : null;
	}

	/** Takes a view from before a reload as if the user had just chosen it. */
	restoreView(saved: SavedView): void {
		this.camera.hasUserMoved = true;
		this.#savedView = saved;
		this.invalidate();
	}

	#moveByUser(view: View): void {
		this.camera.hasUserMoved = true;
		this.camera.glideTo(view, this.moves);
		this.invalidate();
	}

	#onUserView({ k, x, y }: View): void {
		this.camera.hasUserMoved = true;
		this.camera.jumpTo({ k, x, y });
		this.invalidate();
	}

	#onHover(node: SceneNode | null): void {
		if (node === this.#hovered) return;
		this.#hovered = node;
		this.invalidate();
	}

	#onResize(): void {
		const { width, height } = this.surface;
		this.layout.aspect = width / Math.max(1, height - 90);
		this.#isFitStale = true;
		this.invalidate();
	}

	#hold(node: SceneNode, isHeld: boolean): void {
		this.#isHolding = isHeld;
		for (const each of this.#nodes.values()) {
			let at: SceneNode | null = each;
			while (at !== null && at !== node) at = at.parent;
			each.isHeld = isHeld && at === node;
		}
	}

	#carry(node: SceneNode, x: number, y: number): void {
		const { view } = this.camera;
		node.fx = (x - view.x) / view.k;
		node.fy = (y - view.y) / view.k;
		this.camera.hasUserMoved = true;
		this.layout.warm();
		this.invalidate();
	}

	#drop(node: SceneNode): void {
		const wasCarried = node.fx !== undefined && node.fx !== null;
		node.fx = null;
		node.fy = null;
		this.#hold(node, false);
		if (wasCarried) this.layout.restHere(node);
		this.invalidate();
	}

	#frame(now: number, elapsed: number): boolean {
		this.floats.sweep(now);
		this.#host.sweep(now);
		const isArranging = this.#arrange(elapsed);
		const isTravelling = this.#moveCamera(elapsed);
		const view = this.camera.view;
		const isSigning = this.#renderer.project(this.#nodes.values(), view, now, this.moves);
		const painter = this.#painter(now);
		if (isArranging || isTravelling || this.#isLabelPlanStale) this.#refresh(painter);
		this.surface.begin(this.#palette.ground);
		const isLabelling = this.#renderer.draw(painter, this.floats.all, elapsed);
		const isBusy = isSigning || isLabelling || this.floats.all.length > 0;
		const goesOn = isBusy || this.layout.isMoving || this.camera.isMoving;
		if (!goesOn) this.#rest(now);
		return goesOn;
	}

	/** One step of the layout; under reduced motion all of them at once. */
	#arrange(elapsed: number): boolean {
		if (!this.layout.isMoving) return false;
		if (!this.moves && !this.#isHolding) {
			this.layout.settle();
			return true;
		}
		this.layout.tick();
		// A page that draws few frames a second still comes to rest in the same time.
		if (elapsed > 24 && this.layout.isMoving) this.layout.tick();
		this.#isFitStale ||= !this.layout.isMoving;
		return true;
	}

	#moveCamera(elapsed: number): boolean {
		const before = this.camera.view;
		if (!this.#hasView) this.#firstView();
		else if (this.#isFitStale && !this.camera.hasUserMoved) this.#followCalmly();
		this.#isFitStale = false;
		this.camera.step(elapsed === 0 ? 16 : elapsed);
		if (this.camera.view === before) return false;
		this.#gestures.syncView(this.camera.view);
		return true;
	}

	#firstView(): void {
		const { width, height } = this.surface;
		const bounds = boundsOf(this.#nodes.values());
		if (width === 0 || bounds === null) return;
		this.#hasView = true;
		if (this.#savedView !== null) this.camera.restore(this.#savedView, width, height);
		else if (!this.camera.hasUserMoved) this.camera.jumpTo(fitView(bounds, width, height));
		this.#savedView = null;
	}

	#followCalmly(): void {
		const bounds = boundsOf(this.#nodes.values());
		const { width, height } = this.surface;
		if (bounds === null || width === 0) return;
		const view = calmFit(bounds, this.camera.destination, width, height);
		if (view !== null) this.camera.glideTo(view, this.moves);
	}

	#refresh(painter: Painter): void {
		this.#isLabelPlanStale = false;
		this.#hits.invalidate(painter.nodes);
		this.#renderer.planLabels(painter);
	}

	#rest(now: number): void {
		let next = Number.POSITIVE_INFINITY;
		for (const node of this.#nodes.values()) next = Math.min(next, nextChange(node, now));
		this.#loop.wakeIn(next - now);
		this.#host.onRest();
	}

	#painter(now: number): Painter {
		const { width, height, context } = this.surface;
		const visible = this.#visible;
		visible.length = 0;
		for (const node of this.#nodes.values()) {
			if (isInView(node, width, height)) visible.push(node);
		}
		return {
			context,
			palette: this.#palette,
			texts: this.#texts,
			fonts: this.#fonts,
			view: this.camera.view,
			width,
			height,
			now,
			hostNow: this.#host.hostNow(),
			moves: this.moves,
			crowd: clamp((this.#nodes.size - 20) / 150, 0, 1),
			nodes: visible,
			selected: this.#find(this.#selected),
			hovered: this.#hovered,
			current: this.#find(this.#current),
		};
	}

	#find(key: string | null): SceneNode | null {
		return key === null ? null : (this.#nodes.get(key) ?? null);
	}
}
