import type { AgentEvent, EventName } from "./events.ts";
import type { LineNote, LineProblem } from "./lineProblem.ts";

/** Things in a well-formed log that the graph could not take at their word. */
export type GraphNote = "phantom_stop" | "late_event";

/** How often something was seen, and when last (ms since the epoch; 0 where no time was known). */
export interface Tally {
	count: number;
	lastAt: number;
}

/** What was told of one client's sessions, and by whom. */
interface ToldOf {
	/** Events of version 2, the only ones that hooks of ours write. */
	readonly ownEvents: Map<EventName, Tally>;
	/** When transcripts told of it last; 0 where they did not, or no time was known. */
	transcriptsAt: number;
	/** The same by the folder that a session began in. */
	readonly transcriptFolders: Map<string, number>;
}

/** Names of clients are text from outside: a hostile log must not fill the memory with them. */
const MOST_CLIENTS = 50;

/** Counts of everything a log held, good and bad: what Show Status reports. */
export class EventStats {
	/** Of the log alone. */
	lines = 0;
	readonly #byClient = new Map<string, ToldOf>();
	/** The one of them that was told of last. */
	#latest: readonly [client: string, told: ToldOf] | null = null;
	/** Events of version 1, which older hooks write. */
	readonly #olderEvents = new Map<EventName, Tally>();
	/** Events that clients sent over OTLP. */
	readonly received = new Map<EventName, Tally>();
	readonly problems = new Map<LineProblem, Tally>();
	readonly notes = new Map<LineNote | GraphNote, Tally>();
	/** What transcripts told, and when of it last. */
	readonly transcripts: Tally = { count: 0, lastAt: 0 };
	/** Lines of transcripts that could not be used. */
	readonly transcriptProblems = new Map<LineProblem, number>();
	/** Reasons that hooks gave for not writing an event. */
	readonly hookErrors = new Map<string, Tally>();

	event(event: AgentEvent): void {
		const { event: name, client, note, ts } = event;
		if (event.origin === "transcript") {
			this.transcripts.count++;
			this.transcripts.lastAt = Math.max(this.transcripts.lastAt, ts);
			const told = this.toldOf(client);
			told.transcriptsAt = Math.max(told.transcriptsAt, ts);
			return;
		}
		this.lines++;
		// What was received says nothing of hooks.
		if (event.via === undefined) {
			const events = event.v === 2 ? this.toldOf(client).ownEvents : this.#olderEvents;
			tally(events, name, ts);
		} else tally(this.received, name, ts);
		if (note !== null) tally(this.notes, note, ts);
		// The reason is text from outside: a hostile log must not fill the memory with reasons.
		if (event.event === "hook_error" && this.hookErrors.size < 20) {
			tally(this.hookErrors, event.reason, ts);
		}
	}

	/** What was told of a client; beyond the first of them, of all others together. */
	toldOf(client: string): ToldOf {
		if (this.#latest?.[0] === client) return this.#latest[1];
		const name = this.#byClient.has(client) || this.#byClient.size < MOST_CLIENTS ? client : "";
		let told = this.#byClient.get(name);
		if (told === undefined) {
			told = { ownEvents: new Map(), transcriptsAt: 0, transcriptFolders: new Map() };
			this.#byClient.set(name, told);
		}
		this.#latest = [client, told];
		return told;
	}

	/** Events of the log, of both versions. */
	get events(): ReadonlyMap<EventName, Tally> {
		const all = new Map<EventName, Tally>();
		const own = [...this.#byClient.values()].map(({ ownEvents }) => ownEvents);
		for (const [name, more] of [...own, this.#olderEvents].flatMap((events) => [...events])) {
			const known = all.get(name) ?? { count: 0, lastAt: 0 };
			const lastAt = Math.max(known.lastAt, more.lastAt);
			all.set(name, { count: known.count + more.count, lastAt });
		}
		return all;
	}

	/** When a line of version 1 was written last; 0 where there is none, or no time was known. */
	get olderAt(): number {
		return Math.max(0, ...[...this.#olderEvents.values()].map(({ lastAt }) => lastAt));
	}

	problem(problem: LineProblem, at: number): void {
		this.lines++;
		tally(this.problems, problem, at);
	}

	/** @param folder of the session that an event of a transcript belongs to; empty while unknown */
	transcriptIn(client: string, folder: string, at: number): void {
		const { transcriptFolders } = this.toldOf(client);
		const before = transcriptFolders.get(folder);
		// Text from outside, as reasons are; what is not kept is not known.
		if (folder === "" || (before === undefined && transcriptFolders.size >= 500)) return;
		transcriptFolders.set(folder, Math.max(before ?? 0, at));
	}

	transcriptProblem(problem: LineProblem): void {
		this.transcriptProblems.set(problem, (this.transcriptProblems.get(problem) ?? 0) + 1);
	}

	/** They are all read again from the beginning. */
	forgetTranscripts(): void {
		this.transcripts.count = 0;
		this.transcriptProblems.clear();
	}

	note(note: GraphNote, at: number): void {
		tally(this.notes, note, at);
	}

	/** A phantom turned out to be real. */
	takeBack(note: GraphNote): void {
		const entry = this.notes.get(note);
		if (entry === undefined) return;
		entry.count--;
		if (entry.count === 0) this.notes.delete(note);
	}

	get problemCount(): number {
		let sum = 0;
		for (const { count } of this.problems.values()) sum += count;
		return sum;
	}
}

function tally<K>(tallies: Map<K, Tally>, key: K, at: number): void {
	const entry = tallies.get(key);
	if (entry === undefined) tallies.set(key, { count: 1, lastAt: at });
	else {
		entry.count++;
		entry.lastAt = Math.max(entry.lastAt, at);
	}
}
