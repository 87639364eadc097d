import { NANO } from "../model/usage/usageTotals.ts";
import type { UsageColumns } from "./columns.ts";
import { codeOf, type InsightFilter, passingActors } from "./filter.ts";
import { Calendar, type Grain, type Period } from "./period.ts";

/** Sessions that are told of one by one. */
const MAX_SESSIONS = 50;
const WEEK_HOURS = 168;

/** Tokens and cost of some messages. */
export interface UsageSum {
	readonly messages: number;
	/** Read afresh: neither from the cache nor into it. */
	readonly tokensIn: number;
	readonly tokensOut: number;
	readonly cacheRead: number;
	readonly cacheWrite: number;
	/** US dollars for the messages that have a price; null where none has. */
	readonly costUsd: number | null;
	readonly messagesWithoutPrice: number;
}

/** Tokens of all kinds together. */
export function tokensOf({ tokensIn, tokensOut, cacheRead, cacheWrite }: UsageSum): number {
	return tokensIn + tokensOut + cacheRead + cacheWrite;
}

/** The same of those that go by one name: a day, a project, a model. */
export interface NamedUsage extends UsageSum {
	readonly name: string;
}

/** What was used in a period. All lists but `over` begin with the dearest. */
export interface UsageFigures {
	readonly total: UsageSum;
	/** 0 to 1: tokens read from the cache, of all that were read; null where none were. */
	readonly cacheShare: number | null;
	/** By hour, day, week or month, without gaps. */
	readonly over: readonly NamedUsage[];
	/** The cost of each model, the dearest first: US dollars by the places of `over`. */
	readonly overByModel: readonly { readonly name: string; readonly costUsd: readonly number[] }[];
	readonly projects: readonly NamedUsage[];
	readonly models: readonly NamedUsage[];
	readonly clients: readonly NamedUsage[];
	/** Its own messages, `main` those of orchestrators. */
	readonly agentTypes: readonly NamedUsage[];
	/** The same with what the agents that they launched used, to any depth; orchestrators left out. */
	readonly agentFamilies: readonly NamedUsage[];
	/** By session id, with all its agents and the sessions that it started; at most 50. */
	readonly sessions: readonly (NamedUsage & {
		readonly project: string;
		readonly startedAt: number | null;
	})[];
	/** By hour of the local week, from Monday midnight on: 168 sums. */
	readonly weekHours: readonly Pick<UsageSum, "messages" | "costUsd" | "tokensOut">[];
}

/** Sums up the messages of a period. Linear in their number. */
export function usageFigures(
	columns: UsageColumns,
	period: Period,
	filter: InsightFilter,
	grain: Grain,
): UsageFigures {
	const { messages, actors, sessions } = columns;
	const calendar = new Calendar(period, grain);
	const passing = passingActors(columns, filter, false);
	const model = codeOf(columns.models, filter.model);
	const days = calendar.keys.length;
	const overByModel = new SumTable(days * columns.models.names.length);
	const byActor = new SumTable(actors.length);
	const byWeekHour = new SumTable(WEEK_HOURS);
	for (let at = 0; at < messages.length; at++) {
		const ts = messages.times[at] ?? 0;
		const place = messages.actors[at] ?? 0;
		if (ts < period.from || ts >= period.until || passing[place] !== 1) continue;
		const code = messages.models[at] ?? 0;
		if (model !== null && code !== model) continue;
		const weekHour = calendar.weekHourOf(ts);
		if (filter.weekHour !== undefined && weekHour !== filter.weekHour) continue;
		overByModel.add(code * days + calendar.placeOf(ts), messages, at);
		byActor.add(place, messages, at);
		byWeekHour.add(weekHour, messages, at);
	}
	// All others are sums of these, of whole numbers, whose order makes no difference.
	const over = overByModel.summed(days, (place) => [place % days]);
	const total = over.summed(1, () => [0]);
	const byModel = overByModel.summed(columns.models.names.length, (place) => [
		Math.floor(place / days),
	]);
	const sessionOf = (place: number) => sessions[actors[place]?.session ?? -1];
	const byProject = byActor.summed(columns.projects.names.length, (place) => [
		sessionOf(place)?.project ?? 0,
	]);
	const byClient = byActor.summed(columns.clients.names.length, (place) => [
		sessionOf(place)?.client ?? 0,
	]);
	const byType = byActor.summed(columns.types.names.length, (place) => [actors[place]?.type ?? 0]);
	const byFamily = byActor.summed(
		columns.types.names.length,
		(place) => actors[place]?.types ?? [],
	);
	const within = placesWithin(sessions, filter.session);
	const bySession = byActor.summed(
		sessions.length,
		(place) => within[actors[place]?.session ?? -1] ?? [],
	);
	const sum = total.at(0);
	const read = sum.tokensIn + sum.cacheRead + sum.cacheWrite;
	return {
		total: sum,
		cacheShare: read === 0 ? null : sum.cacheRead / read,
		over: calendar.keys.map((name, at) => ({ name, ...over.at(at) })),
		overByModel: byModel.largest(columns.models.names.length).map((model) => ({
			name: columns.models.names[model] ?? "",
			costUsd: calendar.keys.map(
				(_, at) => overByModel.at(model * calendar.keys.length + at).costUsd ?? 0,
			),
		})),
		projects: byProject.named(columns.projects.names),
		models: byModel.named(columns.models.names),
		clients: byClient.named(columns.clients.names),
		agentTypes: byType.named(columns.types.names),
		agentFamilies: byFamily.named(columns.types.names),
		sessions: bySession
			.largest(MAX_SESSIONS)
			.map((at) => ({ ...bySession.at(at), ...aboutSession(columns, at) })),
		weekHours: Array.from({ length: WEEK_HOURS }, (_, at) => {
			const { messages: count, costUsd, tokensOut } = byWeekHour.at(at);
			return { messages: count, costUsd, tokensOut };
		}),
	};
}

/** Of each session itself and those that it is part of, as places; only what is part of one where that is wanted. */
function placesWithin(sessions: UsageColumns["sessions"], wanted: string | undefined): number[][] {
	const isWanted = ({ within }: UsageColumns["sessions"][number]): boolean =>
		wanted === undefined || within.includes(wanted);
	const places = new Map(
		sessions.flatMap((session, place) => (isWanted(session) ? [[session.id, place]] : [])),
	);
	return sessions.map(({ within }) => within.flatMap((id) => places.get(id) ?? []));
}

function aboutSession({ sessions, projects }: UsageColumns, at: number) {
	const session = sessions[at];
	return {
		name: session?.id ?? "",
		project: projects.names[session?.project ?? -1] ?? "",
		startedAt: session?.startedAt ?? null,
	};
}

type Summed = UsageColumns["messages"];

/** Numbers of a sum, in this order. */
const FIELDS = 7;
const [MESSAGES, IN, OUT, READ, WRITE, NANO_USD, UNPRICED] = [0, 1, 2, 3, 4, 5, 6];

/** Sums by place. */
class SumTable {
	/** The numbers of a place stand side by side. */
	readonly #sums: Float64Array;

	constructor(places: number) {
		this.#sums = new Float64Array(places * FIELDS);
	}

	add(place: number, from: Summed, at: number): void {
		const sums = this.#sums;
		const first = place * FIELDS;
		increase(sums, first + MESSAGES, 1);
		increase(sums, first + IN, from.tokensIn[at] ?? 0);
		increase(sums, first + OUT, from.tokensOut[at] ?? 0);
		increase(sums, first + READ, from.cacheRead[at] ?? 0);
		increase(sums, first + WRITE, from.cacheWrite[at] ?? 0);
		const nanoUsd = from.nanoUsd[at] ?? Number.NaN;
		if (Number.isNaN(nanoUsd)) increase(sums, first + UNPRICED, 1);
		else increase(sums, first + NANO_USD, nanoUsd);
	}

	/** The same by other places, of which one here may go into several. */
	summed(places: number, placesOf: (place: number) => readonly number[]): SumTable {
		const made = new SumTable(places);
		for (let first = 0; first < this.#sums.length; first += FIELDS) {
			if (this.#sums[first + MESSAGES] === 0) continue;
			for (const place of placesOf(first / FIELDS)) {
				for (let field = 0; field < FIELDS; field++) {
					increase(made.#sums, place * FIELDS + field, this.#sums[first + field] ?? 0);
				}
			}
		}
		return made;
	}

	at(place: number): UsageSum {
		const messages = this.#field(place, MESSAGES);
		const messagesWithoutPrice = this.#field(place, UNPRICED);
		return {
			messages,
			tokensIn: this.#field(place, IN),
			tokensOut: this.#field(place, OUT),
			cacheRead: this.#field(place, READ),
			cacheWrite: this.#field(place, WRITE),
			costUsd: messages > messagesWithoutPrice ? this.#field(place, NANO_USD) / NANO : null,
			messagesWithoutPrice,
		};
	}

	/** Those with any message, the dearest first. */
	named(names: readonly string[]): NamedUsage[] {
		return this.largest(names.length).map((at) => ({ name: names[at] ?? "", ...this.at(at) }));
	}

	/** Places with any message, the dearest first, then those with most tokens. */
	largest(most: number): number[] {
		const places = Array.from({ length: this.#sums.length / FIELDS }, (_, place) => place);
		return places
			.filter((place) => this.#field(place, MESSAGES) > 0)
			.sort(
				(a, b) =>
					this.#field(b, NANO_USD) - this.#field(a, NANO_USD) ||
					tokensOf(this.at(b)) - tokensOf(this.at(a)),
			)
			.slice(0, most);
	}

	#field(place: number, field: number): number {
		return this.#sums[place * FIELDS + field] ?? 0;
	}
}

function increase(sums: Float64Array, at: number, by: number): void {
	sums[at] = (sums[at] ?? 0) + by;
}
