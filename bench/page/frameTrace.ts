import type { CDPSession, Page } from "playwright-core";

/** What of the browser's trace is read. Times in µs. */
interface TraceEvent {
	readonly name: string;
	readonly tid: number;
	readonly ts: number;
	readonly dur?: number;
	/** Of the processor, which others that run on the machine do not lengthen. */
	readonly tdur?: number;
}

/** Where the main thread goes from script to paint: what follows is the next frame. */
const PAINTS = new Set(["PrePaint", "Layerize"]);
const ANIMATION = "FireAnimationFrame";
/** What the main thread runs of scripts; some of them lie within others. */
const SCRIPTS = new Set([ANIMATION, "TimerFire", "FunctionCall", "EvaluateScript"]);

/**
 * What the page's scripts took of the processor for each frame while something was done, ms: the frame's
 * callbacks, and the messages and timers since the frame before.
 */
export async function traceFrames(page: Page, work: () => Promise<void>): Promise<number[]> {
	const devtools = await page.context().newCDPSession(page);
	const events: TraceEvent[] = [];
	devtools.on("Tracing.dataCollected", ({ value }) => {
		for (const event of value) events.push(event as unknown as TraceEvent);
	});
	await devtools.send("Tracing.start", {
		transferMode: "ReportEvents",
		traceConfig: { includedCategories: ["devtools.timeline"] },
	});
	await work();
	await end(devtools);
	return framesIn(events);
}

async function end(devtools: CDPSession): Promise<void> {
	const isOver = new Promise((resolve) => devtools.once("Tracing.tracingComplete", resolve));
	await devtools.send("Tracing.end");
	await isOver;
	await devtools.detach();
}

function framesIn(events: readonly TraceEvent[]): number[] {
	const main = events.find(({ name }) => name === ANIMATION)?.tid;
	const inOrder = events
		.filter(({ tid, name }) => tid === main && (SCRIPTS.has(name) || PAINTS.has(name)))
		.sort((a, b) => a.ts - b.ts);
	const frames: number[] = [];
	let spent = 0;
	let hasAnimated = false;
	let until = 0;
	for (const { name, ts, dur = 0, tdur = 0 } of inOrder) {
		if (PAINTS.has(name)) {
			if (hasAnimated) {
				frames.push(spent);
				spent = 0;
			}
			hasAnimated = false;
		} else if (ts >= until) {
			spent += tdur / 1000;
			until = ts + dur;
			hasAnimated ||= name === ANIMATION;
		}
	}
	return frames;
}
