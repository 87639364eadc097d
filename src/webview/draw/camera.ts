import { clamp } from "../scene/curves.ts";

/** Screen = world * k + (x, y), in CSS px. */
export interface View {
	readonly k: number;
	readonly x: number;
	readonly y: number;
}

/** What is to be seen, in world units. */
export interface Bounds {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

export const MIN_ZOOM = 0.06;
export const MAX_ZOOM = 4;
/** A lone node is not blown up when everything fits. */
const MAX_FIT_ZOOM = 1.1;
/** Free border in px: the toolbar and the badge lie over the top. */
const PADDING = { side: 36, top: 64, bottom: 36 };
/** In a narrow panel the toolbar takes three rows. */
const NARROW = { width: 560, side: 12, top: 116, bottom: 20 };
/** Time constant of a camera move, ms. */
const GLIDE_MS = 130;

export function fitView(bounds: Bounds, width: number, height: number): View {
	const padding = width <= NARROW.width ? NARROW : PADDING;
	const innerWidth = Math.max(40, width - 2 * padding.side);
	const innerHeight = Math.max(40, height - padding.top - padding.bottom);
	const k = clamp(
		Math.min(
			innerWidth / Math.max(1, bounds.right - bounds.left),
			innerHeight / Math.max(1, bounds.bottom - bounds.top),
		),
		MIN_ZOOM,
		MAX_FIT_ZOOM,
	);
	return {
		k,
		x: padding.side + innerWidth / 2 - (k * (bounds.left + bounds.right)) / 2,
		y: padding.top + innerHeight / 2 - (k * (bounds.top + bounds.bottom)) / 2,
	};
}

/** The view at hand and the one it glides to. */
export class Camera {
	view: View = { k: 1, x: 0, y: 0 };
	/** Once the user has moved it, the camera is left alone. */
	hasUserMoved = false;
	#goal: View | null = null;

	get isMoving(): boolean {
		return this.#goal !== null;
	}

	/** Where it is or will be. */
	get destination(): View {
		return this.#goal ?? this.view;
	}

	jumpTo(view: View): void {
		this.view = view;
		this.#goal = null;
	}

	glideTo(view: View, moves: boolean): void {
		if (!moves) this.jumpTo(view);
		else if (!isNear(view, this.destination)) this.#goal = view;
	}

	/** One step of a glide, `elapsed` ms after the last. */
	step(elapsed: number): void {
		const goal = this.#goal;
		if (goal === null) return;
		const share = 1 - Math.exp(-Math.min(64, elapsed) / GLIDE_MS);
		const { k, x, y } = this.view;
		// Zoom is felt as a ratio, so it glides on a logarithmic scale.
		const nextK = k * (goal.k / k) ** share;
		this.view = { k: nextK, x: x + (goal.x - x) * share, y: y + (goal.y - y) * share };
		if (isNear(this.view, goal)) this.jumpTo(goal);
	}

	/** The view zoomed by a factor around a point of the screen. */
	zoomed(factor: number, atX: number, atY: number): View {
		const { k, x, y } = this.destination;
		const nextK = clamp(k * factor, MIN_ZOOM, MAX_ZOOM);
		const ratio = nextK / k;
		return { k: nextK, x: atX - (atX - x) * ratio, y: atY - (atY - y) * ratio };
	}
}

function isNear(a: View, b: View): boolean {
	const zoom = Math.abs(Math.log(a.k / b.k));
	return zoom < 0.002 && Math.abs(a.x - b.x) < 0.4 && Math.abs(a.y - b.y) < 0.4;
}

/** Discs shrink slower than distances, so that a whole crowd still shows who is who. */
export function discScale(k: number): number {
	return k < 1 ? k ** 0.7 : Math.min(1.9, Math.sqrt(k));
}
