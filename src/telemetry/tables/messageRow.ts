import type { UsageEvent } from "../../model/events/events.ts";

/** Tokens and cost of one request to a model, as in messages. */
export interface MessageRow {
	readonly id: string;
	readonly session: string;
	/** null: the orchestrator */
	readonly agent: string | null;
	readonly model: string;
	/** ms since the epoch */
	readonly ts: number;
	readonly tokensIn: number;
	readonly tokensOut: number;
	readonly cacheRead: number;
	readonly cacheWrite5m: number;
	readonly cacheWrite1h: number;
	/** US dollars; null for a model without a known price. */
	readonly costUsd: number | null;
}

export function messageRow(session: string, event: UsageEvent): MessageRow {
	const { tokensIn, tokensOut, cacheRead, cacheWrite5m, cacheWrite1h, costUsd } = event;
	return {
		id: event.message,
		session,
		agent: event.agent || null,
		model: event.model,
		ts: Math.round(event.ts),
		tokensIn,
		tokensOut,
		cacheRead,
		cacheWrite5m,
		cacheWrite1h,
		costUsd,
	};
}

/**
 * The report of a message that counts. A session's own file beats that of one of its agents, where a
 * message is repeated; of one file's lines the one with the most output is the last. What is left to
 * decide, as between the files of a session and of its resumption, is decided by the values alone:
 * the same whichever comes first.
 */
export function betterReport(a: MessageRow, b: MessageRow): MessageRow {
	const [first, second] = [rank(a), rank(b)];
	for (const [index, value] of first.entries()) {
		const other = second[index];
		if (other !== undefined && value !== other) return value > other ? a : b;
	}
	return a;
}

/** Greater is better. Every column is in it, so that only equal rows rank alike. */
function rank(row: MessageRow): (number | string)[] {
	return [
		row.agent === null ? 1 : 0,
		row.tokensOut,
		row.tokensIn,
		row.cacheRead,
		row.cacheWrite5m,
		row.cacheWrite1h,
		-row.ts,
		row.costUsd ?? -1,
		row.session,
		row.agent ?? "",
		row.model,
	];
}
