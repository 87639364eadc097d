import { INTERRUPTED } from "../model/calls/mergeCalls.ts";
import type {
	ExportAgent,
	ExportCall,
	ExportMessage,
	ExportRows,
	ExportSession,
} from "../telemetry/queries/exportRows.ts";
import { kindOf } from "../telemetry/tables/functionId.ts";
import { hexId, type OtlpSpan } from "./span.ts";

/** After a session was heard of last, when nobody told of its end, ms. */
const QUIET_MS = 30 * 60_000;

/**
 * The spans of a session: one trace, in which agents are nested as they were. Names are those of the
 * GenAI semantic conventions 1.41 (https://opentelemetry.io/docs/specs/semconv/gen-ai/), and
 * `agent_live_graph.` where they have none.
 */
export function sessionSpans(session: ExportSession, rows: ExportRows): OtlpSpan[] {
	return [
		rootSpan(session),
		...rows.agents.map((agent) => agentSpan(session, agent)),
		...rows.calls.map((call) => callSpan(session, call)),
		...rows.messages.map((message) => messageSpan(session, message)),
	].sort((a, b) => a.startMs - b.startMs);
}

function rootSpan(session: ExportSession): OtlpSpan {
	return {
		traceId: traceOf(session),
		spanId: spanOf(session, null),
		parentSpanId: "",
		name: "invoke_agent",
		kind: 1,
		startMs: session.startedAt,
		endMs: session.endedAt,
		attributes: {
			"gen_ai.operation.name": "invoke_agent",
			"gen_ai.conversation.id": session.id,
			"gen_ai.request.model": word(session.model),
			"agent_live_graph.client": word(session.client),
		},
		isError: false,
		readyMs: session.endedAt + (session.isEnded === 1 ? 0 : QUIET_MS),
	};
}

function agentSpan(session: ExportSession, agent: ExportAgent): OtlpSpan {
	const type = word(agent.type);
	const endMs = Math.max(agent.startedAt, agent.endedAt);
	return {
		traceId: traceOf(session),
		spanId: spanOf(session, agent.id),
		parentSpanId: spanOf(session, agent.parent),
		name: type === null ? "invoke_agent" : `invoke_agent ${type}`,
		kind: 1,
		startMs: agent.startedAt,
		endMs,
		attributes: {
			"gen_ai.operation.name": "invoke_agent",
			"gen_ai.conversation.id": session.id,
			"gen_ai.agent.id": agent.id,
			"gen_ai.agent.name": type,
			"gen_ai.request.model": word(agent.model),
			"agent_live_graph.client": word(session.client),
			"agent_live_graph.outcome": word(agent.outcome),
			"agent_live_graph.stubs": agent.stubs,
		},
		isError: agent.outcome === "fail",
		readyMs: endMs,
	};
}

function callSpan(session: ExportSession, call: ExportCall): OtlpSpan {
	const tool = word(call.tool) ?? OTHER;
	const isInterrupted = call.errorClass === INTERRUPTED;
	const isError = call.success === 0 && !isInterrupted;
	const endMs = call.ts + (call.durationMs ?? 0);
	return {
		traceId: traceOf(session),
		spanId: hexId("call", call.id, 16),
		parentSpanId: spanOf(session, call.agent),
		name: `execute_tool ${tool}`,
		kind: 1,
		startMs: call.ts,
		endMs,
		attributes: {
			"gen_ai.operation.name": "execute_tool",
			"gen_ai.conversation.id": session.id,
			"gen_ai.agent.id": call.agent,
			"gen_ai.tool.name": tool,
			"gen_ai.tool.call.id": call.id,
			"error.type": isError ? (word(call.errorClass) ?? OTHER) : null,
			"agent_live_graph.client": word(session.client),
			"agent_live_graph.function": functionOf(call.functionId),
			"agent_live_graph.interrupted": isInterrupted || null,
		},
		isError,
		readyMs: endMs,
	};
}

function messageSpan(session: ExportSession, message: ExportMessage): OtlpSpan {
	const model = word(message.model) ?? OTHER;
	return {
		traceId: traceOf(session),
		spanId: hexId("message", message.id, 16),
		parentSpanId: spanOf(session, message.agent),
		name: `chat ${model}`,
		kind: 3,
		startMs: message.ts,
		endMs: message.ts,
		attributes: {
			"gen_ai.operation.name": "chat",
			"gen_ai.provider.name": providerOf(model),
			"gen_ai.conversation.id": session.id,
			"gen_ai.agent.id": message.agent,
			"gen_ai.response.id": message.id,
			"gen_ai.response.model": model,
			"gen_ai.usage.input_tokens": message.tokensIn + message.cacheRead + message.cacheWrite,
			"gen_ai.usage.output_tokens": message.tokensOut,
			"gen_ai.usage.cache_read.input_tokens": message.cacheRead,
			"gen_ai.usage.cache_creation.input_tokens": message.cacheWrite,
			"agent_live_graph.client": word(session.client),
			"agent_live_graph.cost.usd": message.costUsd,
		},
		isError: false,
		readyMs: message.ts,
	};
}

const OTHER = "_OTHER";

function traceOf({ id }: ExportSession): string {
	return hexId("session", id, 32);
}

/** @param agent null for the orchestrator */
function spanOf(session: ExportSession, agent: string | null): string {
	return agent === null ? hexId("session", session.id, 16) : hexId("agent", agent, 16);
}

/** A name that is plainly one: what has more in it than a name needs may be anything, and stays here. */
function word(text: string | null): string | null {
	return text !== null && /^[\w.:@+-]{1,128}$/.test(text) ? text : null;
}

/**
 * A function by its name, where that tells no path: one of a file or a registry is known by a hash, the same
 * for everybody who has it there, and its name within.
 */
function functionOf(id: string): string {
	if (kindOf(id) !== "registry" && /^[\w.:@+/ -]{1,160}$/.test(id)) return id;
	const [, name = ""] = /#([\w.$]{1,128})$/.exec(id) ?? [];
	return `fn:${hexId("function", id, 16)}${name === "" ? "" : `#${name}`}`;
}

function providerOf(model: string): string {
	return PROVIDERS.find(([form]) => form.test(model))?.[1] ?? OTHER;
}

const PROVIDERS: readonly (readonly [RegExp, string])[] = [
	[/^claude/, "anthropic"],
	[/^(?:gpt|o\d|codex)/, "openai"],
	[/^gemini/, "gcp.gemini"],
	[/^grok/, "x_ai"],
	[/^deepseek/, "deepseek"],
	[/^mistral/, "mistral_ai"],
];
