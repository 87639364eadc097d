import { setImmediate as nextTurn } from "node:timers/promises";
import { CallLog } from "../../sequences/callLog.ts";
import { canBeJoined } from "../../sequences/joining.ts";
import { waitLimits } from "../queries/waitLimits.ts";
import { type Cells, eachRow, TextCodes } from "../storage/cells.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { FAILED } from "../tables/callRow.ts";
import { TelemetryError } from "../telemetryError.ts";

/** Rows read before other requests get a turn, about 15 ms of work. */
const SLICE = 20_000;

export interface ReadCalls {
	readonly log: CallLog;
	/** The row of each call, by its place in the log. */
	readonly rows: Float64Array;
}

/**
 * Reads every call in the order in which they were recorded, which costs less than having SQLite
 * sort them. What is recorded meanwhile is left for the next time.
 *
 * @param onProgress told the share that has been read, 0 to 1
 * @throws TelemetryError `cancelled`
 */
export async function readCalls(
	store: TelemetryStore,
	onProgress: (share: number) => void,
	signal: AbortSignal,
): Promise<ReadCalls> {
	const [count, last] = store.first("SELECT count(*), ifnull(max(rowid), 0) FROM calls") ?? [0, 0];
	const log = new CallLog(Number(count));
	const rows = new Float64Array(Number(count));
	const take = takerOf(store, log);
	let [after, read, before] = [0, 0, -1];
	const takeRow = (row: Cells): void => {
		// Rows may have been deleted since they were counted, never added up to the last.
		if (read === rows.length) return;
		after = row.number(ROW);
		rows[read++] = after;
		take(row);
	};
	while (read > before && after < Number(last)) {
		before = read;
		readSlice(store, after, Number(last), takeRow);
		onProgress(read / rows.length);
		await nextTurn();
		throwIfCancelled(signal);
	}
	return { log, rows };
}

export function throwIfCancelled(signal: AbortSignal): void {
	if (signal.aborted) throw new TelemetryError("cancelled", "Cancelled.");
}

/** Takes a call into the log. */
function takerOf(store: TelemetryStore, log: CallLog): (row: Cells) => void {
	const limits = waitLimits(store);
	const waitsOver: number[] = [];
	const functions = new TextCodes((id) => {
		const code = log.functionOf(id);
		waitsOver[code] = limits.get(id) ?? Number.POSITIVE_INFINITY;
		return code;
	});
	const toolNames: string[] = [];
	const tools = new TextCodes((tool) => toolNames.push(tool) - 1);
	const agentOf = agentCodes(log);
	return (row) => {
		const code = functions.of(row, FUNCTION);
		const success = row.number(SUCCESS);
		const ms = row.number(DURATION);
		const isWait = ms > (waitsOver[code] ?? Infinity) && row.number(BETWEEN_LINES) === 1;
		const tool = toolNames[tools.of(row, TOOL)] ?? "";
		log.add(
			agentOf(row),
			code,
			row.number(TIME),
			success === 0 || success === 1 ? success : null,
			ms === NOT_KNOWN || isWait ? null : ms,
			canBeJoined(log.functionIds[code] ?? "", tool),
		);
	};
}

/** The code of whoever made a call; agents are known by their session as well. */
function agentCodes(log: CallLog): (row: Cells) => number {
	const names: (string | null)[] = [null];
	const sessions: string[] = [];
	const sessionCodes = new TextCodes((session) => sessions.push(session) - 1);
	const nameCodes = new TextCodes((agent) => names.push(agent) - 1);
	/** By the number of the agent's name, of each session. */
	const known: Map<number, number>[] = [];
	return (row) => {
		const session = sessionCodes.of(row, SESSION);
		const name = row.text(AGENT) === 0 ? 0 : nameCodes.of(row, AGENT);
		known[session] ??= new Map();
		let code = known[session].get(name);
		if (code === undefined) {
			code = log.agentOf(sessions[session] ?? "", names[name] ?? null);
			known[session].set(name, code);
		}
		return code;
	};
}

const [ROW, SESSION, AGENT, FUNCTION, TIME] = [0, 1, 2, 3, 4];
const [SUCCESS, DURATION, BETWEEN_LINES, TOOL] = [5, 6, 7, 8];
/** Of a call that is open, or was cut off. */
const NO_END = 2;
/** Of what is never below 0. */
const NOT_KNOWN = -1;

const CALLS = `SELECT rowid, session_id, agent_id, function_id, ts,
		iif(success = 0 AND NOT (${FAILED}), ${NO_END}, ifnull(success, ${NO_END})),
		ifnull(duration_ms, ${NOT_KNOWN}), duration_from IS 'transcript', tool_used
	FROM calls WHERE rowid > ? AND rowid <= ? ORDER BY rowid LIMIT ${SLICE}`;

function readSlice(
	store: TelemetryStore,
	after: number,
	last: number,
	take: (row: Cells) => void,
): void {
	const statement = store.database.prepare(CALLS, [after, last]);
	try {
		eachRow(statement, take);
	} finally {
		statement.free();
	}
}
