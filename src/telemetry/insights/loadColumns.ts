import { setImmediate as nextTurn } from "node:timers/promises";
import {
	CALL_FAILED,
	CALL_INTERRUPTED,
	CALL_OPEN,
	CALL_SUCCEEDED,
	Codes,
	type FunctionColumns,
	type MeasuredCalls,
	type MessageColumns,
	NO_BUCKET,
	type UsageColumns,
} from "../../insights/columns.ts";
import { placeOfDuration } from "../../insights/dense.ts";
import { INTERRUPTED } from "../../model/calls/mergeCalls.ts";
import { NANO } from "../../model/usage/usageTotals.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { Actors } from "./actors.ts";

/** Rows read before other requests get a turn, about 15 ms of work. */
const SLICE = 20_000;

/**
 * Reads all messages since a time into columns, in slices between which others get their turn: from then on any
 * question costs one walk over numbers. What is recorded meanwhile is left out.
 *
 * @param projectOf what a session's folder belongs to
 * @param since ms since the epoch
 */
export async function loadUsage(
	store: TelemetryStore,
	projectOf: (cwd: string) => string,
	since: number,
): Promise<UsageColumns> {
	const actors = new Actors(store, projectOf);
	const messages = await readMessages(store, actors, since);
	return { ...actors.columns, messages };
}

/** The same of all calls. */
export async function loadCalls(
	store: TelemetryStore,
	projectOf: (cwd: string) => string,
	since: number,
): Promise<FunctionColumns> {
	const [functions, errors] = [new Codes(), new Codes()];
	const actors = new Actors(store, projectOf);
	const calls = await readCalls(store, actors, functions, errors, since);
	return { ...actors.columns, functions, errors, calls };
}

async function readMessages(
	store: TelemetryStore,
	actors: Actors,
	since: number,
): Promise<MessageColumns> {
	const count = Number(store.first("SELECT count(*) FROM messages")?.[0] ?? 0);
	const columns = {
		times: new Float64Array(count),
		actors: new Int32Array(count),
		models: new Int32Array(count),
		tokensIn: new Float64Array(count),
		tokensOut: new Float64Array(count),
		cacheRead: new Float64Array(count),
		cacheWrite: new Float64Array(count),
		nanoUsd: new Float64Array(count),
	};
	let length = 0;
	const take = (row: MessageRow): void => {
		if (length === count) return;
		const at = length++;
		const [session, agent, ts, model, tokensIn, tokensOut, cacheRead, cacheWrite, costUsd] = row;
		columns.times[at] = ts;
		columns.actors[at] =
			agent === null ? actors.ofOrchestrator(session) : actors.ofAgent(agent, () => session);
		columns.models[at] = actors.columns.models.of(model);
		columns.tokensIn[at] = tokensIn;
		columns.tokensOut[at] = tokensOut;
		columns.cacheRead[at] = cacheRead;
		columns.cacheWrite[at] = cacheWrite;
		columns.nanoUsd[at] = costUsd === null ? Number.NaN : Math.round(costUsd * NANO);
	};
	for (let after: string | null = ""; after !== null; await nextTurn()) {
		const last = store.first(LAST_OF_SLICE, [after]);
		read(store, MESSAGES, [after, last === null ? BEHIND_ALL : String(last[0]), since], take);
		after = last === null ? null : String(last[0]);
	}
	return { ...columns, length };
}

async function readCalls(
	store: TelemetryStore,
	actors: Actors,
	functions: Codes,
	errors: Codes,
	since: number,
): Promise<MeasuredCalls> {
	const [first = 0, last = -1] = (store.first(CALL_ROWS) ?? []).map((row) => Number(row ?? -1));
	const most = last - first + 1;
	const columns = {
		rows: new Float64Array(most),
		times: new Float64Array(most),
		actors: new Int32Array(most),
		functions: new Int32Array(most),
		ends: new Uint8Array(most),
		errors: new Int32Array(most),
		durationsMs: new Float64Array(most),
		buckets: new Int16Array(most),
	};
	const waitsOver = waitsOverOf(store, functions);
	let length = 0;
	const take = ([row, who, functionId, packed, durationMs, error]: CallRow): void => {
		const at = length++;
		const ts = Math.floor(packed / 16);
		const bits = packed - ts * 16;
		const code = functions.of(functionId);
		const isWait = (bits & 2) !== 0 && (durationMs ?? 0) > (waitsOver[code] ?? Infinity);
		const ms = durationMs === null || isWait ? Number.NaN : durationMs;
		columns.rows[at] = row;
		columns.times[at] = ts;
		columns.actors[at] =
			(bits & 1) === 1
				? actors.ofOrchestrator(who)
				: actors.ofAgent(who, () => String(store.first(SESSION_OF_CALL, [row])?.[0] ?? ""));
		columns.functions[at] = code;
		columns.ends[at] = endOf(bits >> 2, error);
		columns.errors[at] = error === null ? 0 : errors.of(error);
		columns.durationsMs[at] = ms;
		columns.buckets[at] = Number.isNaN(ms) ? NO_BUCKET : placeOfDuration(ms);
	};
	for (let row = first; row <= last; row += SLICE) {
		read(store, CALLS, [row, Math.min(row + SLICE - 1, last), since], take);
		await nextTurn();
	}
	return { ...columns, length };
}

function endOf(success: number, error: string | null): number {
	if (error !== null) return error === INTERRUPTED ? CALL_INTERRUPTED : CALL_FAILED;
	return success === 1 ? CALL_SUCCEEDED : CALL_OPEN;
}

/** By code of the function: above so many ms the time between two lines holds a wait. */
function waitsOverOf(store: TelemetryStore, functions: Codes): number[] {
	const rows = store.all<{ id: string; ms: number | null }>(
		"SELECT function_id AS id, wait_over_ms AS ms FROM function_totals",
	);
	const limits: number[] = [];
	for (const { id, ms } of rows) limits[functions.of(id)] = ms ?? Number.POSITIVE_INFINITY;
	return limits;
}

type MessageRow = [
	...[session: string, agent: string | null, ts: number, model: string],
	...[tokensIn: number, tokensOut: number, cacheRead: number, cacheWrite: number],
	costUsd: number | null,
];

const MESSAGES = `SELECT session_id, agent_id, ts, model, tokens_in, tokens_out,
	cache_read, cache_write_5m + cache_write_1h, cost_usd
	FROM messages WHERE message_id > ? AND message_id <= ? AND ts >= ?`;

/** Stands behind every key: SQLite has bytes behind all texts. */
const BEHIND_ALL = new Uint8Array();

/** The key of the last row of a slice; null where fewer are left. */
const LAST_OF_SLICE = `SELECT message_id FROM messages WHERE message_id > ?
	ORDER BY message_id LIMIT 1 OFFSET ${SLICE - 1}`;

type CallRow = [
	...[rowid: number, who: string, functionId: string, packed: number],
	...[durationMs: number | null, error: string | null],
];

const CALL_ROWS = "SELECT (SELECT min(rowid) FROM calls), (SELECT max(rowid) FROM calls)";

/**
 * Handing values over takes most of the time, texts more than numbers: whoever called is one text, and in
 * four bits below the time stand whether that is an orchestrator, whether the duration was measured
 * between two lines, and success, in two.
 */
const CALLS = `SELECT rowid, ifnull(agent_id, session_id), function_id,
	ts * 16 + ifnull(success, 2) * 4 + (duration_from IS 'transcript') * 2 + (agent_id IS NULL),
	duration_ms, CASE WHEN success = 0 THEN ifnull(error_class, 'unknown') END
	FROM calls WHERE rowid BETWEEN ? AND ? AND ts >= ?`;

const SESSION_OF_CALL = "SELECT session_id FROM calls WHERE rowid = ?";

function read<Row extends unknown[]>(
	store: TelemetryStore,
	sql: string,
	values: (string | number | Uint8Array)[],
	take: (row: Row) => void,
): void {
	const statement = store.database.prepare(sql, values);
	try {
		while (statement.step()) take(statement.get() as unknown[] as Row);
	} finally {
		statement.free();
	}
}
