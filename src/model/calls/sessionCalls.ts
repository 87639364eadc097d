import type { Caller, CallRecord, CallRecords } from "./callRecords.ts";
import { IdTable } from "./idTable.ts";

/** Of an id that no call has any longer. */
const NOBODY = 0;

/**
 * The calls of a session by tool_use_id. One that is open, shown or not sure has a record. Of one that
 * is put away it is kept who made it and whether it succeeded, so that a line that is repeated or late is
 * known for what it is: a busy log holds hundreds of thousands, see {@link IdTable}.
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
	readonly #records: CallRecords<Owner>;

	/** @param records of the graph */
	constructor(records: CallRecords<Owner>) {
		this.#records = records;
	}

	get(id: string): CallRecord<Owner> | null {
		const holder = this.#holderOf(id);
		return holder % 2 === 1 ? this.#records.at((holder - 1) / 2) : null;
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
		const record = this.#records.begin(id, this.#entryOf(id), owner, startedAt);
		this.#holders[record.entry] = record.place * 2 + 1;
		return record;
	}

	/** Of a call whose record is in no ledger any longer the owner is kept, and whether it succeeded. */
	putAway(record: CallRecord<Owner>): void {
		this.#holders[record.entry] = record.owner.number * 4 + (record.success === true ? 4 : 2);
		this.#records.end(record);
	}

	/** There is no such call. */
	drop(record: CallRecord<Owner>): void {
		this.#holders[record.entry] = NOBODY;
		this.#records.end(record);
	}

	/** The session is no more. */
	end(): void {
		for (const record of this.#all()) this.#records.end(record);
	}

	/**
	 * @param records the copy of those of the graph
	 * @param of the owner in the copy
	 */
	copy(records: CallRecords<Owner>, of: (owner: Owner) => Owner): SessionCalls<Owner> {
		const copy = new SessionCalls<Owner>(records);
		copy.#entries = this.#entries.copy();
		copy.#count = this.#count;
		copy.#holders = this.#holders.slice();
		for (const record of this.#all()) records.at(record.place).take(record, of);
		return copy;
	}

	*#all(): Generator<CallRecord<Owner>> {
		for (let entry = 1; entry <= this.#count; entry++) {
			const holder = this.#holders[entry] ?? NOBODY;
			if (holder % 2 === 1) yield this.#records.at((holder - 1) / 2);
		}
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
}
