/** Longest text that is ever measured or put into a cell, in UTF-16 code units. */
const MAX_SHOWN = 240;

/**
 * One line of bounded length, so that a hostile or broken log can not stall the page: layout and
 * text measuring cost grows with length. Control characters and bidirectional overrides, which
 * could make text run into its neighbours, become spaces.
 */
export function clip(text: string, limit: number = MAX_SHOWN): string {
	const head = text.length > limit ? `${text.slice(0, limit - 1).trimEnd()}…` : text;
	return head.replace(UNSAFE, " ");
}

// Controls (C0, C1), line and paragraph separators, embeddings, overrides and isolates.
const UNSAFE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Letters of scripts that run from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;

/** A clipped text that takes nothing along that stands beside it in the same line. */
export function isolated(text: string): string {
	return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}
