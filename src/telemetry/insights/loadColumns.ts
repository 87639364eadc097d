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
import { waitLimits } from "../queries/waitLimits.ts";
import { type Cells, eachRow, TextCodes, textOf } from "../storage/cells.ts";
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
	const who = actorCodes(actors);
	const models = new TextCodes((model) => actors.columns.models.of(model));
	let read = 0;
	let last = "";
	const take = (row: Cells): void => {
		if (++read % SLICE === 0) last = textOf(row, 9);
		const ts = row.number(TIME);
		if (ts < since || length === count) return;
		const at = length++;
		columns.times[at] = ts;
		columns.actors[at] = who(row);
		columns.models[at] = models.of(row, 3);
		columns.tokensIn[at] = row.number(4);
		columns.tokensOut[at] = row.number(5);
		columns.cacheRead[at] = row.number(6);
		columns.cacheWrite[at] = row.number(7);
		const costUsd = row.number(8);
		columns.nanoUsd[at] = costUsd === NOT_KNOWN ? Number.NaN : Math.round(costUsd * NANO);
	};
	for (let before = -1; read > before && read % SLICE === 0; await nextTurn()) {
		before = read;
		readRows(store, MESSAGES, [last], take);
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
	const limits = waitLimits(store);
	const waitsOver: number[] = [];
	let length = 0;
	const who = actorCodes(actors);
	const functionCodes = new TextCodes((id) => {
		const code = functions.of(id);
		waitsOver[code] = limits.get(id) ?? Number.POSITIVE_INFINITY;
		return code;
	});
	const errorCodes = new TextCodes((error) => errors.of(error));
	const interrupted = errors.of(INTERRUPTED);
	const take = (row: Cells): void => {
		const at = length++;
		const code = functionCodes.of(row, 3);
		const success = row.number(4);
		const durationMs = row.number(5);
		const isWait = durationMs > (waitsOver[code] ?? Infinity) && row.number(6) === 1;
		const isKnown = durationMs !== NOT_KNOWN && !isWait;
		columns.actors[at] = who(row);
		columns.times[at] = row.number(TIME);
		columns.functions[at] = code;
		columns.rows[at] = row.number(7);
		columns.durationsMs[at] = isKnown ? durationMs : Number.NaN;
		columns.buckets[at] = isKnown ? placeOfDuration(durationMs) : NO_BUCKET;
		if (success !== 0) {
			columns.ends[at] = success === 1 ? CALL_SUCCEEDED : CALL_OPEN;
			return;
		}
		const error = errorCodes.of(row, 8);
		columns.ends[at] = error === interrupted ? CALL_INTERRUPTED : CALL_FAILED;
		columns.errors[at] = error;
	};
	for (let row = first; row <= last; row += SLICE) {
		readRows(store, CALLS, [row, Math.min(row + SLICE - 1, last), since], take);
		await nextTurn();
	}
	return { ...columns, length };
}

/** Who a row is of: its agent, or the orchestrator of its session. */
function actorCodes(actors: Actors): (row: Cells) => number {
	const agents = new TextCodes((agent, row) => actors.ofAgent(agent, () => textOf(row, SESSION)));
	const orchestrators = new TextCodes((session) => actors.ofOrchestrator(session));
	return (row) => {
		const isAgent = row.text(AGENT) !== 0;
		return isAgent ? agents.of(row, AGENT) : orchestrators.of(row, SESSION);
	};
}

/** Columns that messages and calls have in common. */
const [AGENT, SESSION, TIME] = [0, 1, 2];
/** Of what is never below 0. */
const NOT_KNOWN = -1;

const MESSAGES = `SELECT agent_id, session_id, ts, model, tokens_in, tokens_out,
	cache_read, cache_write_5m + cache_write_1h, ifnull(cost_usd, ${NOT_KNOWN}), message_id
	FROM messages WHERE message_id > ? ORDER BY message_id LIMIT ${SLICE}`;

const CALL_ROWS = "SELECT (SELECT min(rowid) FROM calls), (SELECT max(rowid) FROM calls)";

const CALLS = `SELECT agent_id, session_id, ts, function_id, ifnull(success, 2),
	ifnull(duration_ms, ${NOT_KNOWN}), duration_from IS 'transcript', rowid, ifnull(error_class, 'unknown')
	FROM calls WHERE rowid BETWEEN ? AND ? AND ts >= ?`;

function readRows(
	store: TelemetryStore,
	sql: string,
	values: (string | number)[],
	take: (row: Cells) => void,
): void {
	const statement = store.database.prepare(sql, values);
	try {
		eachRow(statement, take);
	} finally {
		statement.free();
	}
}
