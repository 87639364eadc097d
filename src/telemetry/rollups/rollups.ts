import { endOfBucket, LogHistogram } from "../../model/calls/logHistogram.ts";
import { isFailure } from "../../model/calls/mergeCalls.ts";
import { type CallRow, FAILED } from "../tables/callRow.ts";
import { column, type RowOf, RowTable } from "../tables/rowTable.ts";
import type { Statements } from "../tables/statements.ts";
import { BetweenLines, isBetweenLines, waitsAbove } from "./callWaits.ts";
import { SumTable } from "./sumTable.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ONE = [1];

/** Sums of functions. */
const FUNCTIONS = new RowTable("function_totals", 1, {
	id: column<string>("function_id"),
	calls: column<number>("calls"),
	lastUsedAt: column<number | null>("last_used_at"),
	errors: column<number>("errors"),
	lastErrorAt: column<number | null>("last_error_at"),
	timedCalls: column<number>("timed_calls"),
	/** Whole microseconds: a sum of integers is the same in any order. */
	durationSumUs: column<number>("duration_sum_us"),
	histogram: {
		name: "histogram",
		merge: (histogram: LogHistogram) => histogram,
		codec: { read: (text) => LogHistogram.parse(String(text ?? "[]")), write: String },
	},
	/** Those that may hold the wait for a person. */
	between: {
		name: "between_lines",
		merge: (between: BetweenLines) => between,
		codec: { read: (text) => new BetweenLines(String(text ?? "[]")), write: String },
	},
	waitOverMs: column<number | null>("wait_over_ms"),
	waits: column<number>("waits"),
	waitSumUs: column<number>("wait_sum_us"),
	p50: column<number | null>("p50_ms"),
	p95: column<number | null>("p95_ms"),
	p99: column<number | null>("p99_ms"),
});
type FunctionRow = RowOf<typeof FUNCTIONS>;

type FunctionTotals = { -readonly [Name in keyof FunctionRow]: FunctionRow[Name] } & {
	/** Latest times that were taken out again: only the rows, and those pruned, tell the ones before. */
	leftUsedAt?: number | undefined;
	leftErrorAt?: number | undefined;
};

/**
 * The sums over calls. Those of a function are read when something of it is written for the first time,
 * kept in memory for as long as the database is open, changed with every row, and written with
 * {@link flush} in the transaction of those rows.
 */
export class Rollups {
	readonly #statements: Statements;
	readonly #now: () => number;
	readonly #functions = new Map<string, FunctionTotals>();
	readonly #dirtyFunctions = new Set<string>();
	readonly #dirtySessions = new Set<string>();
	readonly #sessions: SumTable;
	readonly #days: SumTable;
	readonly #hours: SumTable;

	/** @param now ms since the epoch */
	constructor(statements: Statements, now: () => number) {
		this.#statements = statements;
		this.#now = now;
		const sums = ["calls", "mcp_calls", "finished", "errors"];
		this.#sessions = new SumTable(statements, "session_totals", ["session_id"], sums);
		this.#days = new SumTable(statements, "function_days", ["function_id", "day"], ["calls"]);
		this.#hours = new SumTable(statements, "function_hours", ["function_id", "hour"], ["calls"]);
		this.#findUnfinished();
	}

	/** A row replaces another (null: there was none, or there is none any more). */
	callChanged(before: CallRow | null, after: CallRow | null): void {
		if (before !== null) this.#count(before, -1);
		if (after !== null) this.#count(after, 1);
		if (before !== null) this.#findStale(before, after);
	}

	/**
	 * Writes what changed. Must run in the transaction that wrote the rows.
	 *
	 * @returns the functions and the sessions whose sums changed
	 */
	flush(): { functions: string[]; sessions: string[] } {
		const changed = { functions: [...this.#dirtyFunctions], sessions: [...this.#dirtySessions] };
		for (const id of this.#dirtyFunctions) this.#writeFunction(id);
		for (const sums of [this.#days, this.#hours, this.#sessions]) sums.flush();
		this.#dirtyFunctions.clear();
		this.#dirtySessions.clear();
		return changed;
	}

	/** Forgets what was not written, after the transaction failed. */
	discard(): void {
		for (const sums of [this.#days, this.#hours, this.#sessions]) sums.discard();
		this.#dirtyFunctions.clear();
		this.#dirtySessions.clear();
		this.#functions.clear();
		this.#findUnfinished();
	}

	#count(row: CallRow, sign: 1 | -1): void {
		const totals = this.#totals(row.functionId);
		const isError = isFailure(row);
		totals.calls += sign;
		if (isError) totals.errors += sign;
		if (row.durationMs !== null) {
			totals.timedCalls += sign;
			totals.durationSumUs += sign * Math.round(row.durationMs * 1000);
			totals.histogram.add(row.durationMs, sign);
			if (isBetweenLines(row)) totals.between.add(row.durationMs, sign);
		}
		if (sign > 0) {
			totals.lastUsedAt = Math.max(totals.lastUsedAt ?? row.ts, row.ts);
			if (isError) totals.lastErrorAt = Math.max(totals.lastErrorAt ?? row.ts, row.ts);
		}
		this.#dirtyFunctions.add(row.functionId);
		this.#days.add([row.functionId, Math.floor(row.ts / DAY_MS)], ONE, sign);
		// Hours are only ever asked for about the last day.
		if (row.ts > Math.floor(this.#now() / HOUR_MS) * HOUR_MS - 2 * DAY_MS) {
			this.#hours.add([row.functionId, Math.floor(row.ts / HOUR_MS)], ONE, sign);
		}
		const isMcp = row.functionId.startsWith("mcp:");
		const isEnded = isError || row.success === 1;
		const sums = [1, Number(isMcp), Number(isEnded), Number(isError)];
		this.#sessions.add([row.session], sums, sign);
		this.#dirtySessions.add(row.session);
	}

	/** A latest time that the row no longer stands for has to be looked up again, if no later one comes. */
	#findStale(before: CallRow, after: CallRow | null): void {
		const totals = this.#totals(before.functionId);
		const isSame = after?.functionId === before.functionId && after.ts >= before.ts;
		const wasLastError = isFailure(before) && before.ts === totals.lastErrorAt;
		if (!isSame && before.ts === totals.lastUsedAt) totals.leftUsedAt = before.ts;
		if (!(isSame && after !== null && isFailure(after)) && wasLastError)
			totals.leftErrorAt = before.ts;
	}

	#totals(id: string): FunctionTotals {
		let totals = this.#functions.get(id);
		if (totals === undefined) {
			const [values] = this.#statements.rows(FIND, [id]);
			totals = values === undefined ? noTotals(id) : FUNCTIONS.read(values);
			this.#functions.set(id, totals);
		}
		return totals;
	}

	#writeFunction(id: string): void {
		const totals = this.#totals(id);
		const { lastUsedAt, lastErrorAt, leftUsedAt, leftErrorAt } = totals;
		if (lastUsedAt === leftUsedAt || lastErrorAt === leftErrorAt) this.#findLatest(id, totals);
		const { histogram, between } = totals;
		const limit = waitsAbove(id, histogram, between);
		const { counts, calls: waits, sumUs: waitSumUs } = between.above(limit);
		const [p50 = null, p95 = null, p99 = null] = histogram
			.without(counts)
			.quantiles([0.5, 0.95, 0.99]);
		const waitOverMs = endOfBucket(limit);
		FUNCTIONS.put(this.#statements, { ...totals, waitOverMs, waits, waitSumUs, p50, p95, p99 });
		if (totals.calls === 0) this.#dropUnused(id);
	}

	/** A function whose calls all turned out to be another's leaves nothing behind. */
	#dropUnused(id: string): void {
		this.#functions.delete(id);
		this.#statements.run(DROP_UNUSED, [id]);
	}

	#findLatest(id: string, totals: FunctionTotals): void {
		const [used, error] = this.#statements.first(LATEST, [id]);
		totals.lastUsedAt = used as number | null;
		totals.lastErrorAt = error as number | null;
		totals.leftUsedAt = undefined;
		totals.leftErrorAt = undefined;
	}

	/** As a migration left them. */
	#findUnfinished(): void {
		for (const [id] of this.#statements.rows(UNFINISHED)) this.#dirtyFunctions.add(String(id));
	}
}

function noTotals(id: string): FunctionTotals {
	const none = { calls: 0, errors: 0, timedCalls: 0, durationSumUs: 0 };
	return FUNCTIONS.row({
		id,
		...none,
		histogram: new LogHistogram(),
		between: new BetweenLines(),
	});
}

const FIND = `SELECT ${FUNCTIONS.list} FROM function_totals WHERE function_id = ? AND calls > 0`;
const UNFINISHED =
	"SELECT function_id FROM function_totals WHERE calls > 0 AND wait_over_ms IS NULL";
const LATEST = `SELECT MAX(used_at), MAX(error_at) FROM (
		SELECT ts AS used_at, CASE WHEN ${FAILED} THEN ts END AS error_at
		FROM calls WHERE function_id = ?1
		UNION ALL
		SELECT pruned_used_at, pruned_error_at FROM function_totals WHERE function_id = ?1
	)`;
const DROP_UNUSED = `DELETE FROM function_totals WHERE function_id = ? AND writes = 0 AND tests = 0
	AND e2e = 0 AND violations = 0 AND versions = 0`;
