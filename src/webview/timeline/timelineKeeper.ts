import type { Recording } from "../../model/recording/recording.ts";
import { Timeline } from "../../model/timeline/timeline.ts";
import type { Palette } from "../draw/colors/palette.ts";
import type { SavedTimeline } from "../state/savedState.ts";
import { Throttle } from "../state/throttle.ts";
import { OpenTimeline } from "./openTimeline.ts";
import type { TimelineHost } from "./timelineHost.ts";

/** Least time between two looks at what was recorded, ms. */
const REFRESH_EVERY_MS = 200;
const FIRST_HEIGHT = 260;

/** Opens and closes the timeline, and asks for the recording of the session that it shows. */
export class TimelineKeeper {
	/** px */
	height = FIRST_HEIGHT;
	/** The moment that is replayed, ms since the epoch; null while it is now. */
	#cursor: number | null = null;
	readonly #host: TimelineHost;
	readonly #refreshing = new Throttle(REFRESH_EVERY_MS, () => this.#refresh());
	#open: OpenTimeline | null = null;
	#isOpen = false;
	#recording: Recording | null = null;
	#timeline: Timeline | null = null;
	/** Key of the session that was asked for last. */
	#asked: string | null = null;

	constructor(host: TimelineHost) {
		this.#host = host;
	}

	/** null while it is closed. */
	get open(): OpenTimeline | null {
		return this.#isOpen ? this.#open : null;
	}

	get isOpen(): boolean {
		return this.#isOpen;
	}

	/** As it was before a reload. */
	restore({ isOpen, height }: SavedTimeline): void {
		if (height !== null) this.height = height;
		if (isOpen) this.#show();
	}

	toggle(): void {
		if (!this.#isOpen) this.show();
		else {
			this.#hide();
			this.#host.onChange();
		}
	}

	/** Opens it, and leaves the focus in it. */
	show(): void {
		if (!this.#isOpen) this.#show();
		this.#open?.focus();
		this.#host.onChange();
	}

	/** Nodes or the selection may have changed. */
	update(): void {
		if (!this.#isOpen) return;
		this.#ask();
		this.#open?.follow();
	}

	/** Called every second while the page can be seen. */
	tick(): void {
		if (this.#isOpen) this.#open?.tick();
	}

	setPalette(palette: Palette): void {
		this.#open?.setPalette(palette);
	}

	/** @param cursor the moment that is replayed, ms since the epoch; null while it is now */
	set cursor(cursor: number | null) {
		this.#cursor = cursor;
		this.#open?.invalidate();
	}

	get cursor(): number | null {
		return this.#cursor;
	}

	#show(): void {
		this.#isOpen = true;
		this.#open ??= new OpenTimeline(this.#host, this);
		this.#open.isShown = true;
		this.#ask();
		this.#refresh();
	}

	#hide(): void {
		this.#isOpen = false;
		if (this.#open !== null) this.#open.isShown = false;
		this.#asked = null;
		this.#host.recordings.release(this);
		this.#drop();
		this.#host.onClosed();
	}

	/** Only where another session is to be shown: whoever else wants one may have chosen it. */
	#ask(): void {
		const session = this.#host.model.sessionInFocus();
		if (session === undefined || session.key === this.#asked) return;
		this.#asked = session.key;
		this.#host.recordings.want(this, session, () => this.#refreshing.call());
	}

	#refresh(): void {
		const { recordings } = this.#host;
		const open = this.#open;
		if (!this.#isOpen || open === null) return;
		const { current } = recordings;
		if (current !== this.#recording) {
			this.#drop();
			this.#recording = current;
			this.#timeline = current === null ? null : new Timeline(current);
			open.timeline = this.#timeline;
		}
		const change = this.#timeline?.update() ?? { changed: new Set(), isReordered: false };
		open.noteChange(change);
		open.setNote(this.#note());
	}

	#drop(): void {
		this.#recording = null;
		this.#timeline = null;
		if (this.#open !== null) this.#open.timeline = null;
	}

	#note(): string {
		const { recordings, model } = this.#host;
		if ((this.#timeline?.rows.length ?? 0) > 0) return "";
		if (this.#asked === null) return model.hasSnapshot ? "No session yet" : "";
		return recordings.isWhole ? "Nothing recorded yet" : "Reading the session…";
	}
}
