import { formatCount, formatDuration } from "../../model/views/format.ts";
import type { FollowUp, Proposal } from "../learned.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** "would save about 14 m a week", or "tidies up". */
export function savingText({ savesPerWeekMs }: Pick<Proposal, "savesPerWeekMs">): string {
	if (savesPerWeekMs <= 0) return "tidies up";
	return `would save ${roughly(savesPerWeekMs)} a week`;
}

function roughly(ms: number): string {
	if (ms < MINUTE_MS) return "less than 1 m";
	if (ms < 2 * HOUR_MS) return `about ${Math.round(ms / MINUTE_MS)} m`;
	return `about ${Math.round(ms / HOUR_MS)} h`;
}

/** "since then 12 calls (40 before), 1 error (10), 1.2 s on average (2.9 s), in 12 days each". */
export function followUpText({ spanMs, before, after }: FollowUp): string {
	if (before.calls + after.calls === 0)
		return `no calls since then, nor in the ${spanText(spanMs)} before`;
	const mean = (ms: number | null): string => (ms === null ? "unknown" : formatDuration(ms));
	return [
		`since then ${formatCount(after.calls, "call")} (${before.calls.toLocaleString("en-US")} before)`,
		`${formatCount(after.errors, "error")} (${before.errors.toLocaleString("en-US")})`,
		`${mean(after.meanDurationMs)} on average (${mean(before.meanDurationMs)})`,
		`in ${spanText(spanMs)} each`,
	].join(", ");
}

function spanText(ms: number): string {
	if (ms < 2 * HOUR_MS) return formatCount(Math.max(1, Math.round(ms / MINUTE_MS)), "minute");
	if (ms < 2 * DAY_MS) return formatCount(Math.round(ms / HOUR_MS), "hour");
	return formatCount(Math.round(ms / DAY_MS), "day");
}
