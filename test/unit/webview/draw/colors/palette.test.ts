import assert from "node:assert/strict";
import {
	contrast,
	parseColor,
	type Rgb,
	withContrast,
} from "../../../../../src/webview/draw/colors/color.ts";
import {
	type Ink,
	makePalette,
	type Palette,
	themeKindOf,
} from "../../../../../src/webview/draw/colors/palette.ts";
import { type PageTheme, THEMES } from "../../../../support/page/themes.ts";

/** Themes whose grounds lie between those that hues are made for. */
const ODD_THEMES: Record<string, PageTheme> = {
	solarizedLight: {
		bodyClass: "vscode-light",
		variables: {
			"editor-background": "#fdf6e3",
			foreground: "#657b83",
			"sideBar-background": "#eee8d5",
			"list-hoverBackground": "#dfca8844",
		},
	},
	quietLight: {
		bodyClass: "vscode-light",
		variables: {
			"editor-background": "#f5f5f5",
			foreground: "#333333",
			descriptionForeground: "#717171",
			"sideBar-background": "#f2f2f2",
			"list-hoverBackground": "#e0e0e0",
		},
	},
	greyDark: {
		bodyClass: "vscode-dark",
		variables: { "editor-background": "#4a4a4a", foreground: "#bbbbbb" },
	},
	withoutVariables: { bodyClass: "vscode-dark", variables: {} },
};

function paletteOf({ bodyClass, variables }: PageTheme): Palette {
	const classes = new Set(bodyClass.split(" "));
	const kind = themeKindOf({ contains: (name) => classes.has(name) });
	return makePalette(kind, (name) => variables[name] ?? "");
}

function rgb(text: string): Rgb {
	const color = parseColor(text);
	assert.ok(color, text);
	return color;
}

describe("the palette", () => {
	for (const [name, theme] of Object.entries({ ...THEMES, ...ODD_THEMES })) {
		it(`keeps text at 4.5 to 1 and graphics at 3 to 1 in ${name}`, () => {
			const palette = paletteOf(theme);
			const ground = rgb(palette.ground);
			const inks: Ink[] = [palette.gold, palette.amber, palette.red];
			inks.push(...Object.values(palette.family), ...Object.values(palette.ending));
			for (const ink of inks) {
				assert.ok(contrast(rgb(ink.line), ground) >= 3, `${ink.line} on the ground`);
				assert.ok(contrast(rgb(ink.text), rgb(ink.tint)) >= 4.5, `${ink.text} on its tint`);
				assert.ok(contrast(rgb(ink.text), ground) >= 4.5, `${ink.text} on the ground`);
			}
			for (const fill of ["line", "solid"] as const) {
				const letter = palette.onGold[fill];
				assert.ok(contrast(rgb(letter), rgb(palette.gold[fill])) >= 4.5, `${letter} on ${fill}`);
			}
			assert.ok(contrast(rgb(palette.text), ground) >= 4.5);
			assert.ok(contrast(rgb(palette.dimText), ground) >= 4.5);
			assert.ok(contrast(rgb(palette.focus), ground) >= 3);
			for (const place of ["sideBar", "editorWidget", "list-hover"]) {
				const variable = `${place}${place === "list-hover" ? "B" : "-b"}ackground`;
				const variables: Readonly<Record<string, string>> = theme.variables;
				const below = parseColor(variables[variable] ?? "", ground) ?? ground;
				const texts = [palette.text, palette.dimText, ...inks.map(({ text }) => text)];
				for (const text of texts) {
					assert.ok(contrast(rgb(text), below) >= 4.5, `${text} on ${variable}`);
				}
			}
		});
	}

	it("uses the hues as they are where the ground allows it", () => {
		assert.equal(paletteOf(THEMES.dark).family.sonnet.line, "rgb(74, 222, 128)");
		assert.equal(paletteOf(THEMES.light).gold.line, "rgb(217, 119, 6)");
	});

	it("knows no hue under high contrast", () => {
		const { family, ending, gold } = paletteOf(THEMES.highContrast);
		const lines = [...Object.values(family), ...Object.values(ending), gold].map(
			({ line }) => line,
		);
		assert.deepEqual(new Set(lines), new Set(["rgb(111, 195, 223)"]));
	});
});

describe("colours", () => {
	for (const [text, color] of [
		["#fff", [255, 255, 255]],
		["#0f1420", [15, 20, 32]],
		["#ffffff80", [128, 128, 128]],
		["rgb(1, 2, 3)", [1, 2, 3]],
		["rgba(255, 255, 255, 0.5)", [128, 128, 128]],
		["rgb(255 255 255 / 50%)", [128, 128, 128]],
	] as const) {
		it(`reads ${text}`, () => {
			assert.deepEqual(parseColor(text)?.map(Math.round), color);
		});
	}

	it("does not read what is no colour", () => {
		assert.deepEqual(
			["", "red", "#12", "rgb()", "url(x)"].map((text) => parseColor(text)),
			[null, null, null, null, null],
		);
	});

	it("changes a colour no more than its contrast asks for", () => {
		const white: Rgb = [255, 255, 255];
		const black: Rgb = [0, 0, 0];
		assert.deepEqual(withContrast(black, white, 4.5, black), black);
		const mended = withContrast([250, 220, 120], white, 3, black);
		assert.ok(contrast(mended, white) >= 3 && contrast(mended, white) < 4);
	});
});
