import type { AgentEvent } from "../../model/events/events.ts";
import type { LineProblem } from "../../model/events/lineProblem.ts";
import { type MetaStore, readMeta, writeMeta } from "./meta.ts";

/** A line that the tables did not take. */
export interface LineSetAside {
	/** What it told of. */
	readonly event: string;
	readonly id: string;
	readonly session: string;
	/** ms since the epoch */
	readonly ts: number;
	/** What the database said. */
	readonly reason: string;
}

/** So many lines that were set aside are named, the latest. */
const NAMED = 10;

/** Lines that could not be used, or not as they were, by kind. */
export function badLinesOf(store: MetaStore): Record<string, number> {
	return JSON.parse(readMeta(store, "bad_lines") ?? "{}") as Record<string, number>;
}

/** Counts lines that could not be used, or not as they were. Must run inside a transaction. */
export function addBadLines(
	store: MetaStore,
	kinds: readonly (LineProblem | "not_written")[],
): void {
	if (kinds.length === 0) return;
	const counts = new Map(Object.entries(badLinesOf(store)));
	for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
	writeMeta(store, "bad_lines", JSON.stringify(Object.fromEntries(counts)));
}

/** What was repaired on lines that are kept. */
export function notesOf(events: readonly AgentEvent[]): LineProblem[] {
	return events.flatMap(({ note }) => note ?? []);
}

/** The latest lines that the tables did not take, the newest last. */
export function linesSetAside(store: MetaStore): LineSetAside[] {
	return JSON.parse(readMeta(store, "set_aside") ?? "[]") as LineSetAside[];
}

/** Counts and names a line that the tables do not take. Must run inside a transaction. */
export function setAside(store: MetaStore, event: AgentEvent, error: unknown): void {
	const line: LineSetAside = {
		event: event.event,
		id: "id" in event ? event.id : "",
		session: event.session,
		ts: event.ts,
		reason: error instanceof Error ? error.message : String(error),
	};
	addBadLines(store, ["not_written"]);
	writeMeta(store, "set_aside", JSON.stringify([...linesSetAside(store), line].slice(-NAMED)));
}
