import { RECENT_CALLS } from "../events/limits.ts";
import type { GraphNode } from "../graph/graphNode.ts";
import type { CallView, ToolUse } from "../views/view.ts";

/** One tool call, put together from its use and its result in whatever order they came. */
export interface ToolCall {
	id: string;
	tool: string;
	detail: string;
	startedAt: number;
	durationMs: number | null;
	/** null while open */
	success: boolean | null;
	errorClass: string;
	/** 1 while only v1 lines, which cannot tell who called, have named it. */
	version: 1 | 2;
	owner: GraphNode;
}

/** Calls of one tool by one node. */
interface Totals {
	calls: number;
	failures: number;
	totalMs: number;
	maxMs: number;
}

/** The calls of one node: totals by tool and the latest ones. */
export class CallLedger {
	calls = 0;
	failures = 0;
	readonly #byTool = new Map<string, Totals>();
	#recent: ToolCall[] = [];

	/** @returns the call that is no longer shown because of this one; null when there is room */
	open(call: ToolCall): ToolCall | null {
		this.calls++;
		this.#totals(call.tool).calls++;
		this.#recent.push(call);
		return this.#recent.length > RECENT_CALLS ? (this.#recent.shift() ?? null) : null;
	}

	/** To be called once, after `success` and `durationMs` of the call are set. */
	close(call: ToolCall): void {
		this.#settle(call, 1);
	}

	/** Whether a call is among the latest ones. */
	shows(call: ToolCall): boolean {
		return this.#recent.includes(call);
	}

	/** Shows no single call any longer. */
	forgetRecent(): readonly ToolCall[] {
		const forgotten = this.#recent;
		this.#recent = [];
		return forgotten;
	}

	/** A closed call took another time than was thought. */
	retime(call: ToolCall, durationMs: number): void {
		const totals = this.#totals(call.tool);
		totals.totalMs += durationMs - (call.durationMs ?? 0);
		totals.maxMs = Math.max(totals.maxMs, durationMs);
		call.durationMs = durationMs;
	}

	/** Takes a call out again, because it turned out to be another node's. */
	take(call: ToolCall): void {
		if (call.success !== null) this.#settle(call, -1);
		this.calls--;
		this.#totals(call.tool).calls--;
		const index = this.#recent.indexOf(call);
		if (index >= 0) this.#recent.splice(index, 1);
	}

	/** Takes over everything that another ledger holds. */
	absorb(other: CallLedger): void {
		this.calls += other.calls;
		this.failures += other.failures;
		for (const [tool, from] of other.#byTool) {
			const to = this.#totals(tool);
			to.calls += from.calls;
			to.failures += from.failures;
			to.totalMs += from.totalMs;
			to.maxMs = Math.max(to.maxMs, from.maxMs);
		}
		this.#recent.push(...other.#recent);
		this.#recent.sort((a, b) => a.startedAt - b.startedAt);
		this.#recent.splice(0, this.#recent.length - RECENT_CALLS);
	}

	/** Ids of the calls of a tool that have no result yet, newest first. */
	openOf(tool: string): string[] {
		const open = this.#recent.filter((call) => call.tool === tool && call.success === null);
		return open.map(({ id }) => id).reverse();
	}

	tools(): ToolUse[] {
		return [...this.#byTool]
			.filter(([, totals]) => totals.calls > 0)
			.map(([tool, totals]) => ({ tool, ...totals }))
			.sort((a, b) => b.calls - a.calls || (a.tool < b.tool ? -1 : 1));
	}

	recent(): CallView[] {
		return this.#recent.map((call) => ({
			id: call.id,
			tool: call.tool,
			detail: call.detail,
			startedAt: call.startedAt,
			durationMs: call.durationMs,
			success: call.success,
			errorClass: call.errorClass,
		}));
	}

	#settle(call: ToolCall, sign: 1 | -1): void {
		const totals = this.#totals(call.tool);
		const ms = call.durationMs ?? 0;
		totals.totalMs += sign * ms;
		// A maximum cannot be taken back; the one case that would need it is a v1 guess corrected.
		if (sign > 0) totals.maxMs = Math.max(totals.maxMs, ms);
		if (call.success) return;
		totals.failures += sign;
		this.failures += sign;
	}

	#totals(tool: string): Totals {
		let totals = this.#byTool.get(tool);
		if (totals === undefined) {
			totals = { calls: 0, failures: 0, totalMs: 0, maxMs: 0 };
			this.#byTool.set(tool, totals);
		}
		return totals;
	}
}
