import { cardLines } from "../../model/views/doing.ts";
import type { NodeView } from "../../model/views/view.ts";
import { clip } from "../text/clip.ts";
import { titleOf } from "../text/words.ts";
import { el, setText, show } from "./dom.ts";

/** Between the disc and the card, px. */
const GAP = 16;

/** Where a node is on the picture, px, and the picture's size. */
interface Anchor {
	readonly x: number;
	readonly y: number;
	readonly radius: number;
	readonly width: number;
	readonly height: number;
}

/** A few lines about the node under the pointer: what it is, and what it is doing at the moment. */
export class HoverCard {
	readonly element = el("div", { class: "hover-card", attrs: { "aria-hidden": "true" } });
	readonly #title = el("div", { class: "hover-title" });
	readonly #lines = el("div", { class: "hover-lines" });

	constructor() {
		this.element.append(this.#title, this.#lines);
		show(this.element, false);
	}

	get isOpen(): boolean {
		return !this.element.hidden;
	}

	hide(): void {
		show(this.element, false);
	}

	/** Beside the node, on the side that has room. */
	place({ x, y, radius, width, height }: Anchor): void {
		show(this.element, true);
		const { offsetWidth, offsetHeight } = this.element;
		const right = x + radius + GAP;
		const left = right + offsetWidth > width - 4 ? x - radius - GAP - offsetWidth : right;
		const top = Math.min(y - 18, height - offsetHeight - 4);
		// Properties, not attributes: the policy blocks inline styles.
		this.element.style.left = `${Math.max(4, left)}px`;
		this.element.style.top = `${Math.max(4, top)}px`;
	}

	update(view: NodeView, hostNow: number, quiet: string): void {
		const place = view.kind === "session" ? [view.cwd] : [];
		this.say(titleOf(view), [...cardLines(view, hostNow, quiet), ...place]);
		this.element.dataset.state = view.state;
	}

	/** A title, and what is to be said below it. */
	say(title: string, lines: readonly string[]): void {
		setText(this.#title, title);
		while (this.#lines.childElementCount > lines.length) this.#lines.lastElementChild?.remove();
		lines.forEach((line, index) => {
			const text = clip(line, 200);
			const known = this.#lines.children[index];
			if (known === undefined) this.#lines.append(el("div", { text }));
			else setText(known, text);
		});
		this.element.dataset.state = "";
	}
}
