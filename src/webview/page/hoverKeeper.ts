import type { HoverCard } from "../parts/hoverCard.ts";
import type { SceneNode } from "../scene/sceneNode.ts";
import type { PageModel } from "../state/pageModel.ts";

/** How long the pointer rests on a node before its card opens, ms. */
const HOVER_MS = 350;

/** Opens and closes the card of the node under the pointer, and keeps it up to date. */
export class HoverKeeper {
	readonly #model: PageModel;
	readonly #card: HoverCard;
	readonly #canvas: HTMLCanvasElement;
	#node: SceneNode | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(model: PageModel, card: HoverCard, canvas: HTMLCanvasElement) {
		this.#model = model;
		this.#card = card;
		this.#canvas = canvas;
	}

	/** The pointer has come to a node, or to none. */
	hover(node: SceneNode | null): void {
		clearTimeout(this.#timer);
		this.#node = node;
		this.#card.hide();
		if (node === null || node.folded > 0) return;
		this.#timer = setTimeout(() => this.#open(), HOVER_MS);
	}

	/** Time has passed, or nodes have changed. */
	update(): void {
		if (this.#card.isOpen) this.#open();
	}

	#open(): void {
		const node = this.#node;
		if (node === null) return;
		this.#card.update(node.view, this.#model.clock.now(), this.#model.quiet(node.view));
		this.#card.place({
			x: node.screenX,
			y: node.screenY,
			// Past its label, of which the card hides nothing.
			radius: Math.max(
				node.screenRadius,
				node.lines > 0 ? node.labelReach + Math.abs(node.labelShift) - 6 : 0,
			),
			width: this.#canvas.clientWidth,
			height: this.#canvas.clientHeight,
		});
	}
}
