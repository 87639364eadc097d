import { lastDays, type Period } from "../insights/period.ts";
import { UsageError } from "./command.ts";

const HOUR_MS = 3_600_000;

/** What `--since` says. @returns ms since the epoch, from and until */
export function sinceOf(text: string, now: number): Period {
	const [, count = "", unit = ""] = /^(\d{1,5})([hdw])$/.exec(text) ?? [];
	if (unit === "h") return { from: now - Number(count) * HOUR_MS, until: now + 1 };
	if (unit !== "" && Number(count) > 0) {
		return lastDays(Number(count) * (unit === "w" ? 7 : 1), now);
	}
	const from = /^\d{4}-\d{2}-\d{2}$/.test(text)
		? new Date(`${text}T00:00:00`).getTime()
		: Number.NaN;
	if (Number.isNaN(from) || from > now) {
		throw new UsageError(
			`--since needs a time such as 24h, 7d, 2w or 2026-11-01, not ${JSON.stringify(text)}`,
		);
	}
	return { from, until: now + 1 };
}
