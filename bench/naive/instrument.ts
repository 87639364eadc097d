/** What the page notes of its own work. */
export interface Noted {
	/** Script ms of each frame, with the messages and timers since the frame before. */
	frames: number[];
	requested: number;
	/** Timers of less than a second that were set. */
	shortTimers: number;
	/** Runs something and counts its time in. */
	timed(work: () => void): void;
}

declare global {
	interface Window {
		__noted: Noted;
	}
}

/** Runs in the page before everything else, for scripts keep the functions that they find. */
export function instrument(): void {
	let spent = 0;
	let frame = 0;
	const noted: Noted = {
		frames: [],
		requested: 0,
		shortTimers: 0,
		timed(work) {
			const start = performance.now();
			work();
			spent += performance.now() - start;
		},
	};
	window.__noted = noted;
	const requestFrame = window.requestAnimationFrame.bind(window);
	window.requestAnimationFrame = (callback) => {
		noted.requested++;
		return requestFrame((now) => {
			// Callbacks of one frame are given one time.
			if (now !== frame) {
				noted.frames.push(spent);
				spent = 0;
				frame = now;
			}
			noted.timed(() => callback(now));
		});
	};
	const setTimer = window.setTimeout.bind(window);
	const timer = (callback: () => void, delay = 0): number => {
		if (delay < 1000) noted.shortTimers++;
		return setTimer(() => noted.timed(callback), delay);
	};
	window.setTimeout = timer as typeof window.setTimeout;
}
