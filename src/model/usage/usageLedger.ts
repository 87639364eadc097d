import { IdTable } from "../calls/idTable.ts";
import type { UsageEvent } from "../events/events.ts";
import { Numbered } from "../numbered.ts";
import { outranks } from "./outranks.ts";
import type { MessageTokens, UsageTotals } from "./usageTotals.ts";

/** Whose messages are counted. */
interface UsageOwner {
	readonly kind: string;
	readonly id: string;
	readonly usage: UsageTotals;
}

/** Words of an entry: owner, model, then tokens in, out, read and written. */
const WORDS = 6;

/**
 * The messages of a session, each counted once for one node. A busy session has as many as calls, so
 * they are kept as numbers outside the heap, about 60 bytes each.
 */
export class UsageLedger<Owner extends UsageOwner> {
	/** Number of the entry by message id, from 1. */
	#entries = new IdTable();
	#count = 0;
	#words = new Uint32Array(0);
	/** NaN: without a price. */
	#costs = new Float64Array(0);
	#owners = new Numbered<Owner>();
	#models = new Numbered<string>();
	/** Entries that stand in for a transcript's, as long as none tells of the session. */
	#standIns: number[] = [];
	#isTold = false;

	/**
	 * Of several reports of one message the session's own beats an agent's, then the one with more
	 * output is the later. What is left is decided by the values alone: the same in any order.
	 *
	 * @param all what the messages of the whole session add up to
	 * What was received over OTLP counts as long as no transcript tells of the session: both know of the
	 * same requests, and call them otherwise.
	 *
	 * @returns other nodes that something was counted for until now
	 */
	note(all: UsageTotals, node: Owner, event: UsageEvent): readonly Owner[] {
		if (event.via === "otlp" && this.#isTold) return [];
		const displaced = event.origin === "transcript" ? this.#takeOver(all) : [];
		const other = this.#noteOne(all, node, event);
		return other === null ? displaced : displaced.concat(other);
	}

	#noteOne(all: UsageTotals, node: Owner, event: UsageEvent): Owner | null {
		const entry = this.#entries.get(event.message);
		const tokens = tokensOf(event);
		if (entry === 0) {
			const added = this.#append(node, event.model, tokens);
			this.#entries.set(event.message, added);
			if (event.via === "otlp") this.#standIns.push(added);
			count(all, node, event.model, tokens, 1);
			return null;
		}
		const before = this.#read(entry);
		const known = rank(before.owner, before.model, before);
		if (!outranks(rank(node, event.model, tokens), known)) return null;
		count(all, before.owner, before.model, before, -1);
		this.#write(entry, node, event.model, tokens);
		count(all, node, event.model, tokens, 1);
		return before.owner === node ? null : before.owner;
	}

	/** A transcript tells of the session. @returns whose messages were taken out */
	#takeOver(all: UsageTotals): Owner[] {
		this.#isTold = true;
		if (this.#standIns.length === 0) return [];
		const entries = this.#standIns.map((entry) => this.#read(entry));
		this.#standIns = [];
		for (const { owner, model, ...tokens } of entries) count(all, owner, model, tokens, -1);
		return entries.map(({ owner }) => owner);
	}

	/** @param of the node in the copy */
	copy(of: (owner: Owner) => Owner): UsageLedger<Owner> {
		const copy = new UsageLedger<Owner>();
		copy.#entries = this.#entries.copy();
		copy.#count = this.#count;
		copy.#words = this.#words.slice();
		copy.#costs = this.#costs.slice();
		copy.#owners = this.#owners.copy(of);
		copy.#models = this.#models.copy((model) => model);
		copy.#standIns = this.#standIns.slice();
		copy.#isTold = this.#isTold;
		return copy;
	}

	#append(node: Owner, model: string, tokens: MessageTokens): number {
		if (this.#count === this.#costs.length) {
			const size = Math.max(16, Math.ceil(this.#count * 1.5));
			const [words, costs] = [this.#words, this.#costs];
			this.#words = new Uint32Array(size * WORDS);
			this.#words.set(words);
			this.#costs = new Float64Array(size);
			this.#costs.set(costs);
		}
		this.#count++;
		this.#write(this.#count, node, model, tokens);
		return this.#count;
	}

	#write(entry: number, node: Owner, model: string, tokens: MessageTokens): void {
		const { tokensIn, tokensOut, cacheRead, cacheWrite, costUsd } = tokens;
		const numbers = [this.#owners.numberOf(node), this.#models.numberOf(model)];
		this.#words.set([...numbers, tokensIn, tokensOut, cacheRead, cacheWrite], (entry - 1) * WORDS);
		this.#costs[entry - 1] = costUsd ?? Number.NaN;
	}

	#read(entry: number): MessageTokens & { owner: Owner; model: string } {
		const at = (entry - 1) * WORDS;
		const [owner = 0, model = 0, tokensIn = 0, tokensOut = 0, cacheRead = 0, cacheWrite = 0] =
			this.#words.subarray(at, at + WORDS);
		const cost = this.#costs[entry - 1] ?? Number.NaN;
		return {
			owner: this.#owners.at(owner),
			model: this.#models.at(model),
			tokensIn,
			tokensOut,
			cacheRead,
			cacheWrite,
			costUsd: Number.isNaN(cost) ? null : cost,
		};
	}
}

function count(
	all: UsageTotals,
	node: UsageOwner,
	model: string,
	tokens: MessageTokens,
	sign: 1 | -1,
): void {
	node.usage.add(model, tokens, sign);
	all.add(model, tokens, sign);
}

function tokensOf(event: UsageEvent): MessageTokens {
	return {
		tokensIn: asWord(event.tokensIn),
		tokensOut: asWord(event.tokensOut),
		cacheRead: asWord(event.cacheRead),
		cacheWrite: asWord(event.cacheWrite5m + event.cacheWrite1h),
		costUsd: event.costUsd,
	};
}

/** What is taken out of the sums later must be what was put in: entries hold 32 bits. */
function asWord(tokens: number): number {
	return Math.min(Math.round(tokens), 0xffff_ffff);
}

/** Greater is better. */
function rank(node: UsageOwner, model: string, tokens: MessageTokens): (number | string)[] {
	return [
		node.kind === "session" ? 1 : 0,
		tokens.tokensOut,
		tokens.tokensIn,
		tokens.cacheRead,
		tokens.cacheWrite,
		tokens.costUsd ?? -1,
		node.id,
		model,
	];
}
