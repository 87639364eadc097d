import { formatDateTime } from "../model/views/format.ts";
import type { PeriodReport } from "./report.ts";

/** "2026-11-21 to 2026-11-27, of /work/app". */
export function periodText({ insights, repository }: PeriodReport): string {
	const { from, until } = insights.query;
	const day = (ts: number): string => formatDateTime(ts).slice(0, 10);
	const of = repository === "" ? "" : `, of ${repository}`;
	return `${day(from)} to ${day(until - 1)}${of}`;
}
