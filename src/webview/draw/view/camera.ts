import { clamp } from "../../scene/curves.ts";
import type { ScreenBox } from "../labels/boxGrid.ts";

/** Screen = (world x * k * stretch, world y * k) + (x, y), in CSS px. */
export interface View {
	readonly k: number;
	/** A flat panel draws the picture out to its sides, where there is room for labels. */
	readonly stretch: number;
	readonly x: number;
	readonly y: number;
}

/** Place of a node in world units, and the room around it in px, which no zoom makes smaller. */
export interface NodeExtent {
	readonly x: number;
	readonly y: number;
	readonly halfWidth: number;
	readonly above: number;
	readonly below: number;
}

export const MIN_ZOOM = 0.06;
export const MAX_ZOOM = 4;
export const MAX_STRETCH = 2.4;
/** A lone node is not blown up when everything fits. */
const MAX_FIT_ZOOM = 1.1;
/** Between the picture and the edges of the part that nothing lies over, px. */
const PADDING = 10;
/** Time constant of a camera move, ms. */
const GLIDE_MS = 130;

/** The box around everything at a zoom, px from where the origin is. */
export function spanOf(
	extents: readonly NodeExtent[],
	{ k, stretch }: Pick<View, "k" | "stretch">,
): ScreenBox {
	let left = Number.POSITIVE_INFINITY;
	let right = Number.NEGATIVE_INFINITY;
	let top = Number.POSITIVE_INFINITY;
	let bottom = Number.NEGATIVE_INFINITY;
	for (const { x, y, halfWidth, above, below } of extents) {
		left = Math.min(left, x * k * stretch - halfWidth);
		right = Math.max(right, x * k * stretch + halfWidth);
		top = Math.min(top, y * k - above);
		bottom = Math.max(bottom, y * k + below);
	}
	return { left, right, top, bottom };
}

/**
 * Everything as large as it fits into a part of the screen, labels and chips included; where it is too
 * high for that part to be larger, it is drawn out to the sides.
 */
export function fitView(extents: readonly NodeExtent[], free: ScreenBox): View {
	const width = Math.max(40, free.right - free.left - 2 * PADDING);
	const height = Math.max(40, free.bottom - free.top - 2 * PADDING);
	const isFitting = (k: number, stretch: number): boolean => {
		const span = spanOf(extents, { k, stretch });
		return span.right - span.left <= width && span.bottom - span.top <= height;
	};
	const k = largest(MIN_ZOOM, MAX_FIT_ZOOM, (zoom) => isFitting(zoom, 1));
	const isCalm = k === MAX_FIT_ZOOM;
	const stretch = isCalm ? 1 : largest(1, MAX_STRETCH, (wide) => isFitting(k, wide));
	const span = spanOf(extents, { k, stretch });
	return {
		k,
		stretch,
		x: (free.left + free.right - span.left - span.right) / 2,
		y: (free.top + free.bottom - span.top - span.bottom) / 2,
	};
}

/** The largest value that fits, where every smaller one does too; the least where none does. */
function largest(least: number, most: number, isFitting: (value: number) => boolean): number {
	if (isFitting(most)) return most;
	let low = least;
	let high = most;
	while (high / low > 1.002) {
		const middle = Math.sqrt(low * high);
		if (isFitting(middle)) low = middle;
		else high = middle;
	}
	return low;
}

/** The view at hand and the one it glides to. */
export class Camera {
	view: View = { k: 1, stretch: 1, x: 0, y: 0 };
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
		const { k, stretch, x, y } = this.view;
		// Zoom is felt as a ratio, so it glides on a logarithmic scale.
		this.view = {
			k: k * (goal.k / k) ** share,
			stretch: stretch * (goal.stretch / stretch) ** share,
			x: x + (goal.x - x) * share,
			y: y + (goal.y - y) * share,
		};
		if (isNear(this.view, goal)) this.jumpTo(goal);
	}

	/** The view zoomed by a factor around a point of the screen. */
	zoomed(factor: number, atX: number, atY: number): View {
		const { k, stretch, x, y } = this.destination;
		const nextK = clamp(k * factor, MIN_ZOOM, MAX_ZOOM);
		const ratio = nextK / k;
		return { k: nextK, stretch, x: atX - (atX - x) * ratio, y: atY - (atY - y) * ratio };
	}
}

function isNear(a: View, b: View): boolean {
	const zoom = Math.abs(Math.log(a.k / b.k)) + Math.abs(Math.log(a.stretch / b.stretch));
	return zoom < 0.002 && Math.abs(a.x - b.x) < 0.4 && Math.abs(a.y - b.y) < 0.4;
}

/** Discs shrink slower than distances, so that a whole crowd still shows who is who. */
export function discScale(k: number): number {
	return k < 1 ? k ** 0.7 : Math.min(1.9, Math.sqrt(k));
}
