import type { HoverCard } from "../parts/hoverCard.ts";
import type { PageModel } from "../state/pageModel.ts";
import { cardOf } from "./callLines.ts";
import type { TimelinePicture } from "./timelinePicture.ts";

/** How long the pointer rests before a card opens, ms. */
const HOVER_MS = 140;

/** Opens and closes the card of what is under the pointer. */
export class TimelineHover {
	readonly #model: PageModel;
	readonly #card: HoverCard;
	readonly #picture: TimelinePicture;
	readonly #canvas: HTMLCanvasElement;
	#place: { readonly x: number; readonly y: number } | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(
		model: PageModel,
		card: HoverCard,
		picture: TimelinePicture,
		canvas: HTMLCanvasElement,
	) {
		this.#model = model;
		this.#card = card;
		this.#picture = picture;
		this.#canvas = canvas;
	}

	/** The pointer has come to a place of the canvas, px, or has left it. */
	at(place: { readonly x: number; readonly y: number } | null): void {
		clearTimeout(this.#timer);
		this.#place = place;
		const hit = place === null ? null : this.#picture.hit(place.x, place.y);
		const row = hit?.row ?? null;
		if (row !== this.#picture.hovered) {
			this.#picture.hovered = row;
			this.#picture.invalidate();
		}
		this.#canvas.classList.toggle("on-call", hit !== null && hit.call >= 0);
		if (row === null) this.#card.hide();
		else if (this.#card.isOpen) this.#open();
		else this.#timer = setTimeout(() => this.#open(), HOVER_MS);
	}

	hide(): void {
		clearTimeout(this.#timer);
		this.#card.hide();
	}

	/** Time has passed. */
	update(): void {
		if (this.#card.isOpen) this.#open();
	}

	#open(): void {
		const place = this.#place;
		const hit = place === null ? null : this.#picture.hit(place.x, place.y);
		if (place === null || hit === null) return;
		const { clock } = this.#model;
		const text = cardOf(hit, clock.now());
		const isOnLabel = place.x < this.#picture.geometry.left;
		if (text !== null) this.#card.say(text.title, text.lines);
		else if (isOnLabel) this.#card.update(hit.row.view, clock.now(), "");
		else {
			this.#card.hide();
			return;
		}
		const { clientWidth: width, clientHeight: height } = this.#canvas;
		this.#card.place({ ...place, radius: 0, width, height });
	}
}
