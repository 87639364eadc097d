import { TOLD_TWICE_MS } from "../../model/agents/lives.ts";

/** What is told of an agent's lives one by one; times are ms since the epoch. */
interface ToldLives {
	/** As hooks told them, sorted. */
	readonly starts: readonly number[];
	readonly stops: readonly number[];
	/** The earliest report that someone stopped it, by the call that began the life. */
	readonly kills: Readonly<Record<string, number>>;
	/** The earliest report of an end of whatever kind, in the same way. */
	readonly reports: Readonly<Record<string, number>>;
	/** When it was last reported that it failed. */
	readonly failedAt: number | null;
}

const NO_LIVES: ToldLives = { starts: [], stops: [], kills: {}, reports: {}, failedAt: null };

/** What one event says of an agent's lives, as `agents.lives` has it. */
export function livesText(told: Partial<ToldLives>): string {
	return JSON.stringify({ ...NO_LIVES, ...told });
}

/** @param text as {@link livesText} makes it; null for nothing */
export function livesOf(text: string | null): ToldLives {
	return text === null ? NO_LIVES : { ...NO_LIVES, ...(JSON.parse(text) as Partial<ToldLives>) };
}

/** The same whichever of the two comes first, and the same again when one is repeated. */
export function mergeLives(a: string | null, b: string | null): string | null {
	if (a === null || b === null || a === b) return a ?? b;
	const [one, other] = [livesOf(a), livesOf(b)];
	return livesText({
		starts: union(one.starts, other.starts),
		stops: union(one.stops, other.stops),
		kills: earliest(one.kills, other.kills),
		reports: earliest(one.reports, other.reports),
		failedAt: later(one.failedAt, other.failedAt),
	});
}

/**
 * Lives that hooks told the beginning of, and those of them that have no stop; without those that a
 * session's end cut off.
 *
 * @param cuts when the session ended, ms since the epoch, sorted
 */
export function countLives(
	{ starts, stops }: ToldLives,
	cuts: readonly number[],
): { readonly begun: number; readonly unstopped: number } {
	const all = starts.filter((ts, at) => ts - (starts[at - 1] ?? -TOLD_TWICE_MS) >= TOLD_TWICE_MS);
	const [stopAt, cutAt] = [indexFrom(stops), indexFrom(cuts)];
	let [begun, unstopped] = [0, 0];
	for (const [at, ts] of all.entries()) {
		const next = all[at + 1] ?? Number.POSITIVE_INFINITY;
		const isStopped = stopAt(ts) < next;
		if (!isStopped && cutAt(ts) < next) continue;
		begun++;
		if (!isStopped) unstopped++;
	}
	return { begun, unstopped };
}

/** Finds the first of sorted times that is not before another, to be asked in rising order. */
function indexFrom(times: readonly number[]): (ts: number) => number {
	let at = 0;
	return (ts) => {
		while ((times[at] ?? Number.POSITIVE_INFINITY) < ts) at++;
		return times[at] ?? Number.POSITIVE_INFINITY;
	};
}

function earliest(a: ToldLives["kills"], b: ToldLives["kills"]): Record<string, number> {
	const all = new Map(Object.entries(a));
	for (const [call, ts] of Object.entries(b)) all.set(call, Math.min(ts, all.get(call) ?? ts));
	return Object.fromEntries([...all].sort(([x], [y]) => (x < y ? -1 : 1)));
}

function union(a: readonly number[], b: readonly number[]): number[] {
	return [...new Set([...a, ...b])].sort((x, y) => x - y);
}

function later(a: number | null, b: number | null): number | null {
	return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
