import { SumTable } from "../rollups/sumTable.ts";
import { betterReport, MESSAGES, type MessageRow } from "./messageRow.ts";
import type { Statements } from "./statements.ts";

const DAY_MS = 86_400_000;
const NANO = 1e9;

/** Messages, each counted once over all files and sessions, and the sums over their days. */
export class UsageTable {
	readonly #statements: Statements;
	readonly #pending = new Map<string, MessageRow>();
	readonly #days: SumTable;
	/** Sessions with messages that stand in for those of a transcript; null before it is asked for. */
	#standingIn: Set<string> | null = null;
	/** Whether a transcript tells of a session's messages, as far as that was asked for. */
	readonly #isTold = new Map<string, boolean>();

	constructor(statements: Statements) {
		this.#statements = statements;
		this.#days = new SumTable(statements, "usage_days", KEY, SUMS);
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
		const agents = new Set(writtenAgents);
		const count = (row: MessageRow, sign: 1 | -1): void => {
			const day = Math.floor(row.ts / DAY_MS);
			this.#days.add([day, row.session, row.agent ?? "", row.model], sumsOf(row), sign);
			if (row.agent !== null) agents.add(row.agent);
		};
		for (const row of this.#pending.values()) {
			if (row.toldBy === "otlp" && !this.#mayStandIn(row.session)) continue;
			if (row.toldBy === null) this.#displace(row.session, count);
			if (MESSAGES.add(this.#statements, row)) {
				count(row, 1);
				continue;
			}
			const before = MESSAGES.find(this.#statements, row.id);
			if (before === null || betterReport(before, row) === before) continue;
			MESSAGES.put(this.#statements, row);
			count(before, -1);
			count(row, 1);
		}
		this.#pending.clear();
		this.#days.flush();
		for (const agent of agents) this.#statements.run(SUM_UP, [agent]);
	}

	discard(): void {
		this.#pending.clear();
		this.#days.discard();
		this.#standingIn = null;
		this.#isTold.clear();
	}

	/** What was received of a session counts as long as no transcript tells of it: both know the same. */
	#mayStandIn(session: string): boolean {
		let isTold = this.#isTold.get(session);
		if (isTold === undefined) {
			isTold = this.#statements.first(TOLD, [session]).length > 0;
			this.#isTold.set(session, isTold);
		}
		if (!isTold) this.#standIns().add(session);
		return !isTold;
	}

	/** A transcript tells of the session: takes out what stood in for it. */
	#displace(session: string, count: (row: MessageRow, sign: -1) => void): void {
		if (!this.#standIns().delete(session)) {
			if (this.#isTold.has(session)) this.#isTold.set(session, true);
			return;
		}
		this.#isTold.set(session, true);
		for (const values of this.#statements.rows(STAND_INS, [session])) {
			const row = MESSAGES.read(values);
			this.#statements.run("DELETE FROM messages WHERE message_id = ?", [row.id]);
			count(row, -1);
		}
	}

	#standIns(): Set<string> {
		this.#standingIn ??= new Set(
			this.#statements.rows(STANDING_IN).map(([session]) => String(session)),
		);
		return this.#standingIn;
	}
}

/** In the order of {@link SUMS}. */
function sumsOf(row: MessageRow): number[] {
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

const STANDING_IN = "SELECT DISTINCT session_id FROM messages WHERE told_by = 'otlp'";
const STAND_INS = `SELECT ${MESSAGES.list} FROM messages WHERE session_id = ? AND told_by = 'otlp'`;
const TOLD = "SELECT 1 FROM messages WHERE session_id = ? AND told_by IS NULL LIMIT 1";
const KEY = ["day", "session_id", "agent_id", "model"];
const SUMS = [
	"messages",
	"tokens_in",
	"tokens_out",
	"cache_read",
	"cache_write_5m",
	"cache_write_1h",
	"messages_without_price",
	"cost_nano_usd",
];
/** Costs that are known are summed up; where none is, what the client said stands. */
const SUM_UP = `UPDATE agents SET (tokens_in, tokens_out, cache_read, cache_write, cost_usd) = (
		SELECT sum(tokens_in), sum(tokens_out), sum(cache_read), sum(cache_write_5m + cache_write_1h),
			ifnull(CASE WHEN sum(messages) > sum(messages_without_price)
				THEN sum(cost_nano_usd) / 1e9 END, reported_cost_usd)
		FROM usage_days WHERE usage_days.agent_id = ?1
	) WHERE agent_id = ?1`;
