/** A span of time, ms since the epoch; what happens at `until` is not in it. */
export interface Period {
	readonly from: number;
	readonly until: number;
}

/** What figures over time are told by. Days, weeks (from Monday on) and months are local ones. */
export const GRAINS = ["hour", "day", "week", "month"] as const;
export type Grain = (typeof GRAINS)[number];

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** There are time zones that differ by a quarter of an hour from their neighbours, and none by less. */
const QUARTER_MS = 900_000;
const HOURS_OF_WEEK = 168;

/** Which local hour, day, week or month a time is in, for every time of a period. */
export class Calendar {
	/** Names in the order of time, without gaps: "2026-11-27T14", "2026-11-27", "2026-11". */
	readonly keys: readonly string[];
	readonly #first: number;
	readonly #places: Int32Array;
	readonly #weekHours: Uint8Array;

	constructor({ from, until }: Period, grain: Grain) {
		this.#first = Math.floor(from / QUARTER_MS);
		const quarters = until <= from ? 0 : Math.ceil(until / QUARTER_MS) - this.#first;
		this.#places = new Int32Array(quarters);
		this.#weekHours = new Uint8Array(quarters);
		const keys: string[] = [];
		let known = Number.NaN;
		for (let quarter = 0; quarter < quarters; quarter++) {
			const local = localHour((this.#first + quarter) * QUARTER_MS);
			if (local !== known) {
				known = local;
				const key = keyOf(local, grain);
				if (keys.at(-1) !== key) keys.push(key);
			}
			this.#places[quarter] = keys.length - 1;
			this.#weekHours[quarter] = weekHourOf(local);
		}
		this.keys = keys;
	}

	/** Place of a time of the period among the keys. */
	placeOf(ts: number): number {
		return this.#places[Math.floor(ts / QUARTER_MS) - this.#first] ?? 0;
	}

	/** Hour of the local week, 0 to 167, from Monday midnight on. */
	weekHourOf(ts: number): number {
		return this.#weekHours[Math.floor(ts / QUARTER_MS) - this.#first] ?? 0;
	}
}

/** The whole local days that end with the present one. @param now ms since the epoch */
export function lastDays(days: number, now: number): Period {
	const start = new Date(now);
	start.setHours(0, 0, 0, 0);
	start.setDate(start.getDate() - (days - 1));
	return { from: start.getTime(), until: now + 1 };
}

/** The local day, week from Monday on or month that a time is in. @param ts ms since the epoch */
export function periodAround(grain: "day" | "week" | "month", ts: number): Period {
	const from = new Date(ts);
	from.setHours(0, 0, 0, 0);
	if (grain === "week") from.setDate(from.getDate() - ((from.getDay() + 6) % 7));
	if (grain === "month") from.setDate(1);
	const until = new Date(from);
	if (grain === "month") until.setMonth(until.getMonth() + 1);
	else until.setDate(until.getDate() + (grain === "week" ? 7 : 1));
	return { from: from.getTime(), until: until.getTime() };
}

/** What a period is told by, so that there are neither too few nor too many of them. */
export function grainOf({ from, until }: Period): Grain {
	const days = (until - from) / DAY_MS;
	if (days <= 2) return "hour";
	if (days <= 100) return "day";
	return days <= 600 ? "week" : "month";
}

/** Whole hours since the epoch, as the clock of here tells them. @param ts ms since the epoch */
function localHour(ts: number): number {
	return Math.floor((ts - new Date(ts).getTimezoneOffset() * 60_000) / HOUR_MS);
}

function keyOf(local: number, grain: Grain): string {
	const day = Math.floor(local / 24);
	switch (grain) {
		case "hour":
			return new Date(local * HOUR_MS).toISOString().slice(0, 13);
		case "day":
			return dayKey(day);
		case "week":
			return dayKey(day - weekdayOf(day));
		case "month":
			return dayKey(day).slice(0, 7);
	}
}

function dayKey(day: number): string {
	return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Monday: the epoch began on a Thursday. */
function weekdayOf(day: number): number {
	return (((day + 3) % 7) + 7) % 7;
}

function weekHourOf(local: number): number {
	return (((local + 72) % HOURS_OF_WEEK) + HOURS_OF_WEEK) % HOURS_OF_WEEK;
}
