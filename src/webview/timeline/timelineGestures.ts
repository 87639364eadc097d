/** What the pointer does to the timeline; places in px of the canvas. */
interface TimelineHandlers {
	/** @param share how much closer, more than 1 */
	onZoom(factor: number, x: number): void;
	onPan(dx: number, dy: number): void;
	onHover(place: { readonly x: number; readonly y: number } | null): void;
	onClick(x: number, y: number): void;
	/** Of what was clicked just now, which may have moved aside since. */
	onDoubleClick(): void;
}

/** Px that a press may move and still be a click. */
const CLICK_DISTANCE = 4;
const LINE_PX = 16;

/** Binds zoom, pan, hover and clicks to the timeline's canvas. */
export class TimelineGestures {
	readonly #canvas: HTMLCanvasElement;
	readonly #handlers: TimelineHandlers;
	/** Where the held pointer is; null while none is held. */
	#held: { x: number; y: number } | null = null;
	/** Whether the pointer that is held, or was held last, has moved. */
	#hasMoved = false;

	constructor(canvas: HTMLCanvasElement, handlers: TimelineHandlers) {
		this.#canvas = canvas;
		this.#handlers = handlers;
		canvas.addEventListener("wheel", (event) => this.#onWheel(event), { passive: false });
		canvas.addEventListener("pointerdown", (event) => this.#onDown(event));
		canvas.addEventListener("pointermove", (event) => this.#onMove(event));
		canvas.addEventListener("pointerup", () => this.#release());
		canvas.addEventListener("pointercancel", () => this.#release());
		canvas.addEventListener("pointerleave", () => handlers.onHover(null));
		canvas.addEventListener("click", (event) => this.#onClick(event));
	}

	/** The wheel zooms; with Shift, or sideways, it moves in time. A pinch is a wheel with Ctrl. */
	#onWheel(event: WheelEvent): void {
		event.preventDefault();
		const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
		const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
		const isSideways = event.shiftKey || Math.abs(dx) > Math.abs(dy);
		if (isSideways) this.#handlers.onPan(-(dx === 0 ? dy : dx), 0);
		else this.#handlers.onZoom(2 ** (-dy / (event.ctrlKey ? 40 : 240)), this.#placeOf(event).x);
	}

	#onDown(event: PointerEvent): void {
		if (event.button !== 0) return;
		this.#held = { x: event.clientX, y: event.clientY };
		this.#hasMoved = false;
		this.#canvas.setPointerCapture(event.pointerId);
	}

	#onMove(event: PointerEvent): void {
		const held = this.#held;
		if (held === null) {
			this.#handlers.onHover(this.#placeOf(event));
			return;
		}
		const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
		if (!this.#hasMoved && Math.hypot(dx, dy) < CLICK_DISTANCE) return;
		this.#hasMoved = true;
		held.x = event.clientX;
		held.y = event.clientY;
		this.#canvas.classList.add("held");
		this.#handlers.onHover(null);
		this.#handlers.onPan(dx, dy);
	}

	/** A press that has moved ends in a click as well, which is none. */
	#onClick(event: MouseEvent): void {
		if (this.#hasMoved) return;
		const { x, y } = this.#placeOf(event);
		this.#handlers.onClick(x, y);
		// What the click chose may open something at the place where the second click will be.
		const options = { capture: true, once: true };
		document.addEventListener("click", (next) => this.#onNextClick(next), options);
	}

	#onNextClick(event: MouseEvent): void {
		if (event.detail !== 2) return;
		event.stopPropagation();
		this.#handlers.onDoubleClick();
	}

	#release(): void {
		this.#held = null;
		this.#canvas.classList.remove("held");
	}

	#placeOf(event: MouseEvent): { readonly x: number; readonly y: number } {
		const box = this.#canvas.getBoundingClientRect();
		return { x: event.clientX - box.left, y: event.clientY - box.top };
	}
}
