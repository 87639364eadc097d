import { ENDINGS, type Ending, FAMILIES, type Family } from "../../text/words.ts";
import { blend, contrast, css, parseColor, type Rgb, withContrast } from "./color.ts";
import { DARK_HUES, type Hues, LIGHT_HUES } from "./hues.ts";

/** One hue as it is laid on the ground of the theme at hand. */
export interface Ink {
	/** Lines and discs: at least 3 to 1. */
	readonly line: string;
	/** Letters and words: at least 4.5 to 1, also on the tint. */
	readonly text: string;
	/** A breath of the hue on the ground; opaque. */
	readonly tint: string;
	/** A strong share of the hue on the ground; opaque. */
	readonly solid: string;
}

/** Every colour that is drawn, fitted to the theme. */
export interface Palette {
	readonly isHighContrast: boolean;
	readonly ground: string;
	readonly grid: string;
	readonly text: string;
	readonly dimText: string;
	readonly focus: string;
	readonly gold: Ink;
	/** Letters on what is filled with the line or the solid of gold: at least 4.5 to 1. */
	readonly onGold: Pick<Ink, "line" | "solid">;
	readonly amber: Ink;
	readonly red: Ink;
	readonly family: Record<Family, Ink>;
	readonly ending: Record<Ending, Ink>;
	readonly fontFamily: string;
}

/** Reads a theme variable such as `editor-background`; empty where the theme does not set it. */
type ThemeVariable = (name: string) => string;

/** What the body's classes say of the theme. */
interface ThemeKind {
	readonly isLight: boolean;
	readonly isHighContrast: boolean;
}

export function themeKindOf(classes: { contains(name: string): boolean }): ThemeKind {
	const isLightContrast = classes.contains("vscode-high-contrast-light");
	return {
		isLight: isLightContrast || classes.contains("vscode-light"),
		isHighContrast: isLightContrast || classes.contains("vscode-high-contrast"),
	};
}

export function makePalette(kind: ThemeKind, variable: ThemeVariable): Palette {
	const base: Rgb = kind.isLight ? [255, 255, 255] : [15, 18, 25];
	const ground = parseColor(variable("editor-background"), base) ?? base;
	const opposite: Rgb = kind.isLight ? [0, 0, 0] : [255, 255, 255];
	const read = (name: string, fallback: Rgb): Rgb => parseColor(variable(name), ground) ?? fallback;
	const foreground = read("foreground", blend(ground, opposite, 0.8));
	const grounds = GROUNDS.map((name) => read(name, ground));
	const text = readable(withContrast(foreground, ground, 7, opposite), grounds, 4.6, opposite);
	const dim = readable(
		dimOf(read("descriptionForeground", text), ground, text),
		grounds,
		4.6,
		text,
	);
	const border = read("contrastBorder", text);
	const hues = kind.isLight ? LIGHT_HUES : DARK_HUES;
	const ink = (hue: Rgb): Ink =>
		kind.isHighContrast ? contrastInk(text, border, ground) : inkOf(hue, ground, grounds, opposite);
	const inks = inksOf(hues, ink);
	return {
		isHighContrast: kind.isHighContrast,
		ground: css(ground),
		grid: css(blend(ground, opposite, kind.isLight ? 0.035 : 0.026)),
		text: css(text),
		dimText: css(kind.isHighContrast ? text : dim),
		focus: css(withContrast(read("focusBorder", text), ground, 3, opposite)),
		...inks,
		onGold: { line: letterOn(inks.gold.line, ground), solid: letterOn(inks.gold.solid, ground) },
		fontFamily: variable("font-family") || "system-ui, sans-serif",
	};
}

/** What text stands on besides the picture's own ground: bars, cards, and rows under the pointer. */
const GROUNDS = ["sideBar-background", "editorWidget-background", "list-hoverBackground"] as const;

/** A colour with that contrast on each of several grounds. */
function readable(color: Rgb, grounds: readonly Rgb[], ratio: number, toward: Rgb): Rgb {
	return grounds.reduce((mixed, ground) => withContrast(mixed, ground, ratio, toward), color);
}

/** Readable, but clearly less than the text: some themes give both the same colour. */
function dimOf(description: Rgb, ground: Rgb, text: Rgb): Rgb {
	const isLoud = contrast(description, ground) > 7.5;
	const quiet = isLoud ? blend(description, ground, 0.3) : description;
	return withContrast(quiet, ground, 4.6, text);
}

function inksOf(hues: Hues, ink: (hue: Rgb) => Ink) {
	return {
		gold: ink(hues.gold),
		amber: ink(hues.amber),
		red: ink(hues.red),
		family: mapRecord(FAMILIES, (family) => ink(hues.family[family])),
		ending: mapRecord(ENDINGS, (ending) => ink(hues.ending[ending])),
	};
}

function inkOf(hue: Rgb, ground: Rgb, grounds: readonly Rgb[], opposite: Rgb): Ink {
	const tint = blend(ground, hue, 0.16);
	return {
		line: css(withContrast(hue, ground, 3, opposite)),
		text: css(readable(hue, [tint, ...grounds], 4.6, opposite)),
		tint: css(tint),
		solid: css(blend(ground, hue, 0.55)),
	};
}

/** Black or white, whichever reads better: always at least 4.5 to 1. */
function letterOn(fill: string, ground: Rgb): string {
	const black: Rgb = [0, 0, 0];
	const white: Rgb = [255, 255, 255];
	const rgb = parseColor(fill, ground) ?? ground;
	return css(contrast(black, rgb) > contrast(white, rgb) ? black : white);
}

/** High contrast knows no hues: the foreground, its border, and shapes and letters to tell apart. */
function contrastInk(text: Rgb, border: Rgb, ground: Rgb): Ink {
	const line = css(withContrast(border, ground, 3, text));
	return { line, text: css(text), tint: css(ground), solid: css(blend(ground, text, 0.3)) };
}

function mapRecord<Key extends string, Value>(
	keys: readonly Key[],
	value: (key: Key) => Value,
): Record<Key, Value> {
	return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<Key, Value>;
}
