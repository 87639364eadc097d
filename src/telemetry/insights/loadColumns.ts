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
 * Reads all messages into columns, in slices between which others get their turn: from then on any
 * question costs one walk over numbers. What is recorded meanwhile is left out.
 *
 * @param projectOf what a session's folder belongs to
 */
export async function loadUsage(
	store: TelemetryStore,
	projectOf: (cwd: string) => string,
): Promise<UsageColumns> {
	const actors = new Actors(store, projectOf);
	const messages = await readMessages(store, actors);
	return { ...actors.columns, messages };
}

/** The same of all calls. */
export async function loadCalls(
	store: TelemetryStore,
	projectOf: (cwd: string) => string,
): Promise<FunctionColumns> {
	const [functions, errors] = [new Codes(), new Codes()];
	const actors = new Actors(store, projectOf);
	const calls = await readCalls(store, actors, functions, errors);
	return { ...actors.columns, functions, errors, calls };
}

async function readMessages(store: TelemetryStore, actors: Actors): Promise<MessageColumns> {
	const count = countOf(store, "messages");
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
	await inSlices<MessageRow>(store, MESSAGES, "", (row) => {
		if (length === count) return;
		const at = length++;
		columns.times[at] = row[3];
		columns.actors[at] = actors.of(row[1], row[2]);
		columns.models[at] = actors.columns.models.of(row[4]);
		columns.tokensIn[at] = row[5];
		columns.tokensOut[at] = row[6];
		columns.cacheRead[at] = row[7];
		columns.cacheWrite[at] = row[8];
		columns.nanoUsd[at] = row[9] === null ? Number.NaN : Math.round(row[9] * NANO);
	});
	return { ...columns, length };
}

async function readCalls(
	store: TelemetryStore,
	actors: Actors,
	functions: Codes,
	errors: Codes,
): Promise<MeasuredCalls> {
	const count = countOf(store, "calls");
	const columns = {
		rows: new Float64Array(count),
		times: new Float64Array(count),
		actors: new Int32Array(count),
		functions: new Int32Array(count),
		ends: new Uint8Array(count),
		errors: new Int32Array(count),
		durationsMs: new Float64Array(count),
		buckets: new Int16Array(count),
	};
	const waitsOver = waitsOverOf(store, functions);
	let length = 0;
	await inSlices<CallRow>(store, CALLS, 0, (row) => {
		if (length === count) return;
		const at = length++;
		const [rowid, session, agent, functionId, ts, success, error, durationMs, isBetweenLines] = row;
		const code = functions.of(functionId);
		const isWait = isBetweenLines === 1 && (durationMs ?? 0) > (waitsOver[code] ?? Infinity);
		const ms = durationMs === null || isWait ? Number.NaN : durationMs;
		columns.rows[at] = rowid;
		columns.times[at] = ts;
		columns.actors[at] = actors.of(session, agent);
		columns.functions[at] = code;
		columns.ends[at] = endOf(success, error);
		columns.errors[at] = success === 0 ? errors.of(error ?? "unknown") : 0;
		columns.durationsMs[at] = ms;
		columns.buckets[at] = Number.isNaN(ms) ? NO_BUCKET : placeOfDuration(ms);
	});
	return { ...columns, length };
}

function endOf(success: 0 | 1 | null, error: string | null): number {
	if (success === null) return CALL_OPEN;
	if (success === 1) return CALL_SUCCEEDED;
	return error === INTERRUPTED ? CALL_INTERRUPTED : CALL_FAILED;
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
	...[id: string, session: string, agent: string | null, ts: number, model: string],
	...[tokensIn: number, tokensOut: number, cacheRead: number, cacheWrite: number],
	costUsd: number | null,
];

const MESSAGES = `SELECT message_id, session_id, agent_id, ts, model, tokens_in, tokens_out,
	cache_read, cache_write_5m + cache_write_1h, cost_usd
	FROM messages WHERE message_id > ? ORDER BY message_id LIMIT ${SLICE}`;

type CallRow = [
	...[rowid: number, session: string, agent: string | null, functionId: string, ts: number],
	...[
		success: 0 | 1 | null,
		error: string | null,
		durationMs: number | null,
		isBetweenLines: 0 | 1,
	],
];

const CALLS = `SELECT rowid, session_id, agent_id, function_id, ts, success,
	CASE WHEN success = 0 THEN error_class END, duration_ms, duration_from IS 'transcript'
	FROM calls WHERE rowid > ? ORDER BY rowid LIMIT ${SLICE}`;

/** Every row of a query that goes on behind a key, which is the first column. */
async function inSlices<Row extends [number | string, ...unknown[]]>(
	store: TelemetryStore,
	sql: string,
	first: Row[0],
	take: (row: Row) => void,
): Promise<void> {
	let after = first;
	for (let read = SLICE; read === SLICE; ) {
		read = 0;
		const statement = store.database.prepare(sql, [after]);
		try {
			while (statement.step()) {
				const row = statement.get() as Row;
				after = row[0];
				read++;
				take(row);
			}
		} finally {
			statement.free();
		}
		await nextTurn();
	}
}

function countOf(store: TelemetryStore, table: string): number {
	return Number(store.first(`SELECT count(*) FROM ${table}`)?.[0] ?? 0);
}
