import type { Palette } from "./draw/colors/palette.ts";
import type { DrawContext } from "./draw/drawContext.ts";
import type { Painter } from "./draw/painter.ts";
import { PainterMaker } from "./draw/painterMaker.ts";
import { Renderer } from "./draw/renderer.ts";
import { FrameLoop } from "./draw/view/frameLoop.ts";
import { type Insets, Surface } from "./draw/view/surface.ts";
import { ViewKeeper } from "./draw/view/viewKeeper.ts";
import { Carrier } from "./input/carrier.ts";
import { Gestures } from "./input/gestures.ts";
import { HitTest } from "./input/hitTest.ts";
import { nextChange } from "./scene/animate.ts";
import { Floats } from "./scene/floats.ts";
import { Layout } from "./scene/layout.ts";
import { Places } from "./scene/restingPlaces.ts";
import { isPlaced, type SceneNode } from "./scene/sceneNode.ts";

/** How long of each frame newcomers may look for their places, ms. */
const SEATING_MS = 6;
/** The same of edges that look for their ways past labels and discs. */
const ROUTING_MS = 4;

/** What the picture asks of and tells to the page around it. */
interface PictureHost {
	/** Elements that lie over the picture, and how much of its sides they take. */
	readonly overlays: readonly Element[];
	readonly insets: () => Insets;
	/** Host clock, ms since the epoch. */
	hostNow(): number;
	/** A click on a node, or beside all (null). */
	onPick(key: string | null): void;
	/** The camera and the places have come to rest: a good moment to save them. */
	onRest(): void;
	/** The pointer has come to a node, or to none; also called when the picture moves under it. */
	onHover(node: SceneNode | null): void;
	/** The camera follows by itself, or no longer does. */
	onFollow(): void;
	/** Takes away nodes that have faded out, and plays on; gives back whether it goes on by itself. */
	advance(now: number): boolean;
}

/** The canvas: view, layout, signs and layers under one frame loop. */
export class Picture {
	readonly views: ViewKeeper;
	readonly floats = new Floats();
	readonly places = new Places();
	readonly layout: Layout;
	/** False under reduced motion. */
	moves = true;
	readonly #host: PictureHost;
	readonly #surface: Surface;
	readonly #loop = new FrameLoop((now, elapsed) => this.#frame(now, elapsed));
	readonly #renderer = new Renderer();
	readonly #hits = new HitTest();
	readonly #gestures: Gestures;
	readonly #carrier: Carrier;
	readonly #painters: PainterMaker;
	/** Of the scene, and those of them that are seen. */
	#all: ReadonlyMap<string, SceneNode> = new Map();
	#nodes: ReadonlyMap<string, SceneNode> = new Map();
	#toReveal: string | null = null;
	/** The first picture is of a crowd, and grows until it is whole. */
	#isGrowing = false;
	#isLabelPlanStale = true;
	/** Labels are elsewhere than when edges were led past them. */
	#areRoutesStale = true;

	constructor(canvas: HTMLCanvasElement, palette: Palette, host: PictureHost) {
		this.#host = host;
		this.#painters = new PainterMaker(palette);
		this.layout = new Layout((node) => this.#painters.measure(node), this.places);
		this.#carrier = new Carrier(this.layout);
		const { overlays, insets } = host;
		this.#surface = new Surface(canvas, overlays, insets, () => this.#onResize());
		this.views = new ViewKeeper(this.#surface, () => host.onFollow());
		this.#gestures = this.#bindGestures(canvas);
		// Text was measured in another font where a web font had not come yet.
		void document.fonts.ready.then(() => this.setPalette(this.#painters.palette));
	}

	setPalette(palette: Palette): void {
		this.#painters.palette = palette;
		this.invalidate();
	}

	/** Nodes came, went or changed; to be called after each update of the scene. */
	setNodes(nodes: ReadonlyMap<string, SceneNode>): void {
		this.#all = nodes;
		this.#takeSeated();
		this.invalidate();
	}

	/** Seen is whoever has a place, and all above it have one. */
	#takeSeated(): void {
		const seated = new Map<string, SceneNode>();
		for (const [key, node] of this.#all) if (isPlaced(node)) seated.set(key, node);
		this.#nodes = seated;
		this.views.nodes = seated;
		const { hovered } = this.#painters;
		if (hovered !== null && !seated.has(hovered.key)) this.#onHover(null);
	}

	/** Calls are told by small nodes at the agents, or by names that float up from them. */
	setBuckets(areShown: boolean): void {
		this.floats.isOn = !areShown;
		this.invalidate();
	}

	setSelected(key: string | null): void {
		this.#painters.selected = key;
		this.invalidate();
	}

	/** Marks the match that a search has led to. */
	setCurrent(key: string | null): void {
		this.#painters.current = key;
		this.invalidate();
	}

	/** Something has changed what is drawn, labels included. */
	invalidate(): void {
		this.#isLabelPlanStale = true;
		this.#loop.request();
	}

	/** Something has changed, but no label has to move for it. */
	wake(): void {
		this.#loop.request();
	}

	/** CSS px. */
	get size(): { readonly width: number; readonly height: number } {
		const { width, height } = this.#surface;
		return { width, height };
	}

	/** Draws what is seen on something else, in CSS px; gives back its size. */
	drawOn(context: DrawContext): { readonly width: number; readonly height: number } {
		const painter = { ...this.#painter(performance.now()), context };
		context.globalAlpha = 1;
		context.fillStyle = this.#painters.palette.ground;
		context.fillRect(0, 0, painter.width, painter.height);
		this.#renderer.draw(painter, this.floats.all, 0);
		return this.size;
	}

	/** Brings the first picture to rest, so that nobody sees it find its places. */
	rest(): void {
		this.#isGrowing = this.layout.isSeating;
		if (!this.#isGrowing) this.layout.rest();
		this.views.startOver();
		this.invalidate();
	}

	/** Brings a node into view, once it has a place. */
	reveal(key: string): void {
		this.#toReveal = this.layout.isSeating ? key : null;
		if (this.#toReveal === null) this.views.reveal(key, this.moves);
	}

	#bindGestures(canvas: HTMLCanvasElement): Gestures {
		return new Gestures(canvas, {
			hit: (x, y) => this.#hits.at(x, y),
			onView: (view) => {
				this.views.jumpTo(view);
				this.#onHover(null);
				this.invalidate();
			},
			onHover: (node) => this.#onHover(node),
			onClick: (node) => this.#host.onPick(node?.key ?? null),
			onGrab: (node) => this.#carrier.grab(node, this.#nodes.values()),
			onCarry: (node, x, y) => {
				this.views.claim();
				this.#host.onHover(null);
				this.#carrier.carry(node, x, y, this.views.view);
				this.invalidate();
			},
			onDrop: (node) => {
				this.#carrier.drop(node, this.#nodes.values());
				this.invalidate();
			},
		});
	}

	/** A hovered node shows its label and its way up, whatever the crowd. */
	#onHover(node: SceneNode | null): void {
		if (node === this.#painters.hovered) return;
		this.#painters.hovered = node;
		this.#host.onHover(node);
		this.invalidate();
	}

	#onResize(): void {
		const { left, right, top, bottom } = this.#surface.free;
		this.layout.aspect = (right - left) / Math.max(1, bottom - top);
		this.views.isStale = true;
		this.#isLabelPlanStale = true;
		// A canvas of another size is empty: what is drawn now is seen before it is ever shown so.
		this.#loop.runNow();
	}

	#frame(now: number, elapsed: number): boolean {
		this.floats.sweep(now);
		const isPlaying = this.#host.advance(now);
		if (this.layout.isSeating) this.#seatMore();
		const isArranging = this.#arrange(elapsed);
		const isTravelling = this.views.step(elapsed, this.moves);
		if (isTravelling) this.#gestures.syncView(this.views.view);
		const nodes = this.#nodes.values();
		const isSigning = this.#renderer.project(nodes, this.views.view, now, this.moves);
		const painter = this.#painter(now);
		const hasMoved = isArranging || isTravelling || this.#renderer.hasNewChips;
		if (hasMoved || this.#isLabelPlanStale) this.#plan(painter);
		const { routes } = this.#renderer;
		routes.step(painter.nodes, elapsed);
		this.#surface.begin(this.#painters.palette.ground);
		const isLabelling = this.#renderer.draw(painter, this.floats.all, elapsed);
		const isBusy = isSigning || isLabelling || this.floats.all.length > 0;
		const isMoving = this.layout.isSeating || this.layout.isMoving || this.views.isMoving;
		if (!isMoving && this.#areRoutesStale) {
			this.#areRoutesStale = false;
			routes.plan(painter);
		}
		// What is found is drawn with the next frame.
		const isRouting = !isMoving && routes.isPlanning;
		if (isRouting) routes.planSome(ROUTING_MS);
		const goesOn = isBusy || isMoving || isRouting || routes.isMoving || isPlaying;
		if (!goesOn) this.#rest(now);
		return goesOn;
	}

	/** A crowd that came at once is seated from frame to frame, and the first picture grows with it. */
	#seatMore(): void {
		this.layout.seat(SEATING_MS);
		this.#takeSeated();
		if (this.#isGrowing) this.views.startOver();
		this.#isGrowing &&= this.layout.isSeating;
		this.#isLabelPlanStale = true;
		const key = this.#toReveal;
		if (key !== null && !this.layout.isSeating) this.reveal(key);
	}

	/** One step of the layout; under reduced motion all of them at once. */
	#arrange(elapsed: number): boolean {
		if (!this.layout.isMoving) return false;
		if (!this.moves && !this.#carrier.isHolding) {
			this.layout.rest();
			this.views.isStale = true;
			return true;
		}
		this.layout.tick();
		// A page that draws few frames a second still comes to rest in the same time.
		if (elapsed > 24 && this.layout.isMoving) this.layout.tick();
		this.views.isStale ||= !this.layout.isMoving;
		return true;
	}

	/** Labels and hit areas are where the nodes are. */
	#plan(painter: Painter): void {
		this.#isLabelPlanStale = false;
		this.#areRoutesStale = true;
		this.#hits.invalidate(painter.nodes);
		this.#renderer.planLabels(painter);
	}

	/** The loop ends here; what will change by itself later asks for a frame of its own. */
	#rest(now: number): void {
		let next = Number.POSITIVE_INFINITY;
		for (const node of this.#nodes.values()) next = Math.min(next, nextChange(node, now));
		this.#loop.wakeIn(next - now);
		this.#host.onRest();
	}

	#painter(now: number): Painter {
		return this.#painters.make(this.#nodes, this.#surface, {
			view: this.views.view,
			now,
			hostNow: this.#host.hostNow(),
			moves: this.moves,
			showsBuckets: !this.floats.isOn,
		});
	}
}
