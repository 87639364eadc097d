// The package has no types of its own; these are of the parts in use.
declare module "gifenc" {
	type Palette = number[][];
	type Format = "rgb444" | "rgb565";

	interface FrameOptions {
		readonly palette?: Palette;
		/** Milliseconds. */
		readonly delay?: number;
		readonly transparent?: boolean;
		readonly transparentIndex?: number;
		readonly dispose?: number;
	}

	interface Encoder {
		writeFrame(index: Uint8Array, width: number, height: number, options: FrameOptions): void;
		finish(): void;
		bytes(): Uint8Array;
	}

	const gifenc: {
		GIFEncoder(): Encoder;
		quantize(rgba: Uint8Array, colors: number, options: { format: Format }): Palette;
		applyPalette(rgba: Uint8Array, palette: Palette, format: Format): Uint8Array;
	};
	export = gifenc;
}
