/** Colours as in the editor's own themes; the rest of a theme has fallbacks everywhere. */
const COLORS = {
	dark: {
		"editor-background": "#0f1219",
		foreground: "#d4d9e4",
		descriptionForeground: "#98a2b5",
		focusBorder: "#5b8def",
		"editorWidget-background": "#171b25",
		"sideBar-background": "#12151d",
		"panel-border": "#2a3040",
		"button-background": "#2f6feb",
		"button-foreground": "#ffffff",
		"dropdown-background": "#1b202b",
		"dropdown-foreground": "#d4d9e4",
		"list-hoverBackground": "#1f2531",
	},
	light: {
		"editor-background": "#ffffff",
		foreground: "#24292f",
		descriptionForeground: "#57606a",
		focusBorder: "#0969da",
		"editorWidget-background": "#f6f8fa",
		"sideBar-background": "#f6f8fa",
		"panel-border": "#d0d7de",
		"button-background": "#0969da",
		"button-foreground": "#ffffff",
		"dropdown-background": "#ffffff",
		"dropdown-foreground": "#24292f",
		"list-hoverBackground": "#eaeef2",
	},
} as const;

/** Stands in for the editor's theme: follows what the system asks for, also while it changes. */
export function followSystemTheme(body: HTMLElement): void {
	const isLight = window.matchMedia("(prefers-color-scheme: light)");
	const wantsContrast = window.matchMedia("(prefers-contrast: more)");
	const apply = (): void => {
		const colors = isLight.matches ? COLORS.light : COLORS.dark;
		for (const [name, color] of Object.entries(colors)) {
			document.documentElement.style.setProperty(`--vscode-${name}`, color);
		}
		const kind = isLight.matches ? "light" : "dark";
		const contrast = isLight.matches ? "vscode-high-contrast-light" : "vscode-high-contrast";
		body.className = `browser ${wantsContrast.matches ? contrast : `vscode-${kind}`}`;
	};
	isLight.addEventListener("change", apply);
	wantsContrast.addEventListener("change", apply);
	apply();
}
