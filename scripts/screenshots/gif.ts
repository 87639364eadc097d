import { writeFileSync } from "node:fs";
import gifenc from "gifenc";
import { PNG } from "pngjs";

const { applyPalette, GIFEncoder, quantize } = gifenc;
/** One palette entry is kept free for "as in the frame before". */
const COLORS = 255;
const TRANSPARENT = COLORS;
/** Frames of which the common palette is made. */
const SAMPLES = 6;

export interface Frame {
	readonly png: Buffer;
	/** Milliseconds that it is shown. */
	readonly delay: number;
}

/**
 * Writes an endless GIF with one palette, in which a frame holds only the pixels that changed: a
 * still ground then costs next to nothing. Frames that show nothing new prolong the one before.
 */
export function writeGif(file: string, frames: readonly Frame[]): void {
	const images = frames.map(({ png }) => PNG.sync.read(png));
	const palette = commonPalette(images);
	const gif = GIFEncoder();
	let shown: Uint8Array | undefined;
	let waiting = 0;
	for (const [index, { data, width, height }] of images.entries()) {
		const colors = applyPalette(new Uint8Array(data), palette, "rgb565");
		waiting += frames[index]?.delay ?? 0;
		const changes = shown === undefined ? colors : onlyChanges(colors, shown);
		const isLast = index === images.length - 1;
		if (changes !== undefined || isLast) {
			const transparent = { transparent: true, transparentIndex: TRANSPARENT };
			gif.writeFrame(changes ?? colors, width, height, {
				...(shown === undefined ? { palette: [...palette, [0, 0, 0]] } : transparent),
				delay: waiting,
				dispose: 1,
			});
			shown = colors;
			waiting = 0;
		}
	}
	gif.finish();
	writeFileSync(file, gif.bytes());
}

function commonPalette(images: readonly PNG[]): number[][] {
	const step = Math.max(1, Math.floor(images.length / SAMPLES));
	const samples = images.filter((_, index) => index % step === 0).map(({ data }) => data);
	return quantize(new Uint8Array(Buffer.concat(samples)), COLORS, { format: "rgb565" });
}

/** Undefined when nothing changed. */
function onlyChanges(colors: Uint8Array, before: Uint8Array): Uint8Array | undefined {
	let isChanged = false;
	const changes = colors.map((color, at) => {
		if (color === before[at]) {
			return TRANSPARENT;
		}
		isChanged = true;
		return color;
	});
	return isChanged ? changes : undefined;
}
