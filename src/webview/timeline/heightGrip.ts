import { el, setAttribute } from "../parts/dom.ts";

const STEP = 24;
export const LEAST_HEIGHT = 110;

/** The edge between picture and timeline, by which the timeline is made higher or lower. */
export class HeightGrip {
	readonly element = el("div", {
		class: "timeline-grip",
		attrs: {
			role: "separator",
			"aria-orientation": "horizontal",
			"aria-label": "Height of the timeline",
			tabindex: "0",
		},
	});
	/** px */
	#height: number;
	readonly #pane: HTMLElement;
	readonly #onChange: () => void;

	/** @param height px */
	constructor(pane: HTMLElement, height: number, onChange: () => void) {
		this.#pane = pane;
		this.#height = height;
		this.#onChange = onChange;
		this.#apply();
		this.#bindPointer();
		this.element.addEventListener("keydown", (event) => this.#onKey(event));
	}

	get height(): number {
		return this.#height;
	}

	#bindPointer(): void {
		const { element } = this;
		element.addEventListener("pointerdown", (event) => {
			if (event.button === 0) element.setPointerCapture(event.pointerId);
		});
		element.addEventListener("pointermove", (event) => {
			if (!element.hasPointerCapture(event.pointerId)) return;
			this.#set(this.#pane.getBoundingClientRect().bottom - event.clientY);
		});
	}

	#onKey(event: KeyboardEvent): void {
		if (event.key === "ArrowUp") this.#set(this.#shown + STEP);
		else if (event.key === "ArrowDown") this.#set(this.#shown - STEP);
		else if (event.key === "Home") this.#set(LEAST_HEIGHT);
		else if (event.key === "End") this.#set(this.#most);
		else return;
		event.preventDefault();
		event.stopPropagation();
	}

	/** As high as it is: a small panel may leave less than was asked for. */
	get #shown(): number {
		return this.#pane.offsetHeight;
	}

	get #most(): number {
		return Math.max(LEAST_HEIGHT, (this.#pane.parentElement?.offsetHeight ?? 0) - 160);
	}

	#set(height: number): void {
		this.#height = Math.round(Math.min(Math.max(height, LEAST_HEIGHT), this.#most));
		this.#apply();
		this.#onChange();
	}

	#apply(): void {
		// A property, not an attribute: the policy blocks inline styles.
		this.#pane.style.setProperty("--timeline-height", `${this.#height}px`);
		setAttribute(this.element, "aria-valuenow", String(this.#height));
		setAttribute(this.element, "aria-valuemin", String(LEAST_HEIGHT));
		setAttribute(this.element, "aria-valuemax", String(Math.max(this.#height, this.#most)));
	}
}
