import { isFailure } from "../../../model/calls/mergeCalls.ts";
import type { TimelineLine } from "../../../model/timeline/timelineLines.ts";
import { ageText } from "../../../model/views/doing.ts";
import { formatClock } from "../../../model/views/format.ts";
import { el, setAttribute, setText, show } from "../../parts/dom.ts";
import { formatDuration, plural } from "../../text/numbers.ts";
import { stateWord, subtitleOf, titleOf } from "../../text/words.ts";
import { callName, resultWord } from "../callLines.ts";

export const TIMELINE_COLUMNS = ["Agent or call", "Began", "Took", "Result"] as const;

/** A row of the table of calls, filled again and again. */
export class LineElement {
	readonly element = el("tr", { attrs: { tabindex: "-1", "aria-selected": "false" } });
	line: TimelineLine | null = null;
	/** tool_use_id of its call, which may have another index by now; null on an agent's line. */
	id: string | null = null;
	readonly #name = el("th", { attrs: { scope: "row" } });
	readonly #began = el("td");
	readonly #took = el("td");
	readonly #result = el("td", { class: "line-result" });

	constructor() {
		this.element.append(this.#name, this.#began, this.#took, this.#result);
	}

	/** @param now host clock, ms since the epoch */
	update(line: TimelineLine | null, now: number): void {
		this.line = line;
		this.id = line?.row.calls.calls[line.call]?.id ?? null;
		show(this.element, line !== null);
		if (line === null) return;
		const level = line.row.depth + (line.call < 0 ? 1 : 2);
		setAttribute(this.element, "aria-level", String(level));
		this.element.style.setProperty("--level", String(Math.min(level, 7)));
		if (line.call < 0) this.#showAgent(line, now);
		else this.#showCall(line, now);
	}

	#showAgent({ row: { view, calls } }: TimelineLine, now: number): void {
		const task = subtitleOf(view);
		const { startedAt, endedAt } = view;
		setText(this.#name, titleOf(view) + (task === "" ? "" : ` · ${task}`));
		setText(this.#began, formatClock(startedAt));
		setText(this.#took, lengthText(startedAt, endedAt, now));
		setText(this.#result, `${stateWord(view)}, ${plural(calls.count, "call")}`);
		this.element.dataset.kind = "agent";
		this.element.dataset.result = view.outcome === "fail" ? "failed" : "";
	}

	#showCall({ row: { calls }, call: index }: TimelineLine, now: number): void {
		const call = calls.calls[index];
		const start = calls.starts[index] ?? 0;
		if (call === undefined) return;
		const { durationMs } = call;
		setText(this.#name, callName(call));
		setText(this.#began, formatClock(start));
		setText(this.#took, lengthText(start, durationMs === null ? null : start + durationMs, now));
		setText(this.#result, resultWord(call));
		this.element.dataset.kind = "call";
		this.element.dataset.result = isFailure(call) ? "failed" : "";
	}
}

function lengthText(from: number, until: number | null, now: number): string {
	return until === null ? ageText(now - from) : formatDuration(until - from);
}
