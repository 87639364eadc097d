import { makePalette, type Palette, themeKindOf } from "./draw/colors/palette.ts";
import { ENDINGS, FAMILIES } from "./text/words.ts";

/** Follows the theme: VS Code changes variables and body classes, and tells no one. */
export class Theme {
	palette: Palette;
	readonly #body: HTMLElement;
	readonly #lessMotion = window.matchMedia("(prefers-reduced-motion: reduce)");

	constructor(body: HTMLElement, onChange: () => void) {
		this.#body = body;
		this.palette = this.#read();
		// Both observers may fire for one change; reading twice is cheaper than missing one.
		const refresh = (): void => {
			this.palette = this.#read();
			onChange();
		};
		const observer = new MutationObserver(refresh);
		observer.observe(body, {
			attributes: true,
			attributeFilter: ["class", "data-vscode-theme-id"],
		});
		// The variables stand in the root's style attribute and may come after the class.
		observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
		this.#lessMotion.addEventListener("change", refresh);
	}

	/** `vscode-reduce-motion` on the body, or the system's own wish. */
	get prefersLessMotion(): boolean {
		return this.#lessMotion.matches || this.#body.classList.contains("vscode-reduce-motion");
	}

	#read(): Palette {
		const style = getComputedStyle(document.documentElement);
		const palette = makePalette(themeKindOf(this.#body.classList), (name) =>
			style.getPropertyValue(`--vscode-${name}`).trim(),
		);
		this.#publish(palette);
		return palette;
	}

	/** The style sheet uses the very colours of the picture, with their contrast. */
	#publish(palette: Palette): void {
		const { style } = this.#body;
		const set = (name: string, value: string): void => style.setProperty(`--alg-${name}`, value);
		set("ground", palette.ground);
		set("text", palette.text);
		set("dim", palette.dimText);
		set("focus", palette.focus);
		for (const name of ["gold", "amber", "red"] as const) {
			set(name, palette[name].line);
			set(`${name}-text`, palette[name].text);
			set(`${name}-tint`, palette[name].tint);
		}
		set("on-gold", palette.onGold.line);
		for (const family of FAMILIES) {
			set(family, palette.family[family].line);
			set(`${family}-text`, palette.family[family].text);
			set(`${family}-tint`, palette.family[family].tint);
		}
		for (const ending of ENDINGS) set(`end-${ending}`, palette.ending[ending].text);
	}
}
