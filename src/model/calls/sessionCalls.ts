import type { Origin } from "../events/events.ts";
import type { CallView } from "../views/view.ts";
import { IdTable } from "./idTable.ts";
import { IdTexts } from "./idTexts.ts";

/** Whoever makes calls. */
export interface Caller {
	/** Among all of its session, below 2^30. */
	readonly number: number;
}

/** One tool call, put together from its use and its result in whatever order they came. */
export class CallRecord<Owner extends Caller> implements CallView {
	/** Of the record among all of its session. */
	readonly place: number;
	/** Of the call among all that its session had. */
	entry = 0;
	readonly #ids: IdTexts;
	owner: Owner;
	tool = "";
	detail = "";
	startedAt = Number.NaN;
	durationMs: number | null = null;
	/** Who measured its duration; null where nobody did. */
	durationFrom: Origin | null = null;
	success: boolean | null = null;
	errorClass = "";
	/** 1 while only v1 lines, which cannot tell who called, have named it. */
	version: 1 | 2 = 2;
	/** Those of its owner's ledger before and after it; see {@link CallLedger}. */
	older: CallRecord<Owner> | null = null;
	newer: CallRecord<Owner> | null = null;

	constructor(place: number, ids: IdTexts, owner: Owner) {
		this.place = place;
		this.#ids = ids;
		this.owner = owner;
	}

	get id(): string {
		return this.#ids.at(this.place);
	}

	/** It is another call now. */
	begin(entry: number, owner: Owner, startedAt: number): void {
		this.entry = entry;
		this.owner = owner;
		this.startedAt = startedAt;
		this.durationMs = null;
		this.durationFrom = null;
		this.success = null;
		this.errorClass = "";
	}

	/** Takes over everything but the neighbours. */
	take(other: CallRecord<Owner>, of: (owner: Owner) => Owner): void {
		this.entry = other.entry;
		this.owner = of(other.owner);
		this.tool = other.tool;
		this.detail = other.detail;
		this.startedAt = other.startedAt;
		this.durationMs = other.durationMs;
		this.durationFrom = other.durationFrom;
		this.success = other.success;
		this.errorClass = other.errorClass;
		this.version = other.version;
	}
}

/** Of an id that no call has any longer. */
const NOBODY = 0;

/**
 * The calls of a session by tool_use_id. One that is open, shown or not sure has a record. Of one that
 * is put away it is kept who made it and whether it succeeded, so that a line that is repeated or late is
 * known for what it is: a busy log holds hundreds of thousands, see {@link IdTable}. Records are used again, for new ones of
 * every call of a long log are what outlives collections, and that makes V8 enlarge its nursery to 64 MB.
 */
export class SessionCalls<Owner extends Caller> {
	/** Number of the entry by tool_use_id, from 1. */
	#entries = new IdTable();
	#count = 0;
	/**
	 * By entry: of a call with a record twice its place and 1; of another four times its owner's number and 2,
	 * or 4 where it succeeded.
	 */
	#holders = new Uint32Array(0);
	#ids = new IdTexts();
	readonly #records: CallRecord<Owner>[] = [];
	#spare: CallRecord<Owner>[] = [];

	get(id: string): CallRecord<Owner> | null {
		const holder = this.#holderOf(id);
		return holder % 2 === 1 ? this.at((holder - 1) / 2) : null;
	}

	/** Number of who made a call that was put away; null for any other id. */
	ownerOf(id: string): number | null {
		const holder = this.#holderOf(id);
		return holder === NOBODY || holder % 2 === 1 ? null : Math.floor((holder - 2) / 4);
	}

	/** A call that was put away as a success has failed. @returns false for any other */
	hasFailed(id: string): boolean {
		const holder = this.#holderOf(id);
		if (holder === NOBODY || holder % 4 !== 0) return false;
		this.#holders[this.#entries.get(id)] = holder - 2;
		return true;
	}

	has(id: string): boolean {
		return this.#holderOf(id) !== NOBODY;
	}

	/** A record of an open call of an id that has none. */
	begin(id: string, owner: Owner, startedAt: number): CallRecord<Owner> {
		const record = this.#spare.pop() ?? this.#newRecord(owner);
		record.begin(this.#entryOf(id), owner, startedAt);
		this.#ids.set(record.place, id);
		this.#holders[record.entry] = record.place * 2 + 1;
		return record;
	}

	/** Of a call whose record is in no ledger any longer the owner is kept, and whether it succeeded. */
	putAway(record: CallRecord<Owner>): void {
		this.#holders[record.entry] = record.owner.number * 4 + (record.success === true ? 4 : 2);
		this.#spare.push(record);
	}

	/** There is no such call. */
	drop(record: CallRecord<Owner>): void {
		this.#holders[record.entry] = NOBODY;
		this.#spare.push(record);
	}

	/** The record at a place, which is the same in a copy. */
	at(place: number): CallRecord<Owner> {
		const record = this.#records[place];
		if (record === undefined) throw new RangeError(`no call has the place ${place}`);
		return record;
	}

	/** @param of the owner in the copy */
	copy(of: (owner: Owner) => Owner): SessionCalls<Owner> {
		const copy = new SessionCalls<Owner>();
		copy.#entries = this.#entries.copy();
		copy.#count = this.#count;
		copy.#holders = this.#holders.slice();
		copy.#ids = this.#ids.copy();
		for (const record of this.#records) copy.#newRecord(record.owner).take(record, of);
		copy.#spare = this.#spare.map(({ place }) => copy.at(place));
		return copy;
	}

	#holderOf(id: string): number {
		return this.#holders[this.#entries.get(id)] ?? NOBODY;
	}

	#entryOf(id: string): number {
		const known = this.#entries.get(id);
		if (known > 0) return known;
		const entry = ++this.#count;
		this.#entries.set(id, entry);
		if (entry >= this.#holders.length) {
			const holders = this.#holders;
			this.#holders = new Uint32Array(Math.max(64, Math.ceil(entry * 1.5)));
			this.#holders.set(holders);
		}
		return entry;
	}

	#newRecord(owner: Owner): CallRecord<Owner> {
		const record = new CallRecord<Owner>(this.#records.length, this.#ids, owner);
		this.#records.push(record);
		return record;
	}
}
