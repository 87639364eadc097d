import { failureWord } from "../../kit/failureWord.ts";
import { objectIn } from "../../kit/jsonLines.ts";
import { programOf } from "../../kit/programOf.ts";
import { textOf } from "../../kit/raw.ts";
import type { OtlpClient, OtlpReader, Received } from "../../otlp/otlpPort.ts";
import type { OtlpRecord } from "../../otlp/otlpRecords.ts";
import {
	type ReceivedFields,
	type ReceivedLine,
	receivedLine,
	requestId,
} from "../../otlp/receivedLine.ts";
import { RecentMap } from "../../otlp/recentMap.ts";
import { readOutcome } from "../../outcomeMarker.ts";
import { CLAUDE_CODE, kindOfTool, mcpToolOf } from "../calls/tools.ts";

/** Agents, and sessions, of which something is kept. */
const KEPT = 4096;
/** Longest arguments that are looked at, characters: nothing of them is kept but the first word. */
const LONGEST = 65_536;
/**
 * Words of the orchestrator are its last where nothing of it follows for so long, ms: the client sends
 * what happened every 5 s.
 */
const LAST_WORDS_MS = 15_000;

/** Events that tell nothing that is asked for. As seen in version 2.1.329. */
const OF_NO_INTEREST =
	/^(?:managed_settings|plugin_|mcp_server_|hook_|api_(?:error|refusal|retries|request_body|response_body)|permission_|auth|at_mention|skill_activated|internal_error|feedback_|retry_|settings_|session_|at_file|memory_|command_|slash_|retention_)/;

/** Log records of Claude Code: they say of each call and request which agent made it. */
export const claudeCodeOtlp: OtlpClient = {
	name: CLAUDE_CODE,
	isOwn: (service) => service === "claude-code",
	newOtlpReader: () => new ClaudeCodeOtlp(),
};

class ClaudeCodeOtlp implements OtlpReader {
	/** Whether an agent is at work, and what it said last that it came to. */
	readonly #agents = new RecentMap<{ isAtWork: boolean; claim: ReturnType<typeof readOutcome> }>(
		KEPT,
	);
	/** Sessions whose orchestrator spoke last, and when that was told. */
	readonly #spoke = new RecentMap<{ readonly at: number; readonly toldAt: number }>(KEPT);

	read(records: readonly OtlpRecord[], now: number): Received {
		const unknown: string[] = [];
		const lines = records.flatMap((record) => {
			// Its spans say the same once more.
			const told = record.kind === "span" ? [] : this.#log(record, now);
			if (told !== null) return told;
			unknown.push(record.name);
			return [];
		});
		return { lines: lines.filter((line) => line !== null), unknown };
	}

	settle(now: number): ReceivedLine[] {
		const over = this.#spoke.entries().filter(([, { toldAt }]) => now - toldAt >= LAST_WORDS_MS);
		for (const [session] of over) this.#spoke.delete(session);
		return over.flatMap(
			([session, { at }]) =>
				receivedLine(CLAUDE_CODE, "turn_end", at, { session_id: session }) ?? [],
		);
	}

	remember({ event, agent_id: agent }: ReceivedLine): void {
		if (typeof agent !== "string" || !/^agent_(?:start|stop)$/.test(event)) return;
		this.#agents.set(agent, { isAtWork: event === "agent_start", claim: readOutcome("") });
	}

	#log(record: OtlpRecord, now: number): (ReceivedLine | null)[] | null {
		const { attributes: a, name, at } = record;
		const session = a.text("session.id");
		const agent = a.text("agent_id");
		if (agent === "" && /^(?:user_prompt|tool_|api_request$)/.test(name)) {
			this.#spoke.delete(session);
		}
		const line = (event: string, fields: ReceivedFields, ts = at) =>
			receivedLine(CLAUDE_CODE, event, ts, {
				session_id: session,
				agent_id: agent,
				...fields,
			});
		switch (name) {
			case "user_prompt":
				return [line("prompt", {})];
			case "tool_decision":
				return decided(record, line);
			case "tool_result":
				return returned(record, line);
			case "api_request":
				return [...this.#begun(record, line), asked(record, line)];
			case "assistant_response":
				this.#said(record, now);
				return [];
			case "subagent_completed":
				return [this.#ended(record, line)];
			case "compaction":
				return [line("compact", {})];
			default:
				return OF_NO_INTEREST.test(name) ? [] : null;
		}
	}

	/** An agent is first heard of by a request, which was made before all else that it does. */
	#begun({ attributes: a, at }: OtlpRecord, line: Line): (ReceivedLine | null)[] {
		const agent = a.text("agent_id");
		if (agent === "" || this.#agents.get(agent)?.isAtWork) return [];
		this.#agents.set(agent, { isAtWork: true, claim: readOutcome("") });
		const began = at - (a.number("duration_ms") ?? 0);
		return [line("agent_start", { agent_type: a.text("agent.name") }, began)];
	}

	#said({ attributes: a, at }: OtlpRecord, now: number): void {
		const agent = a.text("agent_id");
		if (agent === "") {
			this.#spoke.set(a.text("session.id"), { at, toldAt: now });
			return;
		}
		const known = this.#agents.get(agent);
		if (known !== undefined) known.claim = readOutcome(a.text("response"));
	}

	#ended({ attributes: a }: OtlpRecord, line: Line): ReceivedLine | null {
		const agent = a.text("agent_id");
		const claim = this.#agents.get(agent)?.claim ?? readOutcome("");
		this.#agents.set(agent, { isAtWork: false, claim: readOutcome("") });
		return line("agent_stop", { agent_type: a.text("agent_type"), ...claim });
	}
}

type Line = (event: string, fields: ReceivedFields, ts?: number) => ReceivedLine | null;

/** A call is let through, or not: then nothing else is told of it. */
function decided(record: OtlpRecord, line: Line): (ReceivedLine | null)[] {
	const { attributes: a } = record;
	const call = callOf(record);
	const isDenied = a.text("decision") === "reject";
	const denial = { ...call, success: false, error_class: "denied" };
	if (kindOfTool(a.text("tool_name")) !== "launch") {
		return [line("tool_use", call), ...(isDenied ? [line("tool_result", denial)] : [])];
	}
	const type = textOf(argumentsOf(record)?.subagent_type) ?? "";
	const launch = { id: call.id, parent_id: a.text("agent_id"), subagent_type: type };
	return [line("agent_spawn", launch), ...(isDenied ? [line("tool_result", denial)] : [])];
}

function returned(record: OtlpRecord, line: Line): (ReceivedLine | null)[] {
	const { attributes: a } = record;
	const success = a.flag("success");
	const kind = kindOfTool(a.text("tool_name"));
	// What came of an agent it says itself.
	if (kind === "launch" && success !== false) return [];
	const told = { ...callOf(record), success, duration_ms: a.number("duration_ms") };
	if (success !== false) return [line("tool_result", told)];
	const word = failureWord(a.text("error") || a.text("error_type"), kind);
	return [line("tool_result", { ...told, error_class: word })];
}

function callOf(record: OtlpRecord) {
	const { attributes: a } = record;
	const args = argumentsOf(record);
	const tool = a.text("tool_name");
	const command = textOf(args?.full_command) ?? textOf(args?.bash_command) ?? "";
	const server = textOf(args?.mcp_server_name) ?? mcpToolOf(tool).mcpServer;
	return {
		id: a.text("tool_use_id"),
		tool,
		program: kindOfTool(tool) === "shell" ? programOf(command) : "",
		skill: textOf(args?.skill_name) ?? "",
		mcp_server: server,
	};
}

/** Sent where a setting of the client says so. */
function argumentsOf({ attributes: a }: OtlpRecord) {
	const text = a.text("tool_parameters");
	return text === "" || text.length > LONGEST ? null : objectIn(text);
}

/** A request to a model. Titles and summaries the client asks for itself. */
function asked({ attributes: a, at }: OtlpRecord, line: Line): ReceivedLine | null {
	const tokens = {
		tokens_in: a.number("input_tokens"),
		tokens_out: a.number("output_tokens"),
		cache_read: a.number("cache_read_tokens"),
		cache_write: a.number("cache_creation_tokens"),
	};
	const [session, agent] = [a.text("session.id"), a.text("agent_id")];
	const told = [a.number("event.sequence"), a.text("model"), ...Object.values(tokens)];
	const isAside = !/^(?:sdk|repl_main_thread|agent:|user$)/.test(a.text("query_source"));
	return line("usage", {
		id: requestId(CLAUDE_CODE, session, agent, at, ...told),
		model: a.text("model"),
		...tokens,
		cost_usd: a.number("cost_usd"),
		aside: isAside,
	});
}
