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
	const total = new SumTable(1);
	const over = new SumTable(calendar.keys.length);
	const byProject = new SumTable(columns.projects.names.length);
	const byModel = new SumTable(columns.models.names.length);
	const byClient = new SumTable(columns.clients.names.length);
	const byType = new SumTable(columns.types.names.length);
	const byFamily = new SumTable(columns.types.names.length);
	const overByModel = new SumTable(calendar.keys.length * columns.models.names.length);
	const bySession = new SumTable(sessions.length);
	const within = placesWithin(sessions, filter.session);
	const byWeekHour = new SumTable(WEEK_HOURS);
	for (let at = 0; at < messages.length; at++) {
		const ts = messages.times[at] ?? 0;
		const place = messages.actors[at] ?? 0;
		if (ts < period.from || ts >= period.until || passing[place] !== 1) continue;
		if (model !== null && messages.models[at] !== model) continue;
		const actor = actors[place];
		const session = sessions[actor?.session ?? -1];
		if (actor === undefined || session === undefined) continue;
		if (filter.weekHour !== undefined && calendar.weekHourOf(ts) !== filter.weekHour) continue;
		const when = calendar.placeOf(ts);
		total.add(0, messages, at);
		over.add(when, messages, at);
		overByModel.add((messages.models[at] ?? 0) * calendar.keys.length + when, messages, at);
		byProject.add(session.project, messages, at);
		byModel.add(messages.models[at] ?? 0, messages, at);
		byClient.add(session.client, messages, at);
		byType.add(actor.type, messages, at);
		for (const type of actor.types) byFamily.add(type, messages, at);
		for (const each of within[actor.session] ?? []) bySession.add(each, messages, at);
		byWeekHour.add(calendar.weekHourOf(ts), messages, at);
	}
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

/** Sums by place. */
class SumTable {
	readonly #messages: Float64Array;
	readonly #tokensIn: Float64Array;
	readonly #tokensOut: Float64Array;
	readonly #cacheRead: Float64Array;
	readonly #cacheWrite: Float64Array;
	readonly #nanoUsd: Float64Array;
	readonly #unpriced: Float64Array;

	constructor(places: number) {
		const column = (): Float64Array => new Float64Array(places);
		this.#messages = column();
		this.#tokensIn = column();
		this.#tokensOut = column();
		this.#cacheRead = column();
		this.#cacheWrite = column();
		this.#nanoUsd = column();
		this.#unpriced = column();
	}

	add(place: number, from: Summed, at: number): void {
		increase(this.#messages, place, 1);
		increase(this.#tokensIn, place, from.tokensIn[at] ?? 0);
		increase(this.#tokensOut, place, from.tokensOut[at] ?? 0);
		increase(this.#cacheRead, place, from.cacheRead[at] ?? 0);
		increase(this.#cacheWrite, place, from.cacheWrite[at] ?? 0);
		const nanoUsd = from.nanoUsd[at] ?? Number.NaN;
		if (Number.isNaN(nanoUsd)) increase(this.#unpriced, place, 1);
		else increase(this.#nanoUsd, place, nanoUsd);
	}

	at(place: number): UsageSum {
		const messages = this.#messages[place] ?? 0;
		const messagesWithoutPrice = this.#unpriced[place] ?? 0;
		return {
			messages,
			tokensIn: this.#tokensIn[place] ?? 0,
			tokensOut: this.#tokensOut[place] ?? 0,
			cacheRead: this.#cacheRead[place] ?? 0,
			cacheWrite: this.#cacheWrite[place] ?? 0,
			costUsd: messages > messagesWithoutPrice ? (this.#nanoUsd[place] ?? 0) / NANO : null,
			messagesWithoutPrice,
		};
	}

	/** Those with any message, the dearest first. */
	named(names: readonly string[]): NamedUsage[] {
		return this.largest(names.length).map((at) => ({ name: names[at] ?? "", ...this.at(at) }));
	}

	/** Places with any message, the dearest first, then those with most tokens. */
	largest(most: number): number[] {
		const tokens = (at: number): number =>
			(this.#tokensIn[at] ?? 0) +
			(this.#tokensOut[at] ?? 0) +
			(this.#cacheRead[at] ?? 0) +
			(this.#cacheWrite[at] ?? 0);
		return [...this.#messages.keys()]
			.filter((at) => (this.#messages[at] ?? 0) > 0)
			.sort((a, b) => (this.#nanoUsd[b] ?? 0) - (this.#nanoUsd[a] ?? 0) || tokens(b) - tokens(a))
			.slice(0, most);
	}
}

function increase(sums: Float64Array, at: number, by: number): void {
	sums[at] = (sums[at] ?? 0) + by;
}
