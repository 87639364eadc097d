import { calmFit, extentsOf } from "../../scene/bounds.ts";
import { restingPlace } from "../../scene/clusters.ts";
import { clamp } from "../../scene/curves.ts";
import type { SceneNode } from "../../scene/sceneNode.ts";
import { Camera, fitView, type NodeExtent, type View } from "./camera.ts";
import type { Surface } from "./surface.ts";

/** A view from before a reload, and the ids of the sessions that were then shown. */
export interface SavedView extends View {
	readonly sessions: readonly string[];
}

const MAX_SAVED_SESSIONS = 50;

/** Zoom from which on a node can be found in a picture of everything. */
const LARGE_ENOUGH = 0.55;
/** Zooms between which `reveal` leaves the zoom alone: labels can be read. */
const READABLE = { least: 0.8, most: 2 };

/** Decides what the camera looks at: everything, until the user has chosen otherwise. */
export class ViewKeeper {
	/** Set when the picture has changed so that the camera may have to follow. */
	isStale = true;
	readonly #camera = new Camera();
	readonly #surface: Surface;
	#nodes: ReadonlyMap<string, SceneNode> = new Map();
	#saved: SavedView | null = null;
	#hasView = false;
	readonly #onFollow: () => void;

	/** @param onFollow told when it begins to follow, or no longer does */
	constructor(surface: Surface, onFollow: () => void) {
		this.#surface = surface;
		this.#onFollow = onFollow;
	}

	get view(): View {
		return this.#camera.view;
	}

	get isMoving(): boolean {
		return this.#camera.isMoving;
	}

	/** Whether it keeps everything in view. */
	get isFollowing(): boolean {
		return !this.#camera.hasUserMoved;
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
		this.#setFollowing(false);
	}

	#setFollowing(isFollowing: boolean): void {
		if (isFollowing === this.isFollowing) return;
		this.#camera.hasUserMoved = !isFollowing;
		this.#onFollow();
	}

	/** Shows everything, and lets the camera follow again. */
	fit(moves: boolean): void {
		this.#setFollowing(true);
		const extents = this.#extents;
		if (extents.length > 0) this.#camera.glideTo(fitView(extents, this.#surface.free), moves);
	}

	jumpTo({ k, x, y }: Omit<View, "stretch">): void {
		this.claim();
		this.#camera.jumpTo({ k, stretch: this.view.stretch, x, y });
	}

	zoomBy(factor: number, moves: boolean): void {
		const { x, y } = this.#middle;
		this.claim();
		this.#camera.glideTo(this.#camera.zoomed(factor, x, y), moves);
	}

	/** Px. */
	panBy(dx: number, dy: number, moves: boolean): void {
		const { x, y, ...zoom } = this.#camera.destination;
		this.claim();
		this.#camera.glideTo({ ...zoom, x: x + dx, y: y + dy }, moves);
	}

	/**
	 * Brings a node to the middle, at a zoom at which it can be told from others. While the camera
	 * follows, and everything is large enough, it is in view already.
	 */
	reveal(key: string, moves: boolean): void {
		const node = this.#nodes.get(key);
		if (node === undefined) return;
		// The inspector may just have opened and taken some of the width.
		this.#surface.measure();
		const fit = fitView(this.#extents, this.#surface.free);
		if (this.isFollowing && fit.k >= LARGE_ENOUGH) return;
		const { x, y } = this.#middle;
		const k = clamp(this.#camera.destination.k, READABLE.least, READABLE.most);
		const place = restingPlace(node);
		this.claim();
		this.#camera.glideTo({ k, stretch: 1, x: x - place.x * k, y: y - place.y * k }, moves);
	}

	/** null while the camera follows by itself. */
	save(): SavedView | null {
		if (this.isFollowing) return null;
		// What was restored is not yet to be seen where its sessions are still being read.
		if (this.#saved !== null) return this.#saved;
		const sessions = new Set<string>();
		for (const { view } of this.#nodes.values()) sessions.add(view.session);
		return { ...this.#camera.destination, sessions: [...sessions].slice(0, MAX_SAVED_SESSIONS) };
	}

	/** Takes a view from before a reload as if the user had just chosen it: for its own sessions only. */
	restore(saved: SavedView): void {
		this.#saved = saved;
	}

	get #extents(): NodeExtent[] {
		return extentsOf(this.#nodes.values(), this.#surface.free);
	}

	get #middle(): { readonly x: number; readonly y: number } {
		const { left, right, top, bottom } = this.#surface.free;
		return { x: (left + right) / 2, y: (top + bottom) / 2 };
	}

	/** One step, `elapsed` ms after the last; gives back whether the view has changed. */
	step(elapsed: number, moves: boolean): boolean {
		const before = this.view;
		if (!this.#hasView) this.#firstView();
		else if (this.isStale && this.isFollowing) this.#follow(moves);
		this.isStale = false;
		this.#camera.step(elapsed === 0 ? 16 : elapsed);
		return this.view !== before;
	}

	#firstView(): void {
		const extents = this.#extents;
		if (this.#surface.width === 0 || extents.length === 0) return;
		this.#hasView = true;
		const saved = this.#saved;
		this.#saved = null;
		if (saved !== null && this.#isOf(saved.sessions)) {
			this.#setFollowing(false);
			const { sessions: _, ...view } = saved;
			this.#camera.jumpTo(view);
		} else if (this.isFollowing) this.#camera.jumpTo(fitView(extents, this.#surface.free));
	}

	/** A view of other sessions is none of these. */
	#isOf(sessions: readonly string[]): boolean {
		for (const { view } of this.#nodes.values()) if (sessions.includes(view.session)) return true;
		return false;
	}

	#follow(moves: boolean): void {
		const extents = this.#extents;
		if (extents.length === 0 || this.#surface.width === 0) return;
		const view = calmFit(extents, this.#camera.destination, this.#surface.free);
		if (view !== null) this.#camera.glideTo(view, moves);
	}
}
