import { BEHIND_KINDS, FUNCTION_COLUMNS, type InsightQuery } from "../insights/insights.ts";
import { GRAINS } from "../insights/period.ts";
import {
	CHART_TYPES,
	type InsightQuestion,
	type InsightsPageMessage,
	PROPOSAL_ACTIONS,
} from "./insightsMessages.ts";

const ID = /^[^\p{Cc}]{1,256}$/u;
const HASH = /^[0-9a-f]{64}$/;
const MAX_TEXT = 512;
/** Functions whose lines are asked for at once, and sessions whose titles are. */
const MAX_IDS = 200;
/** Bytes of a chart that is kept as a file. */
const MAX_CHART = 20_000_000;
const MAX_VIEW = 4096;
const MAX_TIME = 8.64e15;

type Raw = Readonly<Record<string, unknown>>;

/**
 * Checks a message from the page of figures before anything acts on it.
 *
 * @returns the message with nothing in it but what the protocol names; null when it is not one
 */
export function parseInsightsMessage(raw: unknown): InsightsPageMessage | null {
	if (!isObject(raw)) return null;
	const { type } = raw;
	switch (type) {
		case "ready":
			return { type };
		case "ask": {
			const question = questionOf(raw.question);
			return question === null || !isCount(raw.id) ? null : { type, id: raw.id, question };
		}
		case "openSession":
			return isId(raw.session) ? { type, session: raw.session } : null;
		case "openCall": {
			const { session, agent, call } = raw;
			if (!isId(session) || !(agent === null || isId(agent)) || !isId(call)) return null;
			return { type, session, agent, call };
		}
		case "openFunction":
		case "compareVersions":
			return isText(raw.functionId) ? { type, functionId: raw.functionId } : null;
		case "openSequence": {
			const { hash } = raw;
			return typeof hash === "string" && HASH.test(hash) ? { type, hash } : null;
		}
		case "proposal": {
			const action = PROPOSAL_ACTIONS.find((each) => each === raw.action);
			const { hash } = raw;
			if (action === undefined || typeof hash !== "string" || !HASH.test(hash)) return null;
			return { type, hash, action };
		}
		case "remember":
			return isSmall(raw.view) ? { type, view: raw.view } : null;
		case "save": {
			const mime = CHART_TYPES.find((each) => each === raw.mime);
			const { name, data } = raw;
			if (mime === undefined || !isText(name) || typeof data !== "string") return null;
			return data.length > MAX_CHART ? null : { type, mime, name, data };
		}
		case "clientError":
			return typeof raw.message === "string"
				? { type, message: raw.message.slice(0, MAX_TEXT) }
				: null;
		default:
			return null;
	}
}

function questionOf(raw: unknown): InsightQuestion | null {
	if (!isObject(raw)) return null;
	if (raw.kind === "titles") {
		const sessions = idsOf(raw.sessions);
		return sessions === null ? null : { kind: "titles", sessions };
	}
	if (raw.kind === "budgets") return { kind: "budgets" };
	if (raw.kind === "learned") return { kind: "learned", showsAll: raw.showsAll === true };
	if (raw.kind === "behind" || raw.kind === "script") return behindOf(raw.kind, raw);
	const query = queryOf(raw);
	if (query === null) return null;
	switch (raw.kind) {
		case "insights":
			return { kind: raw.kind, ...query };
		case "functions": {
			const sortedBy = FUNCTION_COLUMNS.find((column) => column === raw.sortedBy);
			const { isDescending, text, prefix, withUnused, offset, limit } = raw;
			if (sortedBy === undefined || !isCount(offset) || !isCount(limit)) return null;
			if (typeof text !== "string" || typeof prefix !== "string") return null;
			return {
				kind: "functions",
				...query,
				sortedBy,
				isDescending: isDescending === true,
				text: text.slice(0, MAX_TEXT),
				prefix: prefix.slice(0, MAX_TEXT),
				withUnused: withUnused === true,
				offset,
				limit,
			};
		}
		case "series": {
			const functionIds = idsOf(raw.functionIds);
			return functionIds === null ? null : { kind: raw.kind, ...query, functionIds };
		}
		case "function":
			return isText(raw.functionId)
				? { kind: raw.kind, ...query, functionId: raw.functionId }
				: null;
		case "callsOf": {
			const { functionId, bar, error } = raw;
			if (!isText(functionId) || !(bar === undefined || isCount(bar))) return null;
			if (!(error === undefined || isText(error))) return null;
			return { kind: raw.kind, ...query, functionId, bar, error };
		}
		default:
			return null;
	}
}

function behindOf(kind: "behind" | "script", raw: Raw): InsightQuestion | null {
	const { id, from, until } = raw;
	const what = BEHIND_KINDS.find((each) => each === raw.what);
	if (!isText(id) || !isTime(from) || !isTime(until)) return null;
	if (kind === "script") return { kind, id, from, until };
	const { functionId } = raw;
	if (what === undefined) return null;
	if (functionId === undefined) return { kind, what, id, from, until };
	return isText(functionId) ? { kind, what, id, from, until, functionId } : null;
}

function queryOf({ from, until, grain, filter }: Raw): InsightQuery | null {
	const known = GRAINS.find((each) => each === grain);
	if (!isTime(from) || !isTime(until) || from > until || known === undefined) return null;
	if (!isObject(filter)) return null;
	const { project, model, client, agentType, session, weekHour } = filter;
	const texts = { project, model, client, agentType, session };
	const given = Object.entries(texts).filter(([, value]) => value !== undefined);
	if (!given.every(([, value]) => isText(value))) return null;
	if (weekHour !== undefined && !(isCount(weekHour) && weekHour < 168)) return null;
	return {
		from,
		until,
		grain: known,
		filter: { ...Object.fromEntries(given), ...(weekHour === undefined ? {} : { weekHour }) },
	};
}

function idsOf(raw: unknown): string[] | null {
	return Array.isArray(raw) && raw.length <= MAX_IDS && raw.every(isText) ? raw : null;
}

function isObject(raw: unknown): raw is Raw {
	return typeof raw === "object" && raw !== null;
}

/** Told back to the page, and never looked into by the host. */
function isSmall(value: unknown): boolean {
	return isObject(value) && JSON.stringify(value).length <= MAX_VIEW;
}

function isTime(value: unknown): value is number {
	return typeof value === "number" && Number.isFinite(value) && Math.abs(value) <= MAX_TIME;
}

function isCount(value: unknown): value is number {
	return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isId(value: unknown): value is string {
	return typeof value === "string" && ID.test(value);
}

function isText(value: unknown): value is string {
	return typeof value === "string" && value !== "" && value.length <= MAX_TEXT;
}
