import { OVERTAKING_MS } from "../events/limits.ts";
import type { Outcome } from "../views/view.ts";
import { type Fact, isWhole, type Teller } from "./facts.ts";
import { type Report, reportsIn } from "./reports.ts";

/** What an agent is at a moment. docs/agents.md has every rule with its reason. */
export interface Life {
	/**
	 * - `starting`: nothing was told of it but its launch
	 * - `running`: it began, and no end of that is told
	 * - `done`: it ended by itself, was stopped by someone, or failed
	 * - `lost`: its session or its launching call was cut off under it
	 */
	readonly state: "starting" | "running" | "done" | "lost";
	/** Of the life that is going on, or was the last. */
	readonly outcome: Outcome | null;
	readonly stubs: number | null;
	/** When it last ended; null while it runs. */
	readonly endedAt: number | null;
}

/**
 * Two installations of the hooks tell of one start this far apart at most, ms; an agent that is
 * stopped and resumed starts a second later at the earliest.
 */
const TOLD_TWICE_MS = 500;
/** Who is not let go goes on at once, ms; who is resumed, after a request to a model at the earliest. */
const HELD_MS = 500;

const NEVER = Number.NEGATIVE_INFINITY;

/** From one start to the next. */
interface Stretch {
	began: number;
	/** The latest start that each source told of it. */
	readonly starts: Record<Teller, number | null>;
	stops: Fact[];
	/** Any report since it began, or stopped last, of whichever life. */
	isReported: boolean;
	/** What ended it, where it did not say so itself. */
	report: Report | null;
	cutAt: number | null;
}

/** What an agent's life depends on besides what is told of it. */
export interface Surroundings {
	/** When its session ended, ms since the epoch, sorted: what ran then runs no longer. */
	readonly cuts: readonly number[];
	/** When anything was first heard of it, such as its launch, ms since the epoch. */
	readonly heardAt: number;
	/** Whether anything of version 2 was told of it: then lines of version 1 are not believed. */
	readonly isV2: boolean;
	/** tool_use_id of the call that launched it first; null where that is not known. */
	readonly launch: string | null;
}

/**
 * The one place that says when an agent lives, and what it came to: a pure function of what is told,
 * the same for the live graph and the database.
 *
 * @param told of the agent and of the calls that launched it, sorted
 * @param known what else is known of the agent and its session
 * @param until only what was told up to then counts, ms since the epoch
 */
export function lifeOf(
	told: readonly Fact[],
	known: Surroundings,
	until: number = Number.POSITIVE_INFINITY,
): Life {
	const facts = believed(told, known.isV2, until);
	const life = endOf(livesOf(told, facts, known, until).at(-1) ?? newStretch(known.heardAt));
	const isWaiting = facts.length === 0 && life.state === "running";
	return isWaiting ? { ...life, state: "starting" } : life;
}

/** From a start of an agent to the end of that life, ms since the epoch; null for what nothing tells. */
export interface Span {
	readonly began: number | null;
	readonly endedAt: number | null;
}

/** The lives of an agent, one after the other. */
export function spansOf(told: readonly Fact[], known: Surroundings): Span[] {
	const until = Number.POSITIVE_INFINITY;
	const lives = livesOf(told, believed(told, known.isV2, until), known, until);
	return lives.map((life, index) => {
		const { endedAt } = endOf(life);
		return {
			began: life.began === NEVER ? null : life.began,
			// A report may come when the next life has begun.
			endedAt: endedAt === null ? null : Math.min(endedAt, lives[index + 1]?.began ?? until),
		};
	});
}

/** Which life a launch led to: the first that began behind it, else the one that went on then. */
export function spanOfLaunch(spans: readonly Span[], launchedAt: number): Span | null {
	const isBehind = ({ began }: Span) => began !== null && began >= launchedAt - TOLD_TWICE_MS;
	return spans.find(isBehind) ?? spans.at(-1) ?? null;
}

function livesOf(
	told: readonly Fact[],
	facts: readonly Fact[],
	{ cuts, heardAt, launch }: Surroundings,
	until: number,
): Stretch[] {
	const lives = stretchesOf(facts);
	// Of one that has not begun, its launch can be cut off.
	if (lives.length === 0) lives.push(newStretch(heardAt));
	cutOff(lives, cuts, until);
	takeReports(lives, reportsIn(facts), isWhole(told) ? launch : null);
	return lives;
}

/** v1 says done when a background agent is launched; what v2 knows is worth more. */
function believed(told: readonly Fact[], isV2: boolean, until: number): readonly Fact[] {
	if (!isV2 && until === Number.POSITIVE_INFINITY) return told;
	return told.filter(({ v, at }) => at <= until && (v === 2 || !isV2));
}

function stretchesOf(facts: readonly Fact[]): Stretch[] {
	const all: Stretch[] = [];
	const reported = new Set<string>();
	for (const fact of facts) {
		let current = all.at(-1);
		if (current === undefined || (fact.kind === "start" && isNew(current, fact, all.length))) {
			current = newStretch(fact.kind === "start" ? fact.at : NEVER);
			all.push(current);
		}
		if (fact.kind === "start") {
			if (current.began === NEVER) current.began = fact.at;
			else if (isHeld(current, fact)) current.stops = [];
			current.starts[fact.by] = fact.at;
		} else if (fact.kind === "stop") {
			current.stops.push(fact);
			current.isReported = false;
		} else {
			// What is reported again, or by the other source, is of a life before.
			current.isReported ||= !reported.has(fact.call);
			reported.add(fact.call);
		}
	}
	return all;
}

function newStretch(began: number): Stretch {
	return {
		began,
		starts: { hook: null, transcript: null, otlp: null },
		stops: [],
		isReported: false,
		report: null,
		cutAt: null,
	};
}

/** Whether a start begins another life than the one that is going on, or was the last. */
function isNew(current: Stretch, { at, by }: Fact, count: number): boolean {
	const { began, starts, stops } = current;
	const known = starts[by];
	if (began === NEVER) {
		// A stop that overtook the first start; later than that it is the stop of a life before.
		const [stop] = stops;
		return stop !== undefined && !(count === 1 && at - stop.at < OVERTAKING_MS);
	}
	// The other source tells of the same start.
	if (known === null && at - began < OVERTAKING_MS) return false;
	if (by === "hook") return known === null || at - known >= TOLD_TWICE_MS;
	// A message to an agent that runs stands in its transcript just as its first one does, and over OTLP
	// an agent is first heard of again by a receiver that is started anew.
	return !isHeld(current, { at, by }) && (stops.length > 0 || current.isReported);
}

/** A hook of the user's did not let it go, so the words before were not its last. */
function isHeld({ stops, isReported }: Stretch, { at, by }: Pick<Fact, "at" | "by">): boolean {
	const stop = stops.at(-1);
	if (by === "hook" || isReported || stop === undefined) return false;
	return at - stop.at < HELD_MS;
}

function cutOff(stretches: readonly Stretch[], cuts: readonly number[], until: number): void {
	for (const [index, stretch] of stretches.entries()) {
		const next = Math.min(stretches[index + 1]?.began ?? Number.POSITIVE_INFINITY, until);
		stretch.cutAt = cuts.find((cut) => cut >= stretch.began && cut <= next) ?? null;
	}
}

/**
 * Each life has one report at most. It may come when the next life has begun, so lives take theirs in
 * order: the first that is told from their beginning on and not another's.
 */
function takeReports(
	stretches: readonly Stretch[],
	reports: readonly Report[],
	launch: string | null,
): void {
	for (const [index, stretch] of stretches.entries()) {
		const next = stretches[index + 1]?.began ?? Number.POSITIVE_INFINITY;
		// By the time that the next life has ended its report was told.
		const latest = Math.min(
			stretches[index + 1]?.stops[0]?.at ?? Number.POSITIVE_INFINITY,
			stretches[index + 2]?.began ?? Number.POSITIVE_INFINITY,
		);
		const isStopped = stretch.stops.length > 0;
		// The first life may end without a word, but never with a report that answers another call.
		const isFirst = index === 0;
		const free = reports.filter(
			({ at, call, isTaken }) =>
				!isTaken &&
				at >= stretch.began &&
				at <= latest &&
				(launch === null || (call === launch) === isFirst),
		);
		const own = free.find(({ at }) => at < next);
		// Who was stopped by someone has no stop of its own, so that report is for one without; and
		// whoever ended with its session is reported, if at all, before it goes on.
		const late = free.find((report) => !isStopped || !report.isStopped);
		stretch.report = own ?? (stretch.cutAt === null ? late : undefined) ?? null;
		if (stretch.report !== null) stretch.report.isTaken = true;
	}
	// A life that nothing told the end of looks like one with the next, which its report tells apart.
	const last = stretches.at(-1);
	if (last === undefined || last.report !== null || last.stops.length > 0) return;
	const began = Math.max(...Object.values(last.starts).map((start) => start ?? last.began));
	last.report = reports.find(({ at, isTaken }) => !isTaken && at >= began) ?? null;
}

function endOf({ stops, report, cutAt }: Stretch): Life {
	const stop = stops.at(-1);
	const said = stops.findLast(({ outcome }) => outcome !== null) ?? report?.verdict;
	const outcome = said?.outcome ?? (report?.hasFailed ? "fail" : null);
	const stubs = said?.stubs ?? null;
	const endedAt = stop?.at ?? report?.at ?? cutAt;
	// An agent that goes down with its launching call leaves a last line that looks like a stop.
	if (report?.isCutOff) return { state: "lost", outcome, stubs, endedAt };
	if (stop !== undefined || report !== null) return { state: "done", outcome, stubs, endedAt };
	return { state: cutAt === null ? "running" : "lost", outcome, stubs, endedAt };
}
