import type { DatabaseSync, StatementSync } from "node:sqlite";
import { objectIn } from "../kit/jsonLines.ts";
import { asObject, type Raw, textOf } from "../kit/raw.ts";
import type { WantedLines } from "../transcripts/port.ts";
import type { SessionTree } from "./sessionTree.ts";

/** A row is written a little after the time that stands in it, ms. */
const LATE_MS = 1000;
/** What a session is about is written for so long at most after the session itself, ms. */
const TOUCHED_WITHIN_MS = 86_400_000;
/** Greater than any id. */
const LAST_ID = "\u{10ffff}";

/** A message that waits to be read. */
interface Waiting {
	readonly session: string;
	readonly id: string;
}

interface Questions {
	readonly sessions: SessionTree;
	readonly touched: StatementSync;
	/** null where the database has no events. */
	readonly firstEvent: StatementSync | null;
	readonly changed: StatementSync;
	readonly message: StatementSync;
	readonly parts: StatementSync;
	readonly session: StatementSync;
}

/**
 * What no event tells: messages of versions that kept no events, and those that were brought over from the
 * files of older ones. Each is told as the events that would have told it, and as a whole again once
 * something of it was written anew.
 */
export class StoredMessages {
	readonly #wanted: WantedLines | null;
	/** Sessions of which events tell everything. */
	readonly #told = new Set<string>();
	/** When messages that were written just now were, as they were read. */
	readonly #read = new Map<string, number>();
	#questions: Questions | null = null;
	/** The next one last: to take the first of many has all others moved. */
	#waiting: Waiting[] = [];
	#since = 0;
	#next = 0;

	/** @param wanted null for all */
	constructor(wanted: WantedLines | null) {
		this.#wanted = wanted;
	}

	/** What was written before then was read, ms since the epoch; it stands still while some waits. */
	get since(): number {
		return this.#since;
	}

	get isWhole(): boolean {
		return this.#waiting.length === 0;
	}

	open(database: DatabaseSync, sessions: SessionTree): void {
		const hasEvents = database.prepare(HAS_EVENTS).get() !== undefined;
		this.#questions = {
			sessions,
			touched: database.prepare(
				"SELECT id FROM session WHERE time_updated > ? ORDER BY time_created",
			),
			firstEvent: hasEvents ? database.prepare(FIRST_EVENT) : null,
			changed: database.prepare(CHANGED),
			message: database.prepare("SELECT data FROM message WHERE id = ?"),
			parts: database.prepare(
				"SELECT id, time_created AS at, data FROM part WHERE message_id = ? ORDER BY id",
			),
			session: database.prepare("SELECT time_created AS created FROM session WHERE id = ?"),
		};
	}

	close(): void {
		this.#questions = null;
	}

	/** @param since as {@link since} was */
	begin(since: number): void {
		this.#since = since;
		this.#waiting = [];
		this.#read.clear();
	}

	/** The next message as lines of JSON; none when all were read. */
	next(): string[] {
		const questions = this.#questions;
		if (questions === null) return [];
		if (this.#waiting.length === 0) this.#look(questions);
		const message = this.#waiting.pop();
		if (message === undefined) return [];
		if (this.#waiting.length === 0) this.#since = this.#next;
		return linesOf(questions, message);
	}

	#look(questions: Questions): void {
		this.#next = Math.max(this.#since, Date.now() - LATE_MS);
		for (const [id, stamp] of this.#read) if (stamp <= this.#since) this.#read.delete(id);
		const touched = questions.touched.all(this.#since - TOUCHED_WITHIN_MS);
		for (const id of this.#wantedOf(
			touched.map((row) => String(row.id)),
			questions.sessions,
		)) {
			const end = this.#told.has(id) ? "" : untoldBefore(questions, id);
			if (end === "") this.#told.add(id);
			else this.#ask(questions, id, end);
		}
		this.#waiting.reverse();
		if (this.#waiting.length === 0) this.#since = this.#next;
	}

	#ask(questions: Questions, session: string, end: string): void {
		for (const { id, stamp } of questions.changed.all(session, end, this.#since)) {
			const message = String(id);
			if (this.#read.get(message) === Number(stamp)) continue;
			this.#read.set(message, Number(stamp));
			this.#waiting.push({ session, id: message });
		}
	}

	/** Of all sessions those that are asked for, each with its agents. */
	#wantedOf(ids: readonly string[], sessions: SessionTree): readonly string[] {
		if (this.#wanted === null) return ids;
		const { session, since } = this.#wanted;
		const rootOf = (id: string) => sessions.placeOf(id).session;
		if (session !== "") return ids.filter((id) => rootOf(id) === session);
		const recent = this.#questions?.touched.all(since) ?? [];
		const roots = new Set(recent.map(({ id }) => rootOf(String(id))));
		return ids.filter((id) => roots.has(rootOf(id)));
	}
}

/** Of which messages no event tells: those with ids below this one, see {@link LAST_ID}; empty for none. */
function untoldBefore({ firstEvent }: Questions, session: string): string {
	const first = firstEvent?.get(session);
	if (first === undefined) return LAST_ID;
	if (String(first.type).startsWith("session.created")) return "";
	// Ids begin with their time behind their kind.
	return `msg_${String(first.id).slice("evt_".length)}`;
}

function linesOf(questions: Questions, { session, id }: Waiting): string[] {
	const place = questions.sessions.placeOf(session);
	const line = (type: string, data: object) => JSON.stringify({ ...place, type, data });
	const created = questions.session.get(session)?.created;
	const began = line("session.created", { info: { id: session, time: { created } } });
	const info = objectIn(String(questions.message.get(id)?.data));
	const told = (message: Raw) => line("message.updated", { info: { ...message, id } });
	if (info === null) return [began, told({})];
	const rows = questions.parts.all(id).map((row) => ({
		at: row.at,
		part: { ...objectIn(String(row.data)), id: row.id, messageID: id },
	}));
	const parts = rows.map(({ at, part }) => line("message.part.updated", { part, time: at }));
	const { completed, ...time } = asObject(info.time) ?? {};
	if (info.role !== "assistant") return [began, told(info), ...parts];
	const open = told({ ...info, time });
	if (completed === undefined) return [began, open, ...parts];
	const finish = textOf(info.finish) ?? finishOf(rows.map(({ part }) => part));
	return [began, open, ...parts, told({ ...info, finish })];
}

/** Versions that do not say why a message ended go on behind a call. */
function finishOf(parts: readonly Raw[]): string {
	const last = parts.findLast(({ type }) => type === "tool" || type === "text");
	return last?.type === "tool" ? "tool-calls" : "stop";
}

const HAS_EVENTS = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'event'";
const FIRST_EVENT = "SELECT id, type FROM event WHERE aggregate_id = ? ORDER BY seq LIMIT 1";
const CHANGED = `SELECT id, stamp FROM (
	SELECT m.id, m.time_created AS at, max(m.time_updated, ifnull(
		(SELECT max(p.time_updated) FROM part AS p WHERE p.message_id = m.id), 0)) AS stamp
	FROM message AS m WHERE m.session_id = ?1 AND m.id < ?2
) WHERE stamp > ?3 ORDER BY at, id`;
