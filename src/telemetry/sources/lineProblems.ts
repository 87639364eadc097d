import type { LineProblem } from "../../model/events/lineProblem.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { SOURCES } from "./passCursors.ts";

/** What was not understood of one transcript. */
export interface FileProblems {
	/** Absolute. */
	readonly path: string;
	readonly kind: string;
	readonly lines: number;
}

/** Lines of one source that were not understood, since the last time or since its beginning. */
export class SourceProblems {
	readonly #source: string;
	#isFromBeginning = false;
	#kinds: LineProblem[] = [];

	constructor(source: string) {
		this.#source = source;
	}

	/** @param isFromBeginning whatever was counted before is read again */
	add(kinds: readonly LineProblem[], isFromBeginning: boolean): void {
		if (isFromBeginning) this.#kinds = [];
		this.#isFromBeginning ||= isFromBeginning;
		this.#kinds.push(...kinds);
	}

	/** Whether there is nothing to write. */
	get isEmpty(): boolean {
		return !this.#isFromBeginning && this.#kinds.length === 0;
	}

	/** Must run inside a transaction. */
	write({ database }: TelemetryStore): void {
		if (this.#isFromBeginning) {
			database.run("DELETE FROM line_problems WHERE source = ?", [this.#source]);
		}
		for (const kind of this.#kinds) database.run(COUNT, [this.#source, kind]);
	}
}

/** Of every transcript, most lines first. */
export function fileProblems(store: TelemetryStore): FileProblems[] {
	return store.all(
		`SELECT substr(source, ${SOURCES.events.length + 1}) AS path, kind, lines
			FROM line_problems ORDER BY lines DESC, path, kind`,
	);
}

const COUNT = `INSERT INTO line_problems (source, kind, lines) VALUES (?, ?, 1)
	ON CONFLICT (source, kind) DO UPDATE SET lines = lines + 1`;
