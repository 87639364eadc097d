/** What there is to be seen, ms since the epoch. */
export interface TimeBounds {
	readonly from: number;
	readonly until: number;
	/** Null where nothing goes on any more. */
	readonly now: number | null;
}

/** The part that is looked at, ms since the epoch. */
export interface TimeSpan {
	readonly from: number;
	readonly until: number;
}

const LEAST_SPAN_MS = 50;
/** What is shown of a session that has only just begun. */
const FIRST_SPAN_MS = 30_000;
/** Shares of the span that are left free before the first and behind the last. */
const BEFORE = 0.01;
const BEHIND = 0.03;
/** A picture that moved with every second could not be read: it makes room in steps. */
const STEP = 0.1;

/**
 * Which part of time is looked at: all of it, until the user has chosen otherwise; and while something
 * goes on and its end is in view, the end stays in view.
 */
export class TimeView {
	#span: TimeSpan = { from: 0, until: FIRST_SPAN_MS };
	#mode: "all" | "latest" | "chosen" = "all";
	#bounds: TimeBounds = { from: 0, until: 0, now: null };
	/** Where all that is shown began when it was last fitted. */
	#shownFrom = Number.NaN;

	get span(): TimeSpan {
		return this.#span;
	}

	/** Whether all of it is shown, and goes on being so. */
	get showsAll(): boolean {
		return this.#mode === "all";
	}

	/** Follows what there is; gives back whether the span has changed. */
	settle(bounds: TimeBounds): boolean {
		this.#bounds = bounds;
		const before = this.#span;
		if (this.#mode === "all") this.#showAll(false);
		else if (this.#mode === "latest") this.#showLatest();
		return this.#span.from !== before.from || this.#span.until !== before.until;
	}

	/** Shows all of it from now on. */
	fit(): void {
		this.#mode = "all";
		this.#showAll(true);
	}

	/** @param share where of the width, 0 to 1, time stays where it is */
	zoomBy(factor: number, share: number): void {
		const { from, until } = this.#span;
		const length = until - from;
		const most = Math.max(FIRST_SPAN_MS, (this.#end - this.#bounds.from) * 1.2);
		const next = Math.min(Math.max(length / factor, LEAST_SPAN_MS), most);
		const fixed = from + length * share;
		this.#choose(fixed - next * share, next);
	}

	/** @param share of the width, forward in time where positive */
	panBy(share: number): void {
		const { from, until } = this.#span;
		this.#choose(from + (until - from) * share, until - from);
	}

	/** Moves as little as is needed to see that part, and shows more where it is too long. */
	reveal({ from, until }: TimeSpan): void {
		const { span } = this;
		if (from >= span.from && until <= span.until) return;
		const length = Math.max(span.until - span.from, (until - from) * 1.25);
		this.#choose((from + until) / 2 - length / 2, length);
	}

	/** A session begins anew, or is another one. */
	startOver(): void {
		this.#mode = "all";
		this.#shownFrom = Number.NaN;
	}

	get #end(): number {
		return Math.max(this.#bounds.until, this.#bounds.now ?? 0);
	}

	/** Time runs past the ends of what there is, but never so far that nothing is left to see. */
	#choose(from: number, length: number): void {
		const least = this.#bounds.from - length * 0.5;
		const most = this.#end - length * 0.5;
		const start = Math.min(Math.max(from, least), Math.max(least, most));
		this.#span = { from: start, until: start + length };
		const isEndSeen = this.#bounds.now !== null && this.#bounds.now <= this.#span.until;
		this.#mode = isEndSeen ? "latest" : "chosen";
	}

	#showAll(isAsked: boolean): void {
		const { from, now } = this.#bounds;
		const length = Math.max(this.#end - from, now === null ? 1 : FIRST_SPAN_MS);
		const isRoomy = this.#end + length * BEFORE <= this.#span.until;
		if (!isAsked && now !== null && from === this.#shownFrom && isRoomy) return;
		this.#shownFrom = from;
		const behind = now === null || isAsked ? BEHIND : STEP;
		this.#span = { from: from - length * BEFORE, until: from + length * (1 + behind) };
	}

	#showLatest(): void {
		const { now } = this.#bounds;
		if (now === null) return;
		const { from, until } = this.#span;
		const length = until - from;
		if (now <= until - length * BEHIND) return;
		const next = now - length * (1 - STEP);
		this.#span = { from: next, until: next + length };
	}
}
