import type { ScreenBox } from "../labels/boxGrid.ts";

/** What lies over the sides of the picture takes from it, px. */
export interface Insets {
	readonly top: number;
	readonly right: number;
}

/** A canvas as large as its box, sharp at every device pixel ratio. */
export class Surface {
	readonly canvas: HTMLCanvasElement;
	readonly context: CanvasRenderingContext2D;
	/** Size in CSS px. */
	width = 0;
	height = 0;
	pixelRatio = 1;
	#insets: Insets = { top: 0, right: 0 };
	readonly #readInsets: () => Insets;
	readonly #onResize: () => void;

	/** @param overlays elements that lie over the picture, as wide and high as they are at the time */
	constructor(
		canvas: HTMLCanvasElement,
		overlays: readonly Element[],
		readInsets: () => Insets,
		onResize: () => void,
	) {
		const context = canvas.getContext("2d");
		if (context === null) throw new Error("no 2D canvas");
		this.canvas = canvas;
		this.context = context;
		this.#readInsets = readInsets;
		this.#onResize = onResize;
		// The observer calls back once at the start, so the first size is measured there too.
		const observer = new ResizeObserver(() => this.measure());
		for (const element of [canvas, ...overlays]) observer.observe(element);
		this.#watchPixelRatio();
	}

	/** The part that nothing lies over, px. */
	get free(): ScreenBox {
		const { top, right } = this.#insets;
		return { left: 0, top, right: this.width - right, bottom: this.height };
	}

	/** Clears to the ground and sets the scale; from here on units are CSS px. */
	begin(ground: string): void {
		const { context, pixelRatio } = this;
		context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
		context.globalAlpha = 1;
		context.fillStyle = ground;
		context.fillRect(0, 0, this.width, this.height);
	}

	/** Takes the size of the box at hand; to be called where the next observation would be late. */
	measure(): void {
		const { clientWidth, clientHeight } = this.canvas;
		const ratio = Math.max(1, window.devicePixelRatio || 1);
		const insets = this.#readInsets();
		const isSame =
			clientWidth === this.width && clientHeight === this.height && ratio === this.pixelRatio;
		const isAsFree = insets.top === this.#insets.top && insets.right === this.#insets.right;
		if (isSame && isAsFree) return;
		this.#insets = insets;
		if (!isSame) {
			this.width = clientWidth;
			this.height = clientHeight;
			this.pixelRatio = ratio;
			this.canvas.width = Math.round(clientWidth * ratio);
			this.canvas.height = Math.round(clientHeight * ratio);
		}
		this.#onResize();
	}

	/** A media query matches one ratio only, so each change needs the next query. */
	#watchPixelRatio(): void {
		const query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
		query.addEventListener(
			"change",
			() => {
				this.measure();
				this.#watchPixelRatio();
			},
			{ once: true },
		);
	}
}
