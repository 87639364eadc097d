import type { Histogram } from "../../model/replay/times.ts";
import { el, setAttribute } from "../parts/dom.ts";

const SVG = "http://www.w3.org/2000/svg";
/** Height of the bars in units of the drawing; each is one unit wide. */
const HEIGHT = 100;
const LEAST_HEIGHT = 6;

/** What the slider asks for. */
interface SliderHandlers {
	/** @param share of the whole time, 0 to 1 */
	onSeek(share: number): void;
	/** One event on or back. */
	onStep(step: 1 | -1): void;
	onLive(): void;
}

/** A part of the whole time that Page Up and Page Down move by. */
const PAGE_SHARE = 0.1;

/** All of a session as bars of its events, and the moment that is shown. */
export class TimeSlider {
	readonly element = el("div", {
		class: "time-slider",
		attrs: { role: "slider", tabindex: "0", "aria-label": "Moment", "aria-valuemin": "0" },
	});
	readonly #handlers: SliderHandlers;
	readonly #events = document.createElementNS(SVG, "path");
	readonly #failures = document.createElementNS(SVG, "path");
	readonly #drawing = document.createElementNS(SVG, "svg");
	readonly #played = el("div", { class: "time-played" });
	readonly #cursor = el("div", { class: "time-cursor" });
	#share = 1;

	constructor(handlers: SliderHandlers) {
		this.#handlers = handlers;
		this.#drawing.setAttribute("preserveAspectRatio", "none");
		this.#drawing.setAttribute("aria-hidden", "true");
		this.#events.setAttribute("class", "time-events");
		this.#failures.setAttribute("class", "time-failures");
		this.#drawing.append(this.#events, this.#failures);
		this.element.append(this.#played, this.#drawing, this.#cursor);
		this.#bindPointer();
		this.element.addEventListener("keydown", (event) => this.#onKey(event));
	}

	setHistogram({ events, failures }: Histogram): void {
		const most = Math.max(1, ...events);
		this.#drawing.setAttribute("viewBox", `0 0 ${events.length} ${HEIGHT}`);
		this.#events.setAttribute("d", barsOf(events, most));
		this.#failures.setAttribute("d", barsOf(failures, most));
	}

	/**
	 * @param share of the whole time, 0 to 1
	 * @param seconds how long the whole time is
	 * @param text what the moment is, for those who hear it
	 */
	setMoment(share: number, seconds: number, text: string): void {
		this.#share = share;
		const percent = `${(share * 100).toFixed(3)}%`;
		this.#cursor.style.left = percent;
		this.#played.style.width = percent;
		setAttribute(this.element, "aria-valuemax", String(Math.round(seconds)));
		setAttribute(this.element, "aria-valuenow", String(Math.round(share * seconds)));
		setAttribute(this.element, "aria-valuetext", text);
	}

	#bindPointer(): void {
		const { element } = this;
		const seek = ({ clientX }: PointerEvent): void => {
			const { left, width } = element.getBoundingClientRect();
			this.#handlers.onSeek(Math.min(1, Math.max(0, (clientX - left) / Math.max(1, width))));
		};
		element.addEventListener("pointerdown", (event) => {
			if (event.button !== 0) return;
			element.setPointerCapture(event.pointerId);
			seek(event);
		});
		element.addEventListener("pointermove", (event) => {
			if (element.hasPointerCapture(event.pointerId)) seek(event);
		});
	}

	#onKey(event: KeyboardEvent): void {
		const { onSeek, onStep, onLive } = this.#handlers;
		const share = this.#share;
		if (event.key === "ArrowLeft" || event.key === "ArrowDown") onStep(-1);
		else if (event.key === "ArrowRight" || event.key === "ArrowUp") onStep(1);
		else if (event.key === "PageDown") onSeek(Math.max(0, share - PAGE_SHARE));
		else if (event.key === "PageUp") onSeek(Math.min(1, share + PAGE_SHARE));
		else if (event.key === "Home") onSeek(0);
		else if (event.key === "End") onLive();
		else return;
		event.preventDefault();
		event.stopPropagation();
	}
}

/** Roots, so that few among many are seen too. */
function barsOf(counts: readonly number[], most: number): string {
	return counts
		.map((count, at) => {
			if (count === 0) return "";
			const height = Math.max(LEAST_HEIGHT, HEIGHT * Math.sqrt(count / most));
			return `M${at + 0.1} ${HEIGHT}V${(HEIGHT - height).toFixed(1)}h.8V${HEIGHT}Z`;
		})
		.join("");
}
