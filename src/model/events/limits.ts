/** Longest id kept, in UTF-16 code units; the event contract bounds every id at this. */
export const MAX_ID_LENGTH = 256;

/** Longest free text kept (descriptions, previews, paths), in UTF-16 code units. */
export const MAX_TEXT_LENGTH = 1024;

/** Longest line read from an event log, in bytes without its newline; longer ones are skipped. */
export const MAX_LINE_BYTES = 1024 * 1024;

/** Calls kept per agent for the inspector, newest last. */
export const RECENT_CALLS = 20;

/**
 * Finished agents kept in a snapshot, so that a page opened late still shows what just ended. Those
 * that ended before them keep their totals, not their single calls.
 */
export const FINISHED_AGENTS_SHOWN = 200;

/** Pulses carried by one patch; a burst beyond it changes counters but draws no more light. */
export const MAX_PULSES_PER_PATCH = 200;
