import type { UsageFacts, UsageSums } from "../figures.ts";
import type { TelemetryStore } from "../storage/store.ts";

const DAY_MS = 86_400_000;
const TOP_SESSIONS = 10;

/** Sums over rows of usage_days, as in {@link UsageSums}. */
const TOTALS = `
	ifnull(sum(messages), 0) AS messages, ifnull(sum(tokens_in), 0) AS tokensIn,
	ifnull(sum(tokens_out), 0) AS tokensOut, ifnull(sum(cache_read), 0) AS cacheRead,
	ifnull(sum(cache_write_5m + cache_write_1h), 0) AS cacheWrite,
	CASE WHEN sum(messages) > sum(messages_without_price)
		THEN sum(cost_nano_usd) / 1e9 END AS costUsd,
	ifnull(sum(messages_without_price), 0) AS messagesWithoutPrice`;
const TOKENS = "sum(tokens_in + tokens_out + cache_read + cache_write_5m + cache_write_1h)";

/** All tokens and the cost by session, as a query. */
export const SESSION_USAGE = `SELECT session_id, ${TOKENS} AS tokens,
	CASE WHEN sum(messages) > sum(messages_without_price)
		THEN sum(cost_nano_usd) / 1e9 END AS costUsd,
	sum(messages_without_price) AS messagesWithoutPrice
	FROM usage_days GROUP BY session_id`;

/** Costs by session of what is priced by its client and by a list, as a query. */
export const PRICED_TWICE = `SELECT session_id, sum(cost_usd) AS ownUsd, sum(list_cost_usd) AS listUsd
	FROM messages WHERE list_cost_usd IS NOT NULL GROUP BY session_id`;

/** @param now ms since the epoch, at which the windows end */
export function usageFacts(store: TelemetryStore, now: number): UsageFacts {
	const today = Math.floor(now / DAY_MS);
	const models = store.all<UsageFacts["models"][number]>(
		`SELECT model, ${TOTALS} FROM usage_days GROUP BY model ORDER BY ${TOKENS} DESC, model`,
	);
	return {
		today: totalsOf(store, today, today),
		last7Days: totalsOf(store, today - 7, today),
		last30Days: totalsOf(store, today - 30, today),
		all: totalsOf(store, 0, Number.MAX_SAFE_INTEGER),
		models,
		clients: store.all(
			`SELECT u.*, p.ownUsd, p.listUsd FROM (
				SELECT s.client, ${TOTALS}, ${TOKENS} AS tokens
					FROM usage_days JOIN sessions AS s USING (session_id) GROUP BY s.client
			) AS u LEFT JOIN (
				SELECT client, sum(ownUsd) AS ownUsd, sum(listUsd) AS listUsd
					FROM (${PRICED_TWICE}) JOIN sessions USING (session_id) GROUP BY client
			) AS p USING (client) ORDER BY tokens DESC, client`,
		),
		topSessions: store.all(
			`SELECT u.session_id AS sessionId, s.cwd, ${TOTALS}
				FROM usage_days AS u LEFT JOIN sessions AS s USING (session_id)
				GROUP BY u.session_id ORDER BY costUsd DESC, ${TOKENS} DESC, 1 LIMIT ?`,
			[TOP_SESSIONS],
		),
		modelsWithoutPrice: models
			.filter(({ messagesWithoutPrice }) => messagesWithoutPrice > 0)
			.map(({ model }) => model)
			.sort(),
	};
}

/** @param first days since the epoch, as is `last` */
function totalsOf(store: TelemetryStore, first: number, last: number): UsageSums {
	const [totals] = store.all<UsageSums>(
		`SELECT ${TOTALS} FROM usage_days WHERE day BETWEEN ? AND ?`,
		[first, last],
	);
	if (totals === undefined) throw new Error("a sum has one row");
	return totals;
}
