/** What keys on the timeline ask for. */
interface TimelineKeyHandlers {
	/** The agent above (-1) or below (1). */
	onRow(step: 1 | -1): void;
	/** The call before (-1) or after (1) of the selected agent. */
	onCall(step: 1 | -1): void;
	/** @param share of what is shown, forward in time where positive */
	onPan(share: number): void;
	onScroll(rows: number): void;
	onZoom(factor: number): void;
	onFit(): void;
	onOpen(): void;
}

/** Arrows lead from agent to agent and from call to call, and move the picture with Shift. */
export function bindTimelineKeys(element: HTMLElement, handlers: TimelineKeyHandlers): void {
	element.addEventListener("keydown", (event) => {
		if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
		const isKnown = event.shiftKey ? runShifted(event.key, handlers) : run(event.key, handlers);
		if (!isKnown) return;
		event.preventDefault();
		event.stopPropagation();
	});
}

function run(key: string, handlers: TimelineKeyHandlers): boolean {
	if (key === "ArrowUp") handlers.onRow(-1);
	else if (key === "ArrowDown") handlers.onRow(1);
	else if (key === "ArrowLeft") handlers.onCall(-1);
	else if (key === "ArrowRight") handlers.onCall(1);
	else if (key === "Enter") handlers.onOpen();
	else return runView(key, handlers);
	return true;
}

function runShifted(key: string, handlers: TimelineKeyHandlers): boolean {
	if (key === "ArrowLeft") handlers.onPan(-0.2);
	else if (key === "ArrowRight") handlers.onPan(0.2);
	else if (key === "ArrowUp") handlers.onScroll(-1);
	else if (key === "ArrowDown") handlers.onScroll(1);
	else return runView(key, handlers);
	return true;
}

function runView(key: string, handlers: TimelineKeyHandlers): boolean {
	if (key === "+" || key === "=") handlers.onZoom(1.6);
	else if (key === "-") handlers.onZoom(1 / 1.6);
	else if (key === "0") handlers.onFit();
	else if (key === "PageUp") handlers.onPan(-0.8);
	else if (key === "PageDown") handlers.onPan(0.8);
	else return false;
	return true;
}
