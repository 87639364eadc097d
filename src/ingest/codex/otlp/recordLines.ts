import type { PriceOf } from "../../../model/usage/price.ts";
import { failureWord } from "../../kit/failureWord.ts";
import { objectIn } from "../../kit/jsonLines.ts";
import { programOf } from "../../kit/programOf.ts";
import type { OtlpRecord } from "../../otlp/otlpRecords.ts";
import {
	type ReceivedFields,
	type ReceivedLine,
	receivedLine,
	requestId,
} from "../../otlp/receivedLine.ts";
import { spentTokens } from "../../otlp/spentTokens.ts";
import { codexIdentity } from "../codexIdentity.ts";
import { callOf } from "../codexTools.ts";

const { name: CODEX } = codexIdentity;
/** Longest arguments and outputs that are looked at, characters: no text of them is kept. */
const LONGEST = 65_536;
/** Tools that run scripts, whose own calls are told one by one, and that wait for such a script. */
const SCRIPTS = /^(?:exec|wait)$/;

/** Whose a thread is. */
export interface ThreadPlace {
	/** The thread that a person started. */
	readonly session: string;
	/** Empty for that one. */
	readonly agent: string;
}

export function lineOf(
	{ session, agent }: ThreadPlace,
	event: string,
	at: number,
	fields: ReceivedFields,
): ReceivedLine | null {
	return receivedLine(CODEX, event, at, { session_id: session, agent_id: agent, ...fields });
}

/** Of a call that was let through its result tells more, such as that a command is a patch. */
export function decided(record: OtlpRecord, place: ThreadPlace): (ReceivedLine | null)[] {
	const { at, attributes: a } = record;
	if (isScript(record) || !/^(?:denied|abort)/i.test(a.text("decision"))) return [];
	const { fields } = calledIn(record);
	const denial = { ...fields, success: false, error_class: "denied" };
	return [lineOf(place, "tool_use", at, fields), lineOf(place, "tool_result", at, denial)];
}

export function isScript({ attributes: a }: OtlpRecord): boolean {
	return SCRIPTS.test(a.text("tool_name")) && /^(?:|functions)$/.test(a.text("tool_namespace"));
}

/** A call by the words that rollouts are read with. */
export function calledIn({ attributes: a }: OtlpRecord) {
	const namespace = a.text("tool_namespace").replace(/^functions$/, "");
	const args = a.text("arguments").slice(0, LONGEST);
	const { id, named, command } = callOf(a.text("call_id"), a.text("tool_name"), namespace, args);
	const server = a.text("mcp_server") || named.mcpServer;
	return {
		kind: named.kind,
		fields: {
			id,
			tool: named.tool,
			raw_tool: named.rawTool ?? "",
			program: command === undefined ? "" : programOf(command),
			mcp_server: server,
		},
	};
}

/** A command that ends with another code than 0 counts as done well there. null: it went well. */
export function failureIn(
	{ attributes: a }: OtlpRecord,
	kind: Parameters<typeof failureWord>[1],
): string | null {
	const output = a.text("output").slice(0, LONGEST);
	const code = /^(?:Process exited with code|Exit code:) (\d{1,5})$/m.exec(output)?.[1];
	if (code !== undefined && code !== "0") return `exit_${code}`;
	return a.flag("success") === false ? failureWord(output, kind) : null;
}

export function short({ attributes: a }: OtlpRecord, name: string) {
	const text = a.text(name);
	return text.length > LONGEST ? null : objectIn(text);
}

export function isUsage({ name, attributes: a }: OtlpRecord): boolean {
	return name === "codex.sse_event" && a.number("input_token_count") !== null;
}

/** Cached tokens are part of the input here, and reasoning is of the output. */
export function spent(
	record: OtlpRecord,
	place: ThreadPlace,
	priceOf: PriceOf,
): ReceivedLine | null {
	const { at, attributes: a } = record;
	const input = a.number("input_token_count");
	const output = a.number("output_token_count");
	const counted = {
		input,
		cacheRead: a.number("cached_token_count"),
		cacheWrite: a.number("cache_write_token_count"),
		output,
	};
	const thread = place.agent || place.session;
	return lineOf(place, "usage", at, {
		id: requestId(CODEX, thread, at, input ?? 0, output ?? 0),
		...spentTokens(counted, a.text("model"), at, priceOf),
	});
}
