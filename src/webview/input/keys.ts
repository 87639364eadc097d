import type { Page } from "../page/page.ts";
import { toggleBuckets } from "../page/viewSwitches.ts";
import type { Direction } from "../scene/neighbours.ts";

const PAN_STEP = 60;

const ARROWS: Readonly<Record<string, Direction>> = {
	ArrowLeft: "left",
	ArrowRight: "right",
	ArrowUp: "up",
	ArrowDown: "down",
};

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
		// It presses a button that has the focus.
		if (event.key === " " && event.target instanceof HTMLButtonElement) return;
		const isOnPicture = event.target instanceof HTMLCanvasElement;
		if (runKey(event.key, page) || (isOnPicture && runOnPicture(event, page))) {
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
	const { camera, parts } = page;
	const { shell } = parts;
	if (key === "+" || key === "=") camera.zoomBy(1.4);
	else if (key === "-") camera.zoomBy(1 / 1.4);
	else if (key === "0") camera.fit();
	else if (key === "f" || key === "F") camera.toggleFollow();
	else if (key === "t" || key === "T") page.toggleTable();
	else if (key === "l" || key === "L") page.panes.timeline.toggle();
	else if (key === "n" || key === "N") page.walk.nextWait();
	else if (key === "b" || key === "B") toggleBuckets(page);
	else if (key === " ") page.panes.replay.togglePlay();
	else if (key === "," || key === ".") page.panes.replay.stepEvent(key === "." ? 1 : -1);
	else if (key === "/") shell.toolbar.focusSearch();
	else if (key === "?") shell.keys.toggle();
	else return false;
	return true;
}

/** Arrows lead from agent to agent, and move the picture with Shift. */
function runOnPicture({ key, shiftKey }: KeyboardEvent, page: Page): boolean {
	const direction = ARROWS[key];
	if (key === "Enter") page.openInspector();
	else if (direction === undefined) return false;
	else if (shiftKey) panTo(direction, page);
	else page.walk.step(direction);
	return true;
}

function panTo(direction: Direction, { camera }: Page): void {
	if (direction === "left") camera.panBy(PAN_STEP, 0);
	else if (direction === "right") camera.panBy(-PAN_STEP, 0);
	else if (direction === "up") camera.panBy(0, PAN_STEP);
	else camera.panBy(0, -PAN_STEP);
}
