import type { DrawContext } from "../draw/drawContext.ts";

/** Characters that no XML may hold, not even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
const FONT = /^(\S+) ([\d.]+)px (.+)$/;
const ANCHORS: Readonly<Record<string, string>> = { center: "middle", right: "end" };
/** From the middle of letters to their baseline, in font sizes. */
const MIDDLE = 0.35;

/** Keeps what is drawn as the elements of an SVG document. Has what the layers use, and no more. */
export class SvgContext implements DrawContext {
	fillStyle = "";
	strokeStyle = "";
	globalAlpha = 1;
	lineWidth = 1;
	lineJoin: CanvasLineJoin = "miter";
	font = "";
	textAlign: CanvasTextAlign = "left";
	textBaseline: CanvasTextBaseline = "alphabetic";
	readonly #elements: string[] = [];
	readonly #images = new Map<object, string>();
	#path: string[] = [];
	#dash: number[] = [];

	/** The whole document. */
	toSvg({ width, height, title }: { width: number; height: number; title: string }): string {
		const size = `width="${number(width)}" height="${number(height)}"`;
		const box = `viewBox="0 0 ${number(width)} ${number(height)}"`;
		const images = [...this.#images.values()].join("");
		return [
			`<svg xmlns="http://www.w3.org/2000/svg" ${size} ${box} role="img">`,
			`<title>${escaped(title)}</title>`,
			...(images === "" ? [] : [`<defs>${images}</defs>`]),
			...this.#elements,
			"</svg>\n",
		].join("\n");
	}

	beginPath(): void {
		this.#path = [];
	}

	moveTo(x: number, y: number): void {
		this.#path.push(`M${point(x, y)}`);
	}

	lineTo(x: number, y: number): void {
		this.#path.push(`L${point(x, y)}`);
	}

	quadraticCurveTo(controlX: number, controlY: number, x: number, y: number): void {
		this.#path.push(`Q${point(controlX, controlY)} ${point(x, y)}`);
	}

	closePath(): void {
		this.#path.push("Z");
	}

	/** Begins where the path is: the layers move there first. Clockwise. */
	arc(x: number, y: number, radius: number, from: number, to: number): void {
		const middle = (from + to) / 2;
		for (const [begin, end] of [
			[from, middle],
			[middle, to],
		] as const) {
			const [large, r] = [end - begin > Math.PI ? 1 : 0, number(radius)];
			const at = point(x + Math.cos(end) * radius, y + Math.sin(end) * radius);
			this.#path.push(`A${r} ${r} 0 ${large} 1 ${at}`);
		}
	}

	/** With corners of one radius, as the layers draw them. */
	roundRect(x: number, y: number, width: number, height: number, radii: unknown): void {
		const radius = Math.min(Number(radii), width / 2, height / 2);
		const corner = (toX: number, toY: number): string =>
			`A${number(radius)} ${number(radius)} 0 0 1 ${point(toX, toY)}`;
		const [right, bottom] = [x + width, y + height];
		this.#path.push(
			`M${point(x + radius, y)}`,
			`L${point(right - radius, y)}`,
			corner(right, y + radius),
			`L${point(right, bottom - radius)}`,
			corner(right - radius, bottom),
			`L${point(x + radius, bottom)}`,
			corner(x, bottom - radius),
			`L${point(x, y + radius)}`,
			corner(x + radius, y),
			"Z",
		);
	}

	setLineDash(segments: Iterable<number>): void {
		this.#dash = [...segments];
	}

	fill(): void {
		this.#addPath(`fill="${escaped(this.fillStyle)}"`);
	}

	stroke(): void {
		this.#addPath(`fill="none" ${this.#strokes()}`);
	}

	fillRect(x: number, y: number, width: number, height: number): void {
		const place = `x="${number(x)}" y="${number(y)}"`;
		const size = `width="${number(width)}" height="${number(height)}"`;
		this.#add(`<rect ${place} ${size} fill="${escaped(this.fillStyle)}"${this.#opacity()}/>`);
	}

	fillText(text: string, x: number, y: number): void {
		this.#addText(text, x, y, `fill="${escaped(this.fillStyle)}"`);
	}

	strokeText(text: string, x: number, y: number): void {
		this.#addText(text, x, y, `fill="none" ${this.#strokes()}`);
	}

	/** A canvas of the page's own, kept once however often it is drawn. */
	drawImage(image: CanvasImageSource, ...box: number[]): void {
		if (!(image instanceof HTMLCanvasElement)) return;
		const [x = 0, y = 0, width = 0, height = 0] = box;
		const id = `image${[...this.#images.keys()].indexOf(image) + 1 || this.#images.size + 1}`;
		if (!this.#images.has(image)) {
			const size = `width="${image.width}" height="${image.height}"`;
			this.#images.set(image, `<image id="${id}" ${size} href="${image.toDataURL()}"/>`);
		}
		const scale = `scale(${number(width / image.width)} ${number(height / image.height)})`;
		const place = `transform="translate(${point(x, y)}) ${scale}"`;
		this.#add(`<use href="#${id}" ${place}${this.#opacity()}/>`);
	}

	#addPath(paint: string): void {
		if (this.#path.length === 0 || this.globalAlpha === 0) return;
		this.#add(`<path d="${this.#path.join("")}" ${paint}${this.#opacity()}/>`);
	}

	#addText(text: string, x: number, y: number, paint: string): void {
		const [, weight = "400", size = "12", family = "sans-serif"] = FONT.exec(this.font) ?? [];
		const baseline = this.textBaseline === "middle" ? y + MIDDLE * Number(size) : y;
		const anchor = ANCHORS[this.textAlign];
		const font = `font-family="${escaped(family)}" font-size="${size}" font-weight="${weight}"`;
		const place = `x="${number(x)}" y="${number(baseline)}"`;
		const align = anchor === undefined ? "" : ` text-anchor="${anchor}"`;
		this.#add(`<text ${place}${align} ${font} ${paint}${this.#opacity()}>${escaped(text)}</text>`);
	}

	#strokes(): string {
		const dash = this.#dash.length === 0 ? "" : ` stroke-dasharray="${this.#dash.join(" ")}"`;
		const join = this.lineJoin === "miter" ? "" : ` stroke-linejoin="${this.lineJoin}"`;
		return `stroke="${escaped(this.strokeStyle)}" stroke-width="${number(this.lineWidth)}"${dash}${join}`;
	}

	#opacity(): string {
		return this.globalAlpha === 1 ? "" : ` opacity="${number(this.globalAlpha)}"`;
	}

	#add(element: string): void {
		this.#elements.push(element);
	}
}

function point(x: number, y: number): string {
	return `${number(x)} ${number(y)}`;
}

/** To a thousandth: nobody sees more, and a document of many is shorter for it. */
function number(value: number): string {
	return String(Math.round(value * 1000) / 1000);
}

/** What is written on agents comes from a log that anybody may have written. */
function escaped(text: string): string {
	return text
		.replace(NOT_IN_XML, "")
		.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
