import { clip } from "../../text/clip.ts";

/** A text cut to a width, and how wide it is. */
export interface Measured {
	readonly text: string;
	/** CSS px. */
	readonly width: number;
}

/** Three texts of each of several thousand agents: fewer would all be measured anew with every plan. */
const MAX_ENTRIES = 10_000;
/** What is not asked for within this goes with the next turn, ms: agents come and go. */
const TURN_MS = 60_000;

/** Sizes of text, measured once per font and text. */
export class TextCache {
	#context = measuringContext();
	/** Those that were asked for since the last turn, and those that were before. */
	#entries = new Map<string, Measured>();
	#before = new Map<string, Measured>();
	#turnedAt = 0;

	/** To be called when fonts have changed. */
	clear(): void {
		this.#entries.clear();
		this.#before.clear();
	}

	/** `text` in `font`, ended by an ellipsis where it is wider than `maxWidth` px. */
	fit(text: string, font: string, maxWidth: number): Measured {
		const key = `${font}|${maxWidth}|${text}`;
		const known = this.#entries.get(key);
		if (known !== undefined) return known;
		this.#turn();
		const measured = this.#before.get(key) ?? this.#measure(text, font, maxWidth);
		this.#entries.set(key, measured);
		return measured;
	}

	#turn(): void {
		const now = performance.now();
		if (this.#entries.size < MAX_ENTRIES && now - this.#turnedAt < TURN_MS) return;
		this.#before = this.#entries;
		this.#entries = new Map();
		// Chromium keeps every text that was ever measured on a canvas which draws nothing.
		this.#context = measuringContext();
		this.#turnedAt = now;
	}

	#measure(text: string, font: string, maxWidth: number): Measured {
		this.#context.font = font;
		return this.#fit(text, maxWidth);
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

function measuringContext(): CanvasRenderingContext2D {
	const context = document.createElement("canvas").getContext("2d");
	if (context === null) throw new Error("no 2D canvas");
	return context;
}
