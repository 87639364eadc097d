/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Reads `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb()` and `rgba()`; alpha is laid over `under`. */
export function parseColor(text: string, under: Rgb = [0, 0, 0]): Rgb | null {
	const trimmed = text.trim().toLowerCase();
	const hex = /^#([0-9a-f]{3,8})$/.exec(trimmed)?.[1];
	if (hex !== undefined) return parseHex(hex, under);
	const list = /^rgba?\(([^)]*)\)$/.exec(trimmed)?.[1];
	if (list === undefined) return null;
	const [red, green, blue, alpha] = list
		.split(/[\s,/]+/)
		.filter(Boolean)
		.map(parseChannel);
	if (red === undefined || green === undefined || blue === undefined) return null;
	return over([red, green, blue], alpha ?? 1, under);
}

function parseChannel(text: string): number {
	return text.endsWith("%") ? Number.parseFloat(text) / 100 : Number.parseFloat(text);
}

function parseHex(hex: string, under: Rgb): Rgb | null {
	const isShort = hex.length <= 4;
	const digits = isShort ? [...hex].map((digit) => digit + digit) : (hex.match(/../g) ?? []);
	if (digits.length < 3 || digits.length > 4) return null;
	const [red = 0, green = 0, blue = 0, alpha = 255] = digits.map((pair) =>
		Number.parseInt(pair, 16),
	);
	return over([red, green, blue], alpha / 255, under);
}

function over(color: Rgb, alpha: number, under: Rgb): Rgb {
	return alpha >= 1 ? color : blend(under, color, alpha);
}

/** `share` of the way from one colour to the other. */
export function blend(from: Rgb, to: Rgb, share: number): Rgb {
	return [
		from[0] + (to[0] - from[0]) * share,
		from[1] + (to[1] - from[1]) * share,
		from[2] + (to[2] - from[2]) * share,
	];
}

export function css(color: Rgb, alpha = 1): string {
	const [red, green, blue] = color.map(Math.round);
	return alpha >= 1
		? `rgb(${red}, ${green}, ${blue})`
		: `rgba(${red}, ${green}, ${blue}, ${alpha})`;
}

/** Relative luminance of WCAG 2.2, 0 to 1. */
function luminance(color: Rgb): number {
	const [red = 0, green = 0, blue = 0] = color.map((channel) => {
		const share = channel / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of WCAG 2.2, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
	const light = Math.max(luminance(a), luminance(b));
	const dark = Math.min(luminance(a), luminance(b));
	return (light + 0.05) / (dark + 0.05);
}

/** The colour itself, or as much of `toward` in it as the ratio against the ground asks for. */
export function withContrast(color: Rgb, ground: Rgb, ratio: number, toward: Rgb): Rgb {
	for (let share = 0; share < 1; share += 0.08) {
		const mixed = blend(color, toward, share);
		if (contrast(mixed, ground) >= ratio) return mixed;
	}
	return toward;
}
