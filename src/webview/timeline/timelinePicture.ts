import type { Timeline } from "../../model/timeline/timeline.ts";
import type { TimelineRow } from "../../model/timeline/timelineRow.ts";
import type { Palette } from "../draw/colors/palette.ts";
import { TextCache } from "../draw/labels/textCache.ts";
import { FrameLoop } from "../draw/view/frameLoop.ts";
import { Surface } from "../draw/view/surface.ts";
import { drawTimeline } from "./draw/drawTimeline.ts";
import { type TimelinePainter, timelineFonts } from "./draw/timelinePainter.ts";
import { type Geometry, geometryOf, HEAD, ROW, rowAt, rowsInView } from "./geometry.ts";
import { type Hit, hitOf } from "./timelineHit.ts";
import { TimeView } from "./timeView.ts";

/** What the picture shows besides the rows. */
interface Shown {
	/** Host clock, ms since the epoch. */
	readonly now: number;
	readonly selected: TimelineRow | null;
	readonly selectedCall: string | null;
	readonly cursor: number | null;
}

/** Change of the now line that is worth a frame, px. */
const LEAST_MOVE = 0.5;

/** The canvas of the timeline: draws only what can be seen, and only when that has changed. */
export class TimelinePicture {
	readonly view = new TimeView();
	hovered: TimelineRow | null = null;
	/** Frames drawn so far. */
	frames = 0;
	readonly #surface: Surface;
	readonly #scroll: HTMLElement;
	readonly #space: HTMLElement;
	readonly #shown: () => Shown;
	readonly #loop = new FrameLoop(() => this.#draw());
	readonly #texts = new TextCache();
	#palette: Palette;
	#timeline: Timeline | null = null;
	#drawnNow = 0;

	/** @param scroll scrolls the canvas' rows; @param space as high as all rows */
	constructor(
		canvas: HTMLCanvasElement,
		scroll: HTMLElement,
		space: HTMLElement,
		palette: Palette,
		shown: () => Shown,
	) {
		this.#scroll = scroll;
		this.#space = space;
		this.#palette = palette;
		this.#shown = shown;
		const insets = { top: 0, right: 0 };
		this.#surface = new Surface(
			canvas,
			[],
			() => insets,
			() => this.#loop.runNow(),
		);
		scroll.addEventListener("scroll", () => this.invalidate());
	}

	get timeline(): Timeline | null {
		return this.#timeline;
	}

	set timeline(timeline: Timeline | null) {
		if (timeline === this.#timeline) return;
		this.#timeline = timeline;
		this.hovered = null;
		this.view.startOver();
		this.#scroll.scrollTop = 0;
		this.invalidate();
	}

	setPalette(palette: Palette): void {
		this.#palette = palette;
		this.#texts.clear();
		this.invalidate();
	}

	invalidate(): void {
		this.#loop.request();
	}

	/** Rows changed: a frame is drawn only if any of them can be seen. */
	noteChange(changed: ReadonlySet<TimelineRow>, isReordered: boolean): void {
		const isSeen = isReordered || this.rowsSeen().some((row) => changed.has(row));
		if (isSeen) this.invalidate();
	}

	/** Time has passed: a frame is drawn only if that can be seen. */
	tick(): void {
		const timeline = this.#timeline;
		if (timeline === null || !timeline.isLive) return;
		const { from, until } = this.view.span;
		const { left, right } = this.geometry;
		const moved = ((this.#shown().now - this.#drawnNow) * (right - left)) / (until - from);
		const wasSeen = this.#drawnNow <= until;
		if (wasSeen && moved >= LEAST_MOVE) this.invalidate();
	}

	get geometry(): Geometry {
		return geometryOf(this.#surface, this.#scroll.scrollTop, this.view.span);
	}

	rowsSeen(): readonly TimelineRow[] {
		const rows = this.#timeline?.rows ?? [];
		const { first, last } = rowsInView(this.geometry, rows.length);
		return rows.slice(first, last);
	}

	/** What is at a point of the canvas, px; null beside all rows. */
	hit(x: number, y: number): Hit | null {
		const { geometry } = this;
		const row = this.#timeline?.rows[rowAt(geometry, y)];
		return row === undefined ? null : hitOf(row, geometry, { x, y }, this.#shown().now);
	}

	/** Scrolls as little as is needed to see a row. */
	revealRow({ index }: TimelineRow): void {
		const { scrollTop } = this.#scroll;
		const room = this.#surface.height - HEAD;
		const least = (index + 1) * ROW - room;
		this.#scroll.scrollTop = Math.min(index * ROW, Math.max(scrollTop, least));
	}

	/** @param rows so far, px */
	scrollBy(rows: number): void {
		this.#scroll.scrollTop += rows;
	}

	#draw(): boolean {
		const timeline = this.#timeline;
		const { width, height, context } = this.#surface;
		if (width === 0 || height === 0) return false;
		this.frames++;
		this.#surface.begin(this.#palette.ground);
		if (timeline === null || timeline.rows.length === 0) return false;
		const shown = this.#shown();
		const { from, until, isLive } = timeline;
		this.view.settle({ from, until, now: isLive ? shown.now : null });
		this.#drawnNow = shown.now;
		const space = `${HEAD + timeline.rows.length * ROW + 4}px`;
		if (this.#space.style.height !== space) this.#space.style.height = space;
		const painter: TimelinePainter = {
			...shown,
			context,
			palette: this.#palette,
			texts: this.#texts,
			fonts: timelineFonts(this.#palette.fontFamily),
			geometry: this.geometry,
			rows: this.rowsSeen(),
			turns: timeline.turns,
			now: isLive ? shown.now : until,
			isLive,
			hovered: this.hovered,
		};
		drawTimeline(painter);
		return false;
	}
}
