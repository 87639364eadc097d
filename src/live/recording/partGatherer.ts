import type { AgentEvent } from "../../model/events/events.ts";

/** Some of what was told of a session. */
export interface RecordedPart {
	/** In any order. */
	readonly events: readonly AgentEvent[];
	/** Whether this begins anew: what was handed over before is no part of it. */
	readonly isFirst: boolean;
	/** Whether all that was told by now has been handed over. */
	readonly isWhole: boolean;
}

type Source = "log" | "transcripts";

/** As much in this time, ms, and no more: a page has to keep up. */
const EVENTS_PER_PART = 2000;
const PART_EVERY_MS = 20;

/** Gathers events of several sources into parts that are worth a message each. */
export class PartGatherer {
	readonly #tell: (part: RecordedPart) => void;
	readonly #unread: Set<Source>;
	#isDisposed = false;
	#events: AgentEvent[] = [];
	#isFirst = true;
	#cwd = "";
	#timer: NodeJS.Timeout | undefined;

	constructor(tell: (part: RecordedPart) => void, sources: readonly Source[]) {
		this.#tell = tell;
		this.#unread = new Set(sources);
	}

	add(events: readonly AgentEvent[]): void {
		for (const event of events) {
			if (event.event !== "hook_error") this.#events.push(this.#slim(event));
		}
		if (events.length > 0) this.#schedule();
	}

	/** A source was read to its end. */
	noteRead(source: Source): void {
		if (this.#unread.delete(source) && this.#unread.size === 0) this.#schedule();
	}

	dispose(): void {
		this.#isDisposed = true;
		clearTimeout(this.#timer);
	}

	#schedule(): void {
		if (!this.#isDisposed) this.#timer ??= setTimeout(() => this.#flush(), PART_EVERY_MS);
	}

	#flush(): void {
		this.#timer = undefined;
		const events = this.#events.splice(0, EVENTS_PER_PART);
		const isRest = this.#events.length === 0;
		if (!isRest) this.#schedule();
		const isWhole = isRest && this.#unread.size === 0;
		const isFirst = this.#isFirst;
		this.#isFirst = false;
		this.#tell({ events, isFirst, isWhole });
	}

	/** Without what no picture is made of: a folder is told once, and words of answers never. */
	#slim(event: AgentEvent): AgentEvent {
		const cwd = event.cwd === this.#cwd ? "" : event.cwd;
		this.#cwd = event.cwd || this.#cwd;
		if (event.event === "numeric_claim") return { ...event, cwd, value: "", pointer: "" };
		return { ...event, cwd };
	}
}
