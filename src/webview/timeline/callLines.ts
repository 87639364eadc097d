import { isFailure } from "../../model/calls/mergeCalls.ts";
import { FAILED } from "../../model/timeline/rowCalls.ts";
import type { RowWait, TimelineRow } from "../../model/timeline/timelineRow.ts";
import { ageText, toolName } from "../../model/views/doing.ts";
import { formatClock } from "../../model/views/format.ts";
import type { CallView } from "../../model/views/view.ts";
import { clip } from "../text/clip.ts";
import { formatCount, formatDuration, plural } from "../text/numbers.ts";
import { titleOf } from "../text/words.ts";
import type { Hit } from "./timelineHit.ts";

/** What a card says, line by line. */
interface CardText {
	readonly title: string;
	readonly lines: readonly string[];
}

/** "Bash cargo" */
export function callName({ tool, detail }: CallView): string {
	return clip([toolName(tool), detail].filter(Boolean).join(" "), 120);
}

/** What a call came to, as in "failed: exit_1". */
export function resultWord(call: CallView): string {
	const { success, errorClass } = call;
	if (success === null) return "running";
	if (success) return "ok";
	if (!isFailure(call)) return "cut off";
	return errorClass === "" ? "failed" : `failed: ${clip(errorClass, 60)}`;
}

/** What lies under the pointer; null where that is the row alone. */
export function cardOf({ row, call, calls, wait }: Hit, now: number): CardText | null {
	const who = titleOf(row.view);
	const chosen = row.calls.calls[call];
	// A wait lies over the call that waits.
	if (wait !== null && (chosen === undefined || chosen.success === null)) {
		return waitCard(wait, who, now);
	}
	if (chosen === undefined) return null;
	const start = row.calls.starts[call] ?? 0;
	const took =
		chosen.durationMs === null
			? `for ${ageText(now - start)}`
			: `took ${formatDuration(chosen.durationMs)}`;
	const others = calls.length > 1 ? [manyLine(row, calls)] : [];
	const lines = [`${who} · ${formatClock(start)}`, `${resultWord(chosen)} · ${took}`, ...others];
	return { title: callName(chosen), lines };
}

function waitCard({ tool, since, until }: RowWait, who: string, now: number): CardText {
	const took = until === null ? ageText(now - since) : formatDuration(until - since);
	const title = `${until === null ? "Waits" : "Waited"} for you: ${toolName(tool)}`;
	return { title: clip(title, 120), lines: [`${who} · ${formatClock(since)}`, `for ${took}`] };
}

function manyLine(row: TimelineRow, calls: readonly number[]): string {
	const failed = calls.filter((index) => row.calls.results[index] === FAILED).length;
	const failures = failed === 0 ? "" : `, ${formatCount(failed)} failed`;
	return `${plural(calls.length, "call")} here${failures}`;
}
