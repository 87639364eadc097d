import { agentLife } from "../../test/support/log/syntheticLog.ts";

/** Agents that are at work at the same time, and how many a session has in all. */
const AT_ONCE = 24;
const AGENTS_PER_SESSION = 200;
const CALLS_PER_AGENT = 24;

/** A line of the log, and when it was written, ms since the epoch. */
export interface TimedLine {
	readonly ts: number;
	readonly text: string;
}

/**
 * A log in which two dozen agents are always at work, and another begins whenever one ends. A session
 * ends when its last agent has; every fourth is left without a word.
 *
 * @param from ms since the epoch
 * @param stepMs between two lines
 */
export function* hourOfLines(lines: number, from: number, stepMs: number): Generator<TimedLine> {
	let ts = from;
	let begun = 0;
	let line = 0;
	const left = new Map<number, number>();
	const lineOf = (session: number, event: object): TimedLine => {
		ts += stepMs;
		line++;
		const head = { v: 2, session_id: sessionId(session), cwd: `/home/dev/project-${session % 5}` };
		return { ts, text: JSON.stringify({ ts: new Date(ts).toISOString(), ...head, ...event }) };
	};
	const begin = () => {
		const agent = begun++;
		return {
			session: Math.floor(agent / AGENTS_PER_SESSION),
			life: agentLife(agent, CALLS_PER_AGENT),
		};
	};
	const working = Array.from({ length: AT_ONCE }, begin);
	for (let turn = 0; line < lines; turn++) {
		const place = turn % AT_ONCE;
		const { session, life } = working[place] ?? begin();
		if (!left.has(session)) {
			left.set(session, AGENTS_PER_SESSION);
			yield lineOf(session, { event: "session_start", source: "startup", model: "sonnet" });
			yield lineOf(session, { event: "prompt" });
		}
		const next = life.next();
		if (next.done !== true) {
			yield lineOf(session, next.value);
			continue;
		}
		const others = (left.get(session) ?? 1) - 1;
		left.set(session, others);
		if (others === 0 && session % 4 !== 3) {
			yield lineOf(session, { event: "session_end", reason: "prompt_input_exit" });
		}
		working[place] = begin();
	}
}

function sessionId(number: number): string {
	return `5e55104e-0000-4000-8000-${String(number).padStart(12, "0")}`;
}
