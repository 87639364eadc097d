// Slots begin at local midnight and every so many hours after it: by 6 hours at 00, 06, 12 and 18.

/** Hours of a clock's day; of a real one there may be one more or less. */
const DAY_HOURS = 24;

/**
 * The hours are those of the clock on the wall, so that a day with a change of time has its slots
 * at the same hours. An hour that is left out has its slot at the next; one that comes twice has it
 * the first time.
 *
 * @param now ms since the epoch
 * @param intervalHours whole hours, 1 to 24; the last slot of a day may be shorter
 * @returns when the slot began that `now` lies in, ms since the epoch
 */
export function slotStart(now: number, intervalHours: number): number {
	const day = new Date(now);
	const starts = startsOfDay(day, intervalHours).filter((start) => start <= now);
	// Midnight itself may be left out by a change of time.
	return Math.max(
		...starts,
		...(starts.length > 0 ? [] : startsOfDay(dayBefore(day), intervalHours)),
	);
}

/**
 * However many slots were missed, what is missed is due once.
 *
 * @param last when it was done last, ms since the epoch; null for never
 */
export function isDue(last: number | null, now: number, intervalHours: number): boolean {
	// A time to come was told by a clock that has been set back since.
	return last === null || last > now || last < slotStart(now, intervalHours);
}

function startsOfDay(day: Date, intervalHours: number): number[] {
	const count = Math.ceil(DAY_HOURS / intervalHours);
	return Array.from({ length: count }, (_, index) =>
		new Date(day.getFullYear(), day.getMonth(), day.getDate(), index * intervalHours).getTime(),
	);
}

function dayBefore(day: Date): Date {
	return new Date(day.getFullYear(), day.getMonth(), day.getDate() - 1);
}
