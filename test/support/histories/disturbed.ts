import type { History } from "./history.ts";
import { Random } from "./simulation/random.ts";

type Fields = Record<string, unknown>;

/** What becomes of a line of the log or of a transcript; null for one that is lost. */
type Change = (fields: Fields, ts: number) => Fields | null;

/**
 * - `lost`: lines that were never written, here and there or for a while
 * - `back`: a clock that is set back
 * - `coarse`: a clock that counts in steps of more than a ms, so that much happens at once
 * - `elsewhere`: an agent that goes on in another session
 */
export type Disturbance = keyof typeof DISTURBANCES;

/**
 * A history as no client should leave it, and disks, clocks and people do all the same. What is true of
 * it nobody can say; but all who read it have to say the same.
 */
export function disturbed(history: History, kind: Disturbance, seed: number): History {
	const { change, words } = DISTURBANCES[kind](history, new Random(seed));
	return {
		...history,
		story: [`disturbed: ${words}`, ...history.story],
		log: history.log.flatMap((line) => changed(line, "ts", change)),
		files: history.files.map((file) => ({
			...file,
			lines: file.lines.flatMap((line) => changed(line, "timestamp", change)),
		})),
	};
}

function changed<Line extends { readonly ts: number; readonly text: string }>(
	line: Line,
	clock: "ts" | "timestamp",
	change: Change,
): Line[] {
	const fields = JSON.parse(line.text) as Fields;
	const time = fields[clock];
	const at = typeof time === "string" ? Date.parse(time) : null;
	const after = change({ ...fields, at }, line.ts);
	if (after === null) return [];
	const { at: moved, ...rest } = after;
	if (typeof moved !== "number") return [line];
	// What stands in whole seconds goes on doing so.
	const iso = new Date(moved).toISOString();
	const text = String(time).includes(".") ? iso : iso.replace(/\.\d+/, "");
	return [{ ...line, ts: moved, text: JSON.stringify({ ...rest, [clock]: text }) }];
}

type Disturb = (history: History, random: Random) => { change: Change; words: string };

const lost: Disturb = (history, random) => {
	if (random.chance(0.5)) {
		const share = random.pick([0.02, 0.1, 0.4]);
		return {
			change: (fields) => (random.chance(share) ? null : fields),
			words: `${share} of all lines are lost`,
		};
	}
	const from = momentOf(history, random);
	const until = from + random.gap(500, 600_000);
	return {
		change: (fields, ts) => (ts >= from && ts < until ? null : fields),
		words: `what was told from ${from} until ${until} is lost`,
	};
};

const back: Disturb = (history, random) => {
	const from = momentOf(history, random);
	const ms = random.gap(50, 3_600_000);
	return {
		change: (fields, ts) => (ts < from ? fields : moved(fields, (at) => at - ms)),
		words: `clocks go back by ${ms} ms at ${from}`,
	};
};

const coarse: Disturb = (_history, random) => {
	const step = random.pick([2, 10, 100, 1000, 60_000]);
	return {
		change: (fields) => moved(fields, (at) => at - (at % step)),
		words: `clocks count in steps of ${step} ms`,
	};
};

const elsewhere: Disturb = (history, random) => {
	const named = history.log.map(({ text }) => agentIn(JSON.parse(text)));
	const agent = random.pick([...new Set(named.filter((id) => id !== null)), "nobody"]);
	const sessions = history.log.map(({ session }) => session).filter((session) => session !== "");
	const session = random.pick(["5e55109-other", ...sessions]);
	const from = momentOf(history, random);
	const isMoved = (fields: Fields, ts: number) =>
		ts >= from && "session_id" in fields && agentIn(fields) === agent && !isOfLaunch(fields);
	return {
		change: (fields, ts) => (isMoved(fields, ts) ? { ...fields, session_id: session } : fields),
		words: `${agent} goes on in ${session} at ${from}`,
	};
};

const DISTURBANCES = { lost, back, coarse, elsewhere };
export const DISTURBANCE_KINDS = Object.keys(DISTURBANCES) as readonly Disturbance[];

function moved({ at, ...fields }: Fields, move: (at: number) => number): Fields {
	return { ...fields, at: typeof at === "number" ? move(at) : at };
}

/** What one call launched in two sessions is two. */
function isOfLaunch({ event, tool }: Fields): boolean {
	return /^agent_(?:spawn|link|done|result)$/.test(String(event)) || tool === "Agent";
}

function agentIn({ agent_id, child_id }: Fields): string | null {
	const id = agent_id ?? child_id;
	return typeof id === "string" ? id : null;
}

function momentOf({ log, files }: History, random: Random): number {
	const times = [...log, ...files.flatMap(({ lines }) => lines)].map(({ ts }) => ts);
	return random.pick(times.length === 0 ? [0] : times);
}
