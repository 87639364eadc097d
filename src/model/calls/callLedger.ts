import { RECENT_CALLS, TOOLS_TOLD } from "../events/limits.ts";
import type { CallView, ToolCount, ToolUse } from "../views/view.ts";
import { LogHistogram } from "./logHistogram.ts";
import { isFailure } from "./mergeCalls.ts";

/** One tool call, put together from its use and its result in whatever order they came. */
export type LedgerCall = { -readonly [Part in keyof CallView]: CallView[Part] };

/** What a call came to. */
type CallAnswer = Pick<LedgerCall, "success" | "errorClass" | "durationMs">;

/** Calls of one tool by one node. */
interface Totals {
	calls: number;
	failures: number;
	totalMs: number;
	maxMs: number;
	/** Of the finished calls; made with the first. */
	durations: LogHistogram | null;
}

/** The calls of one node: totals by tool and the latest ones. */
export class CallLedger<Call extends LedgerCall = LedgerCall> {
	calls = 0;
	failures = 0;
	readonly kept: number;
	/** Grows with whatever changes a call. */
	changes = 0;
	readonly #byTool = new Map<string, Totals>();
	#recent: Call[] = [];

	/** @param kept how many of the latest calls are kept */
	constructor(kept = RECENT_CALLS) {
		this.kept = kept;
	}

	/** @returns the call that is no longer shown because of this one; null when there is room */
	open(call: Call): Call | null {
		this.calls++;
		this.changes++;
		this.#totals(call.tool).calls++;
		if (call.success !== null) this.#countAnswer(call, 1);
		this.#recent.push(call);
		return this.#recent.length > this.kept ? (this.#recent.shift() ?? null) : null;
	}

	/** A call has an answer, or a better one than before. */
	answer(call: LedgerCall, { success, errorClass, durationMs }: CallAnswer): void {
		if (call.success !== null) this.#countAnswer(call, -1);
		call.success = success;
		call.errorClass = errorClass;
		call.durationMs = durationMs;
		this.changes++;
		this.#countAnswer(call, 1);
	}

	/** Whether a call is among the latest ones. */
	shows(call: Call): boolean {
		// From the end: where all calls are kept there are many, and most answers are of the latest.
		return this.#recent.lastIndexOf(call) >= 0;
	}

	/** Shows no single call any longer. */
	forgetRecent(): readonly Call[] {
		const forgotten = this.#recent;
		this.#recent = [];
		return forgotten;
	}

	/** Takes a call out again, because it turned out to be another node's. */
	take(call: Call): void {
		if (call.success !== null) this.#countAnswer(call, -1);
		this.calls--;
		this.changes++;
		this.#totals(call.tool).calls--;
		const index = this.#recent.lastIndexOf(call);
		if (index >= 0) this.#recent.splice(index, 1);
	}

	/** @param of the call in the copy */
	copy(of: (call: Call) => Call): CallLedger<Call> {
		const copy = new CallLedger<Call>(this.kept);
		copy.calls = this.calls;
		copy.failures = this.failures;
		copy.changes = this.changes;
		for (const [tool, totals] of this.#byTool) {
			copy.#byTool.set(tool, { ...totals, durations: totals.durations?.copy() ?? null });
		}
		copy.#recent = this.#recent.map(of);
		return copy;
	}

	/** Takes over everything that another ledger holds. */
	absorb(other: CallLedger<Call>): void {
		this.calls += other.calls;
		this.failures += other.failures;
		for (const [tool, from] of other.#byTool) {
			const to = this.#totals(tool);
			to.calls += from.calls;
			to.failures += from.failures;
			to.totalMs += from.totalMs;
			to.maxMs = Math.max(to.maxMs, from.maxMs);
			if (from.durations === null) continue;
			to.durations ??= new LogHistogram();
			to.durations.absorb(from.durations);
		}
		this.#recent.push(...other.#recent);
		this.#recent.sort((a, b) => a.startedAt - b.startedAt);
		if (this.#recent.length > this.kept) this.#recent.splice(0, this.#recent.length - this.kept);
	}

	/** Ids of the calls of a tool that have no result yet, newest first. */
	openOf(tool: string): string[] {
		const open = this.#recent.filter((call) => call.tool === tool && call.success === null);
		return open.map(({ id }) => id).reverse();
	}

	/** The call without a result that began last. */
	newestOpen(): Call | null {
		return this.#recent.findLast(({ success }) => success === null) ?? null;
	}

	tools(): ToolUse[] {
		return this.#mostUsed().map(toolUse);
	}

	/** The tools that are called most. */
	toolCounts(): ToolCount[] {
		return this.#mostUsed()
			.slice(0, TOOLS_TOLD)
			.map(([tool, { calls, failures }]) => ({ tool, calls, failures }));
	}

	/** The calls that are kept, in the order in which they were heard of. */
	get latest(): readonly Call[] {
		return this.#recent;
	}

	recent(): CallView[] {
		return this.#recent.map(({ id, tool, detail, startedAt, durationMs, success, errorClass }) => {
			return { id, tool, detail, startedAt, durationMs, success, errorClass };
		});
	}

	#mostUsed(): [tool: string, totals: Totals][] {
		return [...this.#byTool]
			.filter(([, { calls }]) => calls > 0)
			.sort(([a, one], [b, other]) => other.calls - one.calls || (a < b ? -1 : 1));
	}

	#countAnswer(call: LedgerCall, sign: 1 | -1): void {
		const totals = this.#totals(call.tool);
		const ms = call.durationMs ?? 0;
		totals.totalMs += sign * ms;
		// A maximum cannot be taken back; the one case that would need it is a v1 guess corrected.
		if (sign > 0) totals.maxMs = Math.max(totals.maxMs, ms);
		totals.durations ??= new LogHistogram();
		totals.durations.add(ms, sign);
		if (!isFailure(call)) return;
		totals.failures += sign;
		this.failures += sign;
	}

	#totals(tool: string): Totals {
		let totals = this.#byTool.get(tool);
		if (totals === undefined) {
			totals = { calls: 0, failures: 0, totalMs: 0, maxMs: 0, durations: null };
			this.#byTool.set(tool, totals);
		}
		return totals;
	}
}

function toolUse([tool, totals]: readonly [string, Totals]): ToolUse {
	const { calls, failures, totalMs, maxMs, durations } = totals;
	const [p50 = null, p95 = null] = durations?.quantiles([0.5, 0.95]) ?? [];
	// Known to 2 %, and never longer than the longest.
	const atMost = (ms: number | null): number | null => (ms === null ? null : Math.min(ms, maxMs));
	return { tool, calls, failures, totalMs, maxMs, p50Ms: atMost(p50), p95Ms: atMost(p95) };
}

/** The calls of several ids that are one agent. */
export function ledgerOf<Call extends LedgerCall>(
	ledgers: readonly CallLedger<Call>[],
): CallLedger<Call> {
	const used = ledgers.filter(({ calls }) => calls > 0);
	const [only] = used;
	if (only !== undefined && used.length === 1) return only;
	const all = new CallLedger<Call>(only?.kept);
	for (const ledger of used) all.absorb(ledger);
	return all;
}
