import { clip } from "../../text/clip.ts";

/** A text cut to a width, and how wide it is. */
export interface Measured {
	readonly text: string;
	/** CSS px. */
	readonly width: number;
}

/** Three texts of each of several thousand agents: fewer would all be measured anew with every plan. */
const MAX_ENTRIES = 20_000;

/** Sizes of text, measured once per font and text. */
export class TextCache {
	readonly #context: CanvasRenderingContext2D;
	readonly #entries = new Map<string, Measured>();

	constructor() {
		const context = document.createElement("canvas").getContext("2d");
		if (context === null) throw new Error("no 2D canvas");
		this.#context = context;
	}

	/** To be called when fonts have changed. */
	clear(): void {
		this.#entries.clear();
	}

	/** `text` in `font`, ended by an ellipsis where it is wider than `maxWidth` px. */
	fit(text: string, font: string, maxWidth: number): Measured {
		const key = `${font}|${maxWidth}|${text}`;
		const known = this.#entries.get(key);
		if (known !== undefined) return known;
		if (this.#entries.size >= MAX_ENTRIES) this.#entries.clear();
		this.#context.font = font;
		const measured = this.#fit(text, maxWidth);
		this.#entries.set(key, measured);
		return measured;
	}

	#fit(text: string, maxWidth: number): Measured {
		const width = this.#context.measureText(text).width;
		if (width <= maxWidth) return { text, width };
		let low = 1;
		let high = text.length;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			const isFitting = this.#context.measureText(clip(text, middle)).width <= maxWidth;
			if (isFitting) low = middle;
			else high = middle - 1;
		}
		const cut = clip(text, low);
		return { text: cut, width: this.#context.measureText(cut).width };
	}
}
