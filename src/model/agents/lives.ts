import type { Origin } from "../events/events.ts";

const NEVER = Number.NEGATIVE_INFINITY;
/**
 * Two installations of the hooks tell of one start twice, this far apart at most, ms; an agent that is
 * stopped and resumed starts a second later at the earliest.
 */
export const TOLD_TWICE_MS = 500;

/**
 * When the lives of an agent, or the turns of a session, began and ended, as each source tells it.
 *
 * Within the log the position decides, as its contract says. Between the two sources there is no
 * order but time, and it can be relied on: both clocks are the same machine's. So what one source
 * tells late never undoes what the other has told meanwhile of a later moment.
 *
 * There is one of these for each agent ever seen, hence no objects and no sets within.
 */
export class Lives {
	#hookBegan = NEVER;
	#hookEnded = NEVER;
	#transcriptBegan = NEVER;
	#transcriptEnded = NEVER;
	/** Ends that whoever launched it told of. */
	#hookReported = NEVER;
	#transcriptReported = NEVER;
	/** The latest that it told of itself. */
	#lastEnd = NEVER;
	/** Ends told, each life's once, by source. */
	#hookEnds = 0;
	#transcriptEnds = 0;

	/** Lives that are known to have ended: what the source that saw more of them says. */
	get ends(): number {
		return Math.max(this.#hookEnds, this.#transcriptEnds);
	}

	/** @returns false when the life that begins is known to be over */
	begins(origin: Origin, ts: number): boolean {
		const isPast = this.isOver(origin, ts);
		if (origin === "hook") this.#hookBegan = Math.max(this.#hookBegan, ts);
		else this.#transcriptBegan = Math.max(this.#transcriptBegan, ts);
		return !isPast;
	}

	/** Whether this is the line again by which a hook told of the latest beginning. */
	hasBegunAt(ts: number): boolean {
		return ts === this.#hookBegan;
	}

	/**
	 * A hook tells of a start. The life that it finds open must have ended: its stop never comes, when
	 * it was stopped by someone, and the report of that may come late, when the next one has begun.
	 */
	endsUntold(ts: number): void {
		const isOpen = this.#hookBegan > this.#hookEnded;
		if (isOpen && ts - this.#hookBegan >= TOLD_TWICE_MS) this.#hookEnds++;
	}

	/** @returns false when another life is known to have begun after the one that ends */
	endsAt(origin: Origin, ts: number): boolean {
		// One end may be told several times: by two installations of the hooks, by a hook that did not
		// let it go at once, by the parts of a last message.
		if (origin === "hook") {
			if (this.#hookEnded <= this.#hookBegan) this.#hookEnds++;
		} else if (this.#transcriptEnded <= this.#transcriptBegan) {
			this.#transcriptEnds++;
		}
		this.#lastEnd = Math.max(this.#lastEnd, ts);
		return this.cutOff(origin, ts);
	}

	/** The whole session ended, which is no end of the life's own. @returns as {@link endsAt} */
	cutOff(origin: Origin, ts: number): boolean {
		if (origin === "hook") this.#hookEnded = Math.max(this.#hookEnded, ts);
		else this.#transcriptEnded = Math.max(this.#transcriptEnded, ts);
		return this.isLatest(origin, ts);
	}

	/** Its launcher tells of an end: what a transcript tells of before proves no life. */
	endedAsReported(origin: Origin, ts: number): void {
		if (origin === "hook") this.#hookReported = Math.max(this.#hookReported, ts);
		else this.#transcriptReported = Math.max(this.#transcriptReported, ts);
	}

	/** What was reported was another's. */
	takeBackReport(origin: Origin, ts: number): void {
		if (origin === "hook") {
			if (this.#hookReported === ts) this.#hookReported = NEVER;
		} else if (this.#transcriptReported === ts) {
			this.#transcriptReported = NEVER;
		}
	}

	/** Takes over what was told of a stand-in, which never began. @returns whether an end was */
	absorbEnds(other: Lives): boolean {
		this.#hookEnded = Math.max(this.#hookEnded, other.#hookEnded);
		this.#transcriptEnded = Math.max(this.#transcriptEnded, other.#transcriptEnded);
		this.#hookReported = Math.max(this.#hookReported, other.#hookReported);
		this.#transcriptReported = Math.max(this.#transcriptReported, other.#transcriptReported);
		const reported = Math.max(other.#hookReported, other.#transcriptReported);
		return Math.max(other.#hookEnded, other.#transcriptEnded, reported) !== NEVER;
	}

	/** When it last said itself that it ended. */
	get lastEnd(): number {
		return this.#lastEnd;
	}

	/** An end that nothing but a report tells of. */
	endedUnseen(ends: number): void {
		this.#hookEnds = Math.max(this.#hookEnds, ends);
	}

	/** Whether no life is known to have begun after a moment, beyond what the position decides. */
	isLatest(origin: Origin, ts: number): boolean {
		return ts >= this.#transcriptBegan && (origin === "hook" || ts >= this.#hookBegan);
	}

	/** Whether a source has told of an end itself. */
	hasEnded(origin: Origin): boolean {
		return (origin === "hook" ? this.#hookEnded : this.#transcriptEnded) !== NEVER;
	}

	/** Whether a moment lies before an end that was told already, so that it proves no life. */
	isOver(origin: Origin, ts: number): boolean {
		if (ts <= Math.max(this.#transcriptEnded, this.#transcriptReported)) return true;
		return origin === "transcript" && ts <= Math.max(this.#hookEnded, this.#hookReported);
	}
}
