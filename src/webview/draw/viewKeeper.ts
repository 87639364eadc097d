import { boundsOf, calmFit } from "../scene/bounds.ts";
import { clamp } from "../scene/curves.ts";
import type { SceneNode } from "../scene/sceneNode.ts";
import { Camera, fitView, type View } from "./camera.ts";
import type { Surface } from "./surface.ts";

/** Zooms between which `reveal` leaves the zoom alone: labels can be read. */
const READABLE = { least: 0.8, most: 2 };

/** Decides what the camera looks at: everything, until the user has chosen otherwise. */
export class ViewKeeper {
	/** Set when the picture has changed so that the camera may have to follow. */
	isStale = true;
	readonly #camera = new Camera();
	readonly #surface: Surface;
	#nodes: ReadonlyMap<string, SceneNode> = new Map();
	#saved: View | null = null;
	#hasView = false;

	constructor(surface: Surface) {
		this.#surface = surface;
	}

	get view(): View {
		return this.#camera.view;
	}

	get isMoving(): boolean {
		return this.#camera.isMoving;
	}

	get hasUserMoved(): boolean {
		return this.#camera.hasUserMoved;
	}

	set nodes(nodes: ReadonlyMap<string, SceneNode>) {
		this.#nodes = nodes;
		this.isStale = true;
	}

	/** The next frame chooses the first view anew, without a glide. */
	startOver(): void {
		this.#hasView = false;
	}

	/** From now on the camera stays where the user puts it. */
	claim(): void {
		this.#camera.hasUserMoved = true;
	}

	/** Shows everything, and lets the camera follow again. */
	fit(moves: boolean): void {
		this.#camera.hasUserMoved = false;
		const { width, height } = this.#surface;
		const bounds = boundsOf(this.#nodes.values());
		if (bounds !== null) this.#camera.glideTo(fitView(bounds, width, height), moves);
	}

	jumpTo({ k, x, y }: View): void {
		this.claim();
		this.#camera.jumpTo({ k, x, y });
	}

	zoomBy(factor: number, moves: boolean): void {
		const { width, height } = this.#surface;
		this.claim();
		this.#camera.glideTo(this.#camera.zoomed(factor, width / 2, height / 2), moves);
	}

	/** Px. */
	panBy(dx: number, dy: number, moves: boolean): void {
		const { k, x, y } = this.#camera.destination;
		this.claim();
		this.#camera.glideTo({ k, x: x + dx, y: y + dy }, moves);
	}

	/** Brings a node to the middle, at a zoom at which its label can be read. */
	reveal(key: string, moves: boolean): void {
		const node = this.#nodes.get(key);
		if (node === undefined) return;
		// The inspector may just have opened and taken some of the width.
		this.#surface.measure();
		const { width, height } = this.#surface;
		const k = clamp(this.#camera.destination.k, READABLE.least, READABLE.most);
		this.claim();
		this.#camera.glideTo({ k, x: width / 2 - node.x * k, y: height / 2 - node.y * k }, moves);
	}

	/** null while the camera follows by itself. */
	save(): View | null {
		return this.hasUserMoved ? this.#camera.destination : null;
	}

	/** Takes a view from before a reload as if the user had just chosen it. */
	restore(saved: View): void {
		this.claim();
		this.#saved = saved;
	}

	/** One step, `elapsed` ms after the last; gives back whether the view has changed. */
	step(elapsed: number, moves: boolean): boolean {
		const before = this.view;
		if (!this.#hasView) this.#firstView();
		else if (this.isStale && !this.hasUserMoved) this.#follow(moves);
		this.isStale = false;
		this.#camera.step(elapsed === 0 ? 16 : elapsed);
		return this.view !== before;
	}

	#firstView(): void {
		const { width, height } = this.#surface;
		const bounds = boundsOf(this.#nodes.values());
		if (width === 0 || bounds === null) return;
		this.#hasView = true;
		if (this.#saved !== null) this.#camera.jumpTo(this.#saved);
		else if (!this.hasUserMoved) this.#camera.jumpTo(fitView(bounds, width, height));
		this.#saved = null;
	}

	#follow(moves: boolean): void {
		const { width, height } = this.#surface;
		const bounds = boundsOf(this.#nodes.values());
		if (bounds === null || width === 0) return;
		const view = calmFit(bounds, this.#camera.destination, width, height);
		if (view !== null) this.#camera.glideTo(view, moves);
	}
}
