import { RECENT_CALLS, TOOLS_TOLD } from "../events/limits.ts";
import type { CallView, ToolCount, ToolUse } from "../views/view.ts";
import type { Caller, CallRecord } from "./callRecords.ts";
import type { LedgerSums, ToolTotals } from "./ledgerSums.ts";
import { bucketOf, LogHistogram } from "./logHistogram.ts";
import { isFailure } from "./mergeCalls.ts";

/** What a call came to. */
type CallAnswer = Pick<CallView, "success" | "errorClass" | "durationMs">;

/** The calls of one node: totals by tool and the latest ones. */
export class CallLedger<Owner extends Caller> {
	calls = 0;
	failures = 0;
	readonly kept: number;
	/** Grows with whatever changes a call. */
	changes = 0;
	readonly #totals: LedgerSums;
	/** Of its first tool in the totals; 0 for none. */
	#row = 0;
	/** The latest calls are a list that runs through the records themselves, and how many those are. */
	#oldest: CallRecord<Owner> | null = null;
	#newest: CallRecord<Owner> | null = null;
	#shown = 0;

	/**
	 * @param totals of its session
	 * @param kept how many of the latest calls are kept
	 */
	constructor(totals: LedgerSums, kept = RECENT_CALLS) {
		this.#totals = totals;
		this.kept = kept;
	}

	/** @returns the call that is no longer shown because of this one; null when there is room */
	open(call: CallRecord<Owner>): CallRecord<Owner> | null {
		this.calls++;
		this.changes++;
		call.row = this.#rowOf(call.tool);
		this.#totals.count(call.row, 1);
		if (call.success !== null) this.#countAnswer(call, 1);
		this.#show(call);
		const oldest = this.#oldest;
		if (oldest === null || this.#shown <= this.kept) return null;
		this.#hide(oldest);
		return oldest;
	}

	/** A call has an answer, or a better one than before. */
	answer(call: CallRecord<Owner>, { success, errorClass, durationMs }: CallAnswer): void {
		if (call.success !== null) this.#countAnswer(call, -1);
		call.success = success;
		call.errorClass = errorClass;
		call.durationMs = durationMs;
		this.changes++;
		this.#countAnswer(call, 1);
	}

	/** Whether a call of it is among the latest ones. */
	shows(call: CallRecord<Owner>): boolean {
		return call === this.#newest || call.newer !== null;
	}

	/** Shows no single call any longer. */
	forgetRecent(): CallRecord<Owner>[] {
		const forgotten = this.latest;
		for (const call of forgotten) this.#hide(call);
		return forgotten;
	}

	/** Takes a call out again, because it turned out to be another node's. */
	take(call: CallRecord<Owner>): void {
		if (call.success !== null) this.#countAnswer(call, -1);
		this.calls--;
		this.changes++;
		this.#totals.count(call.row, -1);
		if (this.shows(call)) this.#hide(call);
	}

	/**
	 * @param totals of the session in the copy
	 * @param of the call in the copy
	 */
	copy(totals: LedgerSums, of: (call: CallRecord<Owner>) => CallRecord<Owner>): CallLedger<Owner> {
		const copy = new CallLedger<Owner>(totals, this.kept);
		for (const call of this.latest) copy.#show(of(call));
		copy.calls = this.calls;
		copy.failures = this.failures;
		copy.changes = this.changes;
		copy.#row = this.#row;
		return copy;
	}

	/** Ids of the calls of a tool that have no result yet, newest first. */
	openOf(tool: string): string[] {
		const open: string[] = [];
		for (let call = this.#newest; call !== null; call = call.older) {
			if (call.tool === tool && call.success === null) open.push(call.id);
		}
		return open;
	}

	/** A call that succeeded and is shown no longer has failed after all. */
	failed(tool: string): void {
		this.failures++;
		this.changes++;
		this.#totals.countFailure(this.#rowOf(tool));
	}

	/** The call without a result that began last. */
	newestOpen(): CallRecord<Owner> | null {
		let call = this.#newest;
		while (call !== null && call.success !== null) call = call.older;
		return call;
	}

	/** The calls that are kept, in the order in which they were heard of. */
	get latest(): CallRecord<Owner>[] {
		const latest: CallRecord<Owner>[] = [];
		for (let call = this.#oldest; call !== null; call = call.newer) latest.push(call);
		return latest;
	}

	/** By tool, in no order. */
	get totals(): Iterable<ToolTotals> {
		return this.#totals.from(this.#row);
	}

	/** Of the finished calls of one of its totals. */
	durationsOf({ row }: ToolTotals): LogHistogram {
		return new LogHistogram(this.#totals.durations(row));
	}

	#show(call: CallRecord<Owner>): void {
		call.older = this.#newest;
		call.newer = null;
		if (this.#newest === null) this.#oldest = call;
		else this.#newest.newer = call;
		this.#newest = call;
		this.#shown++;
	}

	#hide(call: CallRecord<Owner>): void {
		const { older, newer } = call;
		if (older === null) this.#oldest = newer;
		else older.newer = newer;
		if (newer === null) this.#newest = older;
		else newer.older = older;
		call.older = null;
		call.newer = null;
		this.#shown--;
	}

	#countAnswer(call: CallRecord<Owner>, sign: 1 | -1): void {
		const ms = call.durationMs ?? 0;
		const answered = { ms, bucket: bucketOf(ms), isFailure: isFailure(call) };
		this.#totals.countAnswer(call.row, answered, sign);
		if (answered.isFailure) this.failures += sign;
	}

	#rowOf(tool: string): number {
		const row = this.#totals.find(this.#row, tool);
		if (row !== 0) return row;
		this.#row = this.#totals.add(tool, this.#row);
		return this.#row;
	}
}

/** Any ledger, to be looked at. */
type SeenLedger = Pick<CallLedger<Caller>, "totals" | "durationsOf" | "latest" | "kept">;

/** How the calls of several ids that are one agent are spread over tools, the most used first. */
export function toolsOf(ledgers: readonly SeenLedger[]): ToolUse[] {
	return mostUsed(ledgers).map(({ tool, calls, failures, totalMs, maxMs }) => {
		const [p50, p95] = durationsOf(ledgers, tool).quantiles([0.5, 0.95]);
		// Known to 2 %, and never longer than the longest.
		const atMost = (ms: number | null = null) => (ms === null ? null : Math.min(ms, maxMs));
		return { tool, calls, failures, totalMs, maxMs, p50Ms: atMost(p50), p95Ms: atMost(p95) };
	});
}

/** The tools that they call most. */
export function toolCountsOf(ledgers: readonly SeenLedger[]): ToolCount[] {
	return mostUsed(ledgers)
		.slice(0, TOOLS_TOLD)
		.map(({ tool, calls, failures }) => ({ tool, calls, failures }));
}

/** Their latest calls, in the order in which they were heard of, or began where several made them. */
export function recentOf(ledgers: readonly SeenLedger[]): CallView[] {
	const [first = [], ...others] = ledgers
		.map(({ latest }) => latest)
		.filter(({ length }) => length > 0);
	const all = others.length === 0 ? first : [first, ...others].flat();
	if (others.length > 0) all.sort((a, b) => a.startedAt - b.startedAt);
	return all
		.slice(-(ledgers[0]?.kept ?? RECENT_CALLS))
		.map(({ id, tool, detail, startedAt, durationMs, success, errorClass }) => {
			return { id, tool, detail, startedAt, durationMs, success, errorClass };
		});
}

function mostUsed(ledgers: readonly SeenLedger[]): Omit<ToolTotals, "row">[] {
	const byTool = new Map<string, Omit<ToolTotals, "row">>();
	for (const { totals } of ledgers) {
		for (const more of totals) byTool.set(more.tool, sumOf(byTool.get(more.tool), more));
	}
	return [...byTool.values()]
		.filter(({ calls }) => calls > 0)
		.sort((a, b) => b.calls - a.calls || (a.tool < b.tool ? -1 : 1));
}

function sumOf(
	sum: Omit<ToolTotals, "row"> | undefined,
	more: ToolTotals,
): Omit<ToolTotals, "row"> {
	if (sum === undefined) return more;
	return {
		tool: sum.tool,
		calls: sum.calls + more.calls,
		failures: sum.failures + more.failures,
		totalMs: sum.totalMs + more.totalMs,
		maxMs: Math.max(sum.maxMs, more.maxMs),
	};
}

function durationsOf(ledgers: readonly SeenLedger[], tool: string): LogHistogram {
	const all = new LogHistogram();
	for (const ledger of ledgers) {
		for (const totals of ledger.totals) {
			if (totals.tool === tool) all.absorb(ledger.durationsOf(totals));
		}
	}
	return all;
}
