/** What the page notes of its own work. */
export interface Noted {
	/** Frames that were asked for. */
	requested: number;
	/** Timers of less than a second that were set. */
	shortTimers: number;
}

declare global {
	interface Window {
		__noted: Noted;
	}
}

/** Runs in the page before everything else, for scripts keep the functions that they find. */
export function instrument(): void {
	const noted: Noted = { requested: 0, shortTimers: 0 };
	window.__noted = noted;
	const requestFrame = window.requestAnimationFrame.bind(window);
	window.requestAnimationFrame = (callback) => {
		noted.requested++;
		return requestFrame(callback);
	};
	const setTimer = window.setTimeout.bind(window);
	const timer = (callback: () => void, delay = 0): number => {
		if (delay < 1000) noted.shortTimers++;
		return setTimer(callback, delay);
	};
	window.setTimeout = timer as typeof window.setTimeout;
}
