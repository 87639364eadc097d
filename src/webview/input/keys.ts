import type { Page } from "../page.ts";

const PAN_STEP = 60;

/** Keys that work wherever the focus is, but in a field. */
export function bindKeys(document: Document, page: Page): void {
	document.addEventListener("keydown", (event) => {
		// Combinations belong to VS Code, which gets them through the webview.
		if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
		if (event.key === "Escape") {
			if (page.escape()) event.preventDefault();
			return;
		}
		if (isField(event.target)) return;
		const isOnPicture = event.target instanceof HTMLCanvasElement;
		if (runKey(event.key, page) || (isOnPicture && panByKey(event.key, page))) {
			event.preventDefault();
		}
	});
}

/** In a field a key is text. */
function isField(target: EventTarget | null): boolean {
	return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}

/** Gives back whether the key meant something. */
function runKey(key: string, page: Page): boolean {
	if (key === "+" || key === "=") page.zoomBy(1.4);
	else if (key === "-") page.zoomBy(1 / 1.4);
	else if (key === "0") page.fit();
	else if (key === "t" || key === "T") page.toggleTable();
	else if (key === "/") page.focusSearch();
	else return false;
	return true;
}

function panByKey(key: string, page: Page): boolean {
	if (key === "ArrowLeft") page.panBy(PAN_STEP, 0);
	else if (key === "ArrowRight") page.panBy(-PAN_STEP, 0);
	else if (key === "ArrowUp") page.panBy(0, PAN_STEP);
	else if (key === "ArrowDown") page.panBy(0, -PAN_STEP);
	else return false;
	return true;
}
