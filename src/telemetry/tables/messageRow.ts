import type { UsageEvent } from "../../model/events/events.ts";
import { outranks } from "../../model/usage/outranks.ts";
import { column, type RowOf, RowTable } from "./rowTable.ts";

/** Time and model of an answer: of two of these the greater is the later. @param at ms since the epoch */
export function answeredAt(at: number, model: string): string | null {
	return model === "" ? null : `${String(at).padStart(AT_DIGITS, "0")} ${model}`;
}

export function modelIn(answered: string | null): string | null {
	return answered === null ? null : answered.slice(AT_DIGITS + 1);
}

const AT_DIGITS = 15;

/** Tokens and cost of one request to a model. */
export const MESSAGES = new RowTable("messages", 1, {
	id: column<string>("message_id"),
	session: column<string>("session_id"),
	/** null: the orchestrator */
	agent: column<string | null>("agent_id"),
	model: column<string>("model"),
	/** ms since the epoch */
	ts: column<number>("ts"),
	tokensIn: column<number>("tokens_in"),
	tokensOut: column<number>("tokens_out"),
	cacheRead: column<number>("cache_read"),
	cacheWrite5m: column<number>("cache_write_5m"),
	cacheWrite1h: column<number>("cache_write_1h"),
	/** US dollars; null for a model without a known price. */
	costUsd: column<number | null>("cost_usd"),
	/** What the price list says where the cost is the client's own; null elsewhere. */
	listCostUsd: column<number | null>("list_cost_usd"),
	isSidechain: column<0 | 1>("is_sidechain"),
	/** null: its client's transcript. */
	toldBy: column<"otlp" | "program" | null>("told_by"),
});
export type MessageRow = RowOf<typeof MESSAGES>;

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
		listCostUsd: event.listCostUsd ?? null,
		isSidechain: event.agent === "" ? 0 : 1,
		toldBy: event.origin === "transcript" ? null : (event.via ?? "program"),
	};
}

/**
 * The report of a message that counts. A session's own file beats that of one of its agents, where a
 * message is repeated; of one file's lines the one with the most output is the last. What is left to
 * decide, as between the files of a session and of its resumption, is decided by the values alone:
 * the same whichever comes first.
 */
export function betterReport(a: MessageRow, b: MessageRow): MessageRow {
	return outranks(rank(b), rank(a)) ? b : a;
}

/** Greater is better. Every column is in it, so that only equal rows rank alike. */
function rank(row: MessageRow): (number | string)[] {
	return [
		-row.isSidechain,
		row.tokensOut,
		row.tokensIn,
		row.cacheRead,
		row.cacheWrite5m,
		row.cacheWrite1h,
		-row.ts,
		row.costUsd ?? -1,
		row.listCostUsd ?? -1,
		row.session,
		row.agent ?? "",
		row.model,
		row.toldBy ?? "",
	];
}
