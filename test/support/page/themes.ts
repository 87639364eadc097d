/** What VS Code tells a webview of its theme: a class on the body and variables on the root. */
export interface PageTheme {
	readonly bodyClass: string;
	readonly variables: Readonly<Record<string, string>>;
}

const FONTS = {
	"font-family": '"DejaVu Sans", system-ui, sans-serif',
	"editor-font-family": '"DejaVu Sans Mono", monospace',
};

/** The few variables of four usual themes that the page reads. */
export const THEMES = {
	dark: {
		bodyClass: "vscode-dark",
		variables: {
			...FONTS,
			"editor-background": "#1f1f1f",
			foreground: "#cccccc",
			descriptionForeground: "#9d9d9d",
			focusBorder: "#0078d4",
			"panel-border": "#2b2b2b",
			"editorWidget-background": "#202020",
			"sideBar-background": "#181818",
			"button-background": "#0078d4",
			"button-foreground": "#ffffff",
			"button-hoverBackground": "#026ec1",
			"dropdown-background": "#313131",
			"dropdown-foreground": "#cccccc",
			"list-hoverBackground": "#2a2d2e",
		},
	},
	light: {
		bodyClass: "vscode-light",
		variables: {
			...FONTS,
			"editor-background": "#ffffff",
			foreground: "#3b3b3b",
			descriptionForeground: "#3b3b3b",
			focusBorder: "#005fb8",
			"panel-border": "#e5e5e5",
			"editorWidget-background": "#f8f8f8",
			"sideBar-background": "#f8f8f8",
			"button-background": "#005fb8",
			"button-foreground": "#ffffff",
			"button-hoverBackground": "#0258a8",
			"dropdown-background": "#ffffff",
			"dropdown-foreground": "#3b3b3b",
			"list-hoverBackground": "#f2f2f2",
		},
	},
	highContrast: {
		bodyClass: "vscode-high-contrast",
		variables: {
			...FONTS,
			"editor-background": "#000000",
			foreground: "#ffffff",
			descriptionForeground: "rgba(255, 255, 255, 0.7)",
			focusBorder: "#f38518",
			contrastBorder: "#6fc3df",
			contrastActiveBorder: "#f38518",
			"editorWidget-background": "#0c141f",
			"sideBar-background": "#000000",
			"button-foreground": "#ffffff",
			"button-background": "#000000",
			"button-border": "#6fc3df",
			"dropdown-background": "#000000",
			"dropdown-foreground": "#ffffff",
		},
	},
	highContrastLight: {
		bodyClass: "vscode-high-contrast-light vscode-high-contrast",
		variables: {
			...FONTS,
			"editor-background": "#ffffff",
			foreground: "#292929",
			descriptionForeground: "rgba(41, 41, 41, 0.7)",
			focusBorder: "#006bbd",
			contrastBorder: "#0f4a85",
			contrastActiveBorder: "#006bbd",
			"editorWidget-background": "#ffffff",
			"sideBar-background": "#ffffff",
			"button-background": "#0f4a85",
			"button-foreground": "#ffffff",
			"button-hoverBackground": "#0f4a85",
			"dropdown-background": "#ffffff",
			"dropdown-foreground": "#292929",
		},
	},
} satisfies Record<string, PageTheme>;

export type ThemeName = keyof typeof THEMES;
