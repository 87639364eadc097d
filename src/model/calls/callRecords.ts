import type { Origin } from "../events/events.ts";
import type { CallView } from "../views/view.ts";
import { IdTexts } from "./idTexts.ts";

/** Whoever makes calls. */
export interface Caller {
	/** Among all of its session, below 2^30. */
	readonly number: number;
}

/** One tool call, put together from its use and its result in whatever order they came. */
export class CallRecord<Owner extends Caller> implements CallView {
	/** Of the record among all of the graph. */
	readonly place: number;
	/** Of the call among all that its session had. */
	entry = 0;
	readonly #ids: IdTexts;
	#owner: Owner | null = null;
	tool = "";
	/** Of its tool in what its owner's ledger counts; see {@link CallLedger}. */
	row = 0;
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

	constructor(place: number, ids: IdTexts) {
		this.place = place;
		this.#ids = ids;
	}

	get id(): string {
		return this.#ids.at(this.place);
	}

	/** @throws where the record is that of no call */
	get owner(): Owner {
		if (this.#owner === null) throw new ReferenceError("a call that was put away has no record");
		return this.#owner;
	}

	set owner(owner: Owner) {
		this.#owner = owner;
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

	/** It is no call's any longer, and keeps nothing of the one that it was. */
	end(): void {
		this.#owner = null;
		this.older = null;
		this.newer = null;
	}

	/** Takes over everything but the neighbours. */
	take(other: CallRecord<Owner>, of: (owner: Owner) => Owner): void {
		this.entry = other.entry;
		this.owner = of(other.owner);
		this.tool = other.tool;
		this.row = other.row;
		this.detail = other.detail;
		this.startedAt = other.startedAt;
		this.durationMs = other.durationMs;
		this.durationFrom = other.durationFrom;
		this.success = other.success;
		this.errorClass = other.errorClass;
		this.version = other.version;
	}
}

/**
 * The records of all sessions of a graph. They are used again: new ones for every call of a long log are
 * what outlives collections, and that makes V8 enlarge its nursery to 64 MB. So there are as many as calls
 * were open or shown at the same time.
 */
export class CallRecords<Owner extends Caller> {
	#ids = new IdTexts();
	readonly #records: CallRecord<Owner>[] = [];
	#spare: CallRecord<Owner>[] = [];

	/** A record of an open call of a v2 line, without particulars. @param entry of its session */
	begin(id: string, entry: number, owner: Owner, startedAt: number): CallRecord<Owner> {
		const record = this.#spare.pop() ?? this.#newRecord();
		record.begin(entry, owner, startedAt);
		this.#ids.set(record.place, id);
		return record;
	}

	end(record: CallRecord<Owner>): void {
		record.end();
		this.#spare.push(record);
	}

	at(place: number): CallRecord<Owner> {
		const record = this.#records[place];
		if (record === undefined) throw new RangeError(`no call has the place ${place}`);
		return record;
	}

	/** As many records at the same places, of the same ids, that are to take over what these hold. */
	copy(): CallRecords<Owner> {
		const copy = new CallRecords<Owner>();
		copy.#ids = this.#ids.copy();
		for (let place = 0; place < this.#records.length; place++) copy.#newRecord();
		copy.#spare = this.#spare.map(({ place }) => copy.at(place));
		return copy;
	}

	#newRecord(): CallRecord<Owner> {
		const record = new CallRecord<Owner>(this.#records.length, this.#ids);
		this.#records.push(record);
		return record;
	}
}
