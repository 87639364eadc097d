import { type D3DragEvent, drag } from "d3-drag";
import { select } from "d3-selection";
import { type D3ZoomEvent, ZoomTransform, zoom } from "d3-zoom";
import { MAX_ZOOM, MIN_ZOOM, type View } from "../draw/view/camera.ts";
import type { SceneNode } from "../scene/sceneNode.ts";

/** What the pointer does to the picture. */
interface GestureHandlers {
	hit(x: number, y: number): SceneNode | null;
	/** The user panned or zoomed; nobody stretches by hand. */
	onView(view: Omit<View, "stretch">): void;
	onHover(node: SceneNode | null): void;
	/** A click that was no drag; null beside all nodes. */
	onClick(node: SceneNode | null): void;
	onGrab(node: SceneNode): void;
	/** The held node's centre is to be at this point of the screen. */
	onCarry(node: SceneNode, x: number, y: number): void;
	onDrop(node: SceneNode): void;
}

/** What d3-drag carries: the node, and its centre so that it does not jump to the pointer. */
interface Grip {
	readonly node: SceneNode;
	readonly x: number;
	readonly y: number;
}

/** Px that a press may move and still be a click. */
const CLICK_DISTANCE = 4;

/** Binds pan, zoom, drag, hover and click to a canvas. */
export class Gestures {
	readonly #canvas: HTMLCanvasElement;
	readonly #handlers: GestureHandlers;

	constructor(canvas: HTMLCanvasElement, handlers: GestureHandlers) {
		this.#canvas = canvas;
		this.#handlers = handlers;
		this.#bindDrag();
		this.#bindZoom();
		this.#bindHover();
	}

	/** Tells the zoom gesture where the camera went by itself, so that the next one starts there. */
	syncView({ k, x, y }: View): void {
		select(this.#canvas).property("__zoom", new ZoomTransform(k, x, y));
	}

	#hit(event: MouseEvent | Touch): SceneNode | null {
		const box = this.#canvas.getBoundingClientRect();
		return this.#handlers.hit(event.clientX - box.left, event.clientY - box.top);
	}

	#bindZoom(): void {
		const behavior = zoom<HTMLCanvasElement, unknown>()
			.scaleExtent([MIN_ZOOM, MAX_ZOOM])
			.clickDistance(CLICK_DISTANCE)
			.filter((event: MouseEvent) => event.type === "wheel" || !event.button)
			.on("zoom", (event: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
				if (event.sourceEvent) this.#handlers.onView(event.transform);
			});
		select(this.#canvas).call(behavior).on("dblclick.zoom", null);
	}

	#bindDrag(): void {
		type Carry = D3DragEvent<HTMLCanvasElement, unknown, Grip>;
		const behavior = drag<HTMLCanvasElement, unknown, Grip | undefined>()
			.clickDistance(CLICK_DISTANCE)
			.subject((event: { x: number; y: number }) => {
				const node = this.#handlers.hit(event.x, event.y);
				return node === null ? undefined : { node, x: node.screenX, y: node.screenY };
			})
			.on("start", (event: Carry) => this.#handlers.onGrab(event.subject.node))
			.on("drag", (event: Carry) => this.#handlers.onCarry(event.subject.node, event.x, event.y))
			.on("end", (event: Carry) => this.#handlers.onDrop(event.subject.node));
		select(this.#canvas).call(behavior);
	}

	#bindHover(): void {
		const canvas = this.#canvas;
		canvas.addEventListener("pointermove", (event) => {
			if (event.buttons !== 0) return;
			const node = this.#hit(event);
			canvas.classList.toggle("on-node", node !== null);
			this.#handlers.onHover(node);
		});
		canvas.addEventListener("pointerleave", () => this.#handlers.onHover(null));
		canvas.addEventListener("click", (event) => this.#handlers.onClick(this.#hit(event)));
	}
}
