import { createHash } from "node:crypto";
import {
	MAX_COST_USD,
	MAX_COUNT,
	MAX_DURATION_MS,
	MAX_ID_LENGTH,
} from "../../model/events/limits.ts";

/** What a field of a line may be: what is anything else is left out, whatever a client sent. */
const SHAPES = {
	id: (value) => isWord(value, MAX_ID_LENGTH),
	name: (value) => typeof value === "string" && /^[\w@.:/+-][\w @.:/+-]{0,127}$/.test(value),
	program: (value) => typeof value === "string" && /^[\w.+-]{1,64}$/.test(value),
	term: (value) => typeof value === "string" && /^[a-z][a-z0-9_-]{0,63}$/.test(value),
	count: (value) => isUpTo(value, MAX_COUNT) && Number.isInteger(value),
	duration: (value) => isUpTo(value, MAX_DURATION_MS),
	cost: (value) => isUpTo(value, MAX_COST_USD),
	flag: (value) => typeof value === "boolean",
} as const satisfies Record<string, (value: unknown) => boolean>;

/** All that a line may hold of what a client sent: there is no field for a text. */
const FIELDS = {
	session_id: "id",
	agent_id: "id",
	parent_id: "id",
	id: "id",
	child_id: "id",
	tool: "name",
	raw_tool: "name",
	mcp_server: "name",
	skill: "name",
	subagent_type: "name",
	agent_type: "name",
	model: "name",
	program: "program",
	error_class: "term",
	outcome: "term",
	status: "term",
	source: "term",
	success: "flag",
	aside: "flag",
	background: "flag",
	duration_ms: "duration",
	stubs: "count",
	tokens_in: "count",
	tokens_out: "count",
	cache_read: "count",
	cache_write: "count",
	cost_usd: "cost",
} as const satisfies Record<string, keyof typeof SHAPES>;

type FieldName = keyof typeof FIELDS;

/** Fields without which a line says nothing. */
const NEEDED: Readonly<Record<string, readonly FieldName[]>> = {
	agent_spawn: ["id"],
	agent_link: ["id", "child_id"],
	agent_start: ["agent_id"],
	agent_stop: ["agent_id"],
	tool_use: ["id"],
	tool_result: ["id", "success"],
	usage: ["id", "model"],
};

/** What a line tells beside when and of whom. */
export type ReceivedFields = Readonly<Partial<Record<FieldName, string | number | boolean | null>>>;

/** A line of the event log, made of what was received; docs/events.md has its fields. */
export type ReceivedLine = ReceivedFields & {
	readonly v: 2;
	readonly ts: string;
	readonly event: string;
	readonly client: string;
	readonly via: "otlp";
	readonly session_id: string;
};

/**
 * @param at ms since the epoch
 * @returns null where it does not say when, of which session, or what it cannot do without
 */
export function receivedLine(
	client: string,
	event: string,
	at: number,
	fields: ReceivedFields,
): ReceivedLine | null {
	const kept = Object.entries(fields).filter(([name, value]) =>
		SHAPES[FIELDS[name as FieldName]](value),
	);
	const known = Object.fromEntries(kept);
	if (NEEDED[event]?.some((name) => known[name] === undefined)) return null;
	const { session_id, ...rest } = known;
	if (typeof session_id !== "string" || !(at > 0 && at < 8.64e15)) return null;
	const ts = new Date(at).toISOString();
	return { v: 2, ts, event, client, via: "otlp", session_id, ...rest };
}

/** An id for a request to a model, which is the same when it is told again. */
export function requestId(...parts: readonly (string | number | null)[]): string {
	const hash = createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
	return `otlp_${hash.slice(0, 22)}`;
}

function isWord(value: unknown, longest: number): boolean {
	return typeof value === "string" && value.length <= longest && /^[!-~]+$/.test(value);
}

function isUpTo(value: unknown, most: number): boolean {
	return typeof value === "number" && value >= 0 && value <= most;
}
