import { plural } from "../text/numbers.ts";
import { el } from "./dom.ts";
import { News } from "./news.ts";

/** Least time between two announcements, ms. */
const SPEAK_EVERY_MS = 5000;

/** Speaks to screen readers, politely and seldom. */
export class LiveRegion {
	readonly element = el("div", { class: "visually-hidden", attrs: { "aria-live": "polite" } });
	readonly news = new News();
	#isSilent = false;

	/** To be called after news were noted. */
	update(): void {
		if (this.#isSilent) return;
		const text = this.news.take();
		if (text === "") return;
		this.element.textContent = text;
		this.#isSilent = true;
		setTimeout(() => {
			this.#isSilent = false;
			this.update();
		}, SPEAK_EVERY_MS);
	}

	/** What is in the picture at the start, told once. */
	introduce(alive: number): void {
		if (this.#isSilent || alive === 0) return;
		this.element.textContent = `${plural(alive, "agent")} at work`;
	}
}
