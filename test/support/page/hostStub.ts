import type { PageTheme } from "./themes.ts";

/** Global names that the stub leaves in the page for tests. */
export const STATE_KEY = "vscode-state";

/**
 * Script that stands in for VS Code's side of a webview: the theme's variables, and an API that
 * keeps what the page posts in `__posted` and its state over a reload. It also notes violations of
 * the content security policy and counts animation frames asked for.
 */
export function hostStub(theme: PageTheme): string {
	return `"use strict";
const themeVariables = ${JSON.stringify(theme.variables)};
for (const [name, value] of Object.entries(themeVariables)) {
	document.documentElement.style.setProperty("--vscode-" + name, value);
}
window.__posted = [];
window.__violations = [];
window.__frames = 0;
addEventListener("securitypolicyviolation", (event) => {
	window.__violations.push(event.violatedDirective + " " + event.blockedURI);
});
const requestFrame = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (callback) => {
	window.__frames++;
	return requestFrame(callback);
};
window.acquireVsCodeApi = () => {
	window.acquireVsCodeApi = () => { throw new Error("acquired twice"); };
	return {
		postMessage: (message) => { window.__posted.push(message); },
		getState: () => JSON.parse(sessionStorage.getItem("${STATE_KEY}") ?? "null") ?? undefined,
		setState: (state) => { sessionStorage.setItem("${STATE_KEY}", JSON.stringify(state)); },
	};
};
`;
}
