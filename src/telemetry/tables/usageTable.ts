import { betterReport, MESSAGES, type MessageRow } from "./messageRow.ts";
import type { Statements } from "./statements.ts";

const DAY_MS = 86_400_000;
const NANO = 1e9;

/** Changes of the sums of one row of usage_days, in the order of its columns from `messages` on. */
type Sums = [number, number, number, number, number, number, number, number];

/** Messages, each counted once over all files and sessions, and the sums over their days. */
export class UsageTable {
	readonly #statements: Statements;
	readonly #pending = new Map<string, MessageRow>();

	constructor(statements: Statements) {
		this.#statements = statements;
	}

	note(row: MessageRow): void {
		const pending = this.#pending.get(row.id);
		this.#pending.set(row.id, pending === undefined ? row : betterReport(pending, row));
	}

	/**
	 * Writes what is pending, and adds it to the days and to the agents.
	 *
	 * @param writtenAgents agents whose rows have just been written without their sums
	 */
	flush(writtenAgents: readonly string[]): void {
		const days = new Map<string, { key: (string | number)[]; sums: Sums }>();
		const agents = new Set(writtenAgents);
		const count = (row: MessageRow, sign: 1 | -1): void => {
			const key = [Math.floor(row.ts / DAY_MS), row.session, row.agent ?? "", row.model];
			const name = JSON.stringify(key);
			let day = days.get(name);
			if (day === undefined) {
				day = { key, sums: [0, 0, 0, 0, 0, 0, 0, 0] };
				days.set(name, day);
			}
			for (const [index, value] of sumsOf(row).entries()) {
				day.sums[index] = (day.sums[index] ?? 0) + sign * value;
			}
			if (row.agent !== null) agents.add(row.agent);
		};
		for (const row of this.#pending.values()) {
			const before = MESSAGES.find(this.#statements, row.id);
			const after = before === null ? row : betterReport(before, row);
			if (after === before) continue;
			MESSAGES.put(this.#statements, after);
			if (before !== null) count(before, -1);
			count(after, 1);
		}
		this.#pending.clear();
		let isAnyLess = false;
		for (const { key, sums } of days.values()) {
			this.#statements.run(ADD, [...key, ...sums]);
			isAnyLess ||= sums[0] < 0;
		}
		if (isAnyLess) this.#statements.run(DROP_EMPTY, []);
		for (const agent of agents) this.#statements.run(SUM_UP, [agent]);
	}

	discard(): void {
		this.#pending.clear();
	}
}

function sumsOf(row: MessageRow): Sums {
	return [
		1,
		row.tokensIn,
		row.tokensOut,
		row.cacheRead,
		row.cacheWrite5m,
		row.cacheWrite1h,
		row.costUsd === null ? 1 : 0,
		Math.round((row.costUsd ?? 0) * NANO),
	];
}

const ADD = `INSERT INTO usage_days (day, session_id, agent_id, model, messages, tokens_in,
		tokens_out, cache_read, cache_write_5m, cache_write_1h, messages_without_price, cost_nano_usd)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (day, session_id, agent_id, model) DO UPDATE SET
		messages = messages + excluded.messages, tokens_in = tokens_in + excluded.tokens_in,
		tokens_out = tokens_out + excluded.tokens_out, cache_read = cache_read + excluded.cache_read,
		cache_write_5m = cache_write_5m + excluded.cache_write_5m,
		cache_write_1h = cache_write_1h + excluded.cache_write_1h,
		messages_without_price = messages_without_price + excluded.messages_without_price,
		cost_nano_usd = cost_nano_usd + excluded.cost_nano_usd`;
const DROP_EMPTY = "DELETE FROM usage_days WHERE messages = 0";
/** Costs that are known are summed up; where none is, what the client said stands. */
const SUM_UP = `UPDATE agents SET (tokens_in, tokens_out, cache_read, cache_write, cost_usd) = (
		SELECT sum(tokens_in), sum(tokens_out), sum(cache_read), sum(cache_write_5m + cache_write_1h),
			ifnull(CASE WHEN sum(messages) > sum(messages_without_price)
				THEN sum(cost_nano_usd) / 1e9 END, reported_cost_usd)
		FROM usage_days WHERE usage_days.agent_id = ?1
	) WHERE agent_id = ?1`;
