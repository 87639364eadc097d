/** Longest id kept, in UTF-16 code units; the event contract bounds every id at this. */
export const MAX_ID_LENGTH = 256;

/** Longest free text kept (descriptions, previews, paths), in UTF-16 code units. */
export const MAX_TEXT_LENGTH = 1024;

/** Most ids that one field may list. */
export const MAX_LISTED = 64;

/** Longest line read from an event log, in bytes without its newline; longer ones are skipped. */
export const MAX_LINE_BYTES = 1024 * 1024;

/**
 * What numbers from outside may be; one beyond that means nothing. A count, a duration in ms, a price in
 * US dollars of one message, and the earliest time in ms since the epoch.
 */
export const MAX_COUNT = 2 ** 31;
export const MAX_DURATION_MS = 90 * 86_400_000;
export const MAX_COST_USD = 10_000;
export const MIN_TIME = Date.UTC(2015);
/** How far ahead of this clock another one may be, ms. */
export const MAX_AHEAD_MS = 86_400_000;

/** Hooks that run at the same time overtake each other, and lag behind transcripts, by less, ms. */
export const OVERTAKING_MS = 2000;

/** Calls kept per agent for the inspector, newest last. */
export const RECENT_CALLS = 20;

/** Tools that a node is told with: those that it calls most. */
export const TOOLS_TOLD = 4;

/**
 * Finished agents kept in a snapshot, so that a page opened late still shows what just ended. Those
 * that ended before them keep their totals, not their single calls.
 */
export const FINISHED_AGENTS_SHOWN = 200;

/** Pulses carried by one patch; a burst beyond it changes counters but draws no more light. */
export const MAX_PULSES_PER_PATCH = 200;
