import { INTERRUPTED } from "../../model/calls/mergeCalls.ts";
import type {
	ExportAgent,
	ExportCall,
	ExportFinding,
	ExportMessage,
	ExportRows,
	ExportSession,
	ExportWait,
} from "../../telemetry/queries/exportRows.ts";
import { exportedFunction, OTHER, providerOf, word } from "./exportedNames.ts";
import { placeOf } from "./placeOf.ts";
import { hexId, type SpanEvent, type SpanRecord } from "./spanRecord.ts";
import { type ExportedTurn, TurnsOf } from "./turnsOf.ts";

/**
 * The spans of a session: a trace for each turn of its orchestrator, in which agents are nested as they were.
 * Names are those of the GenAI semantic conventions 1.41
 * (https://opentelemetry.io/docs/specs/semconv/gen-ai/), and `agent_live_graph.` where they have none.
 */
export function sessionSpans(session: ExportSession, rows: ExportRows): SpanRecord[] {
	const spans = new SessionSpans(session, rows);
	return [
		...spans.turns(),
		...rows.agents.flatMap((agent) => spans.agent(agent)),
		...rows.calls.map((call) => spans.call(call)),
		...rows.messages.map((message) => spans.message(message)),
	].sort((a, b) => a.startMs - b.startMs);
}

class SessionSpans {
	readonly #session: ExportSession;
	readonly #turns: TurnsOf;
	readonly #waits: WaitsOf;
	/** By call. */
	readonly #findings = new Map<string, ExportFinding[]>();
	/** Ids of the spans of agents. */
	readonly #spans = new Map<string, string>();

	constructor(session: ExportSession, rows: ExportRows) {
		this.#session = session;
		this.#turns = new TurnsOf(session, rows);
		this.#waits = new WaitsOf(rows);
		for (const finding of rows.findings) {
			const known = this.#findings.get(finding.call);
			if (known === undefined) this.#findings.set(finding.call, [finding]);
			else known.push(finding);
		}
	}

	turns(): SpanRecord[] {
		const { client, model } = this.#session;
		return this.#turns.all.map((turn) => ({
			traceId: turn.traceId,
			spanId: turn.spanId,
			parentSpanId: "",
			name: "invoke_agent",
			isClient: false,
			startMs: turn.startMs,
			endMs: turn.endMs,
			attributes: {
				"gen_ai.operation.name": "invoke_agent",
				"gen_ai.conversation.id": this.#session.id,
				"gen_ai.request.model": word(model),
				"agent_live_graph.client": word(client),
			},
			events: [],
			isError: false,
			readyMs: turn.readyMs,
		}));
	}

	/** None while it runs. */
	agent(agent: ExportAgent): SpanRecord[] {
		if (agent.endedAt === null) return [];
		const type = word(agent.type);
		const endMs = Math.max(agent.startedAt, agent.endedAt);
		const turn = this.#turns.of(agent.id, agent.startedAt);
		const isError = agent.outcome === "fail";
		return [
			{
				traceId: turn.traceId,
				spanId: this.#spanOf(agent.id),
				parentSpanId: this.#above(turn, agent.parent),
				name: type === null ? "invoke_agent" : `invoke_agent ${type}`,
				isClient: false,
				startMs: agent.startedAt,
				endMs,
				attributes: {
					"gen_ai.operation.name": "invoke_agent",
					"gen_ai.conversation.id": this.#session.id,
					"gen_ai.agent.id": agent.id,
					"gen_ai.agent.name": type,
					"gen_ai.request.model": word(agent.model),
					"error.type": isError ? OTHER : null,
					"agent_live_graph.client": word(this.#session.client),
					"agent_live_graph.outcome": word(agent.outcome),
					"agent_live_graph.stubs": agent.stubs,
				},
				events: isError ? [failure(endMs, OTHER)] : [],
				isError,
				readyMs: endMs,
			},
		];
	}

	call(call: ExportCall): SpanRecord {
		const tool = word(call.tool) ?? OTHER;
		const isInterrupted = call.errorClass === INTERRUPTED;
		const isError = call.success === 0 && !isInterrupted;
		const errorType = isError ? (word(call.errorClass) ?? OTHER) : null;
		const endMs = call.ts + (call.durationMs ?? 0);
		const turn = this.#turns.of(call.agent, call.ts);
		return {
			traceId: turn.traceId,
			spanId: hexId("call", call.id, 16),
			parentSpanId: this.#above(turn, call.agent),
			name: `execute_tool ${tool}`,
			isClient: false,
			startMs: call.ts,
			endMs,
			attributes: {
				"gen_ai.operation.name": "execute_tool",
				"gen_ai.conversation.id": this.#session.id,
				"gen_ai.agent.id": call.agent,
				"gen_ai.tool.name": tool,
				"gen_ai.tool.call.id": call.id,
				"error.type": errorType,
				"agent_live_graph.client": word(this.#session.client),
				"agent_live_graph.function": exportedFunction(call.functionId),
				"agent_live_graph.interrupted": isInterrupted || null,
				"agent_live_graph.timed": call.durationMs === null ? false : null,
				"agent_live_graph.order": call.order === 0 ? null : call.order,
			},
			events: [
				...this.#waits.within(call, endMs),
				...(this.#findings.get(call.id) ?? []).map(found),
				...(errorType === null ? [] : [failure(endMs, errorType)]),
			],
			isError,
			readyMs: endMs,
		};
	}

	message(message: ExportMessage): SpanRecord {
		const model = word(message.model) ?? OTHER;
		const turn = this.#turns.of(message.agent, message.ts);
		return {
			traceId: turn.traceId,
			spanId: hexId("message", message.id, 16),
			parentSpanId: this.#above(turn, message.agent),
			name: `chat ${model}`,
			isClient: true,
			startMs: message.ts,
			endMs: message.ts,
			attributes: {
				"gen_ai.operation.name": "chat",
				"gen_ai.provider.name": providerOf(model),
				"gen_ai.conversation.id": this.#session.id,
				"gen_ai.agent.id": message.agent,
				"gen_ai.response.id": message.id,
				"gen_ai.response.model": model,
				"gen_ai.usage.input_tokens": message.tokensIn + message.cacheRead + message.cacheWrite,
				"gen_ai.usage.output_tokens": message.tokensOut,
				"gen_ai.usage.cache_read.input_tokens": message.cacheRead,
				"gen_ai.usage.cache_creation.input_tokens": message.cacheWrite,
				"agent_live_graph.client": word(this.#session.client),
				"agent_live_graph.cost.usd": message.costUsd,
			},
			events: [],
			isError: false,
			readyMs: message.ts,
		};
	}

	/** Asked for with each call of the agent. */
	#spanOf(agent: string): string {
		let id = this.#spans.get(agent);
		if (id === undefined) {
			id = hexId("agent", agent, 16);
			this.#spans.set(agent, id);
		}
		return id;
	}

	/** @param agent null for the orchestrator */
	#above(turn: ExportedTurn, agent: string | null): string {
		return agent === null ? turn.spanId : this.#spanOf(agent);
	}
}

/** What a call did to a function, or found out of it. */
function found({ kind, ts, functionId, rule, passed }: ExportFinding): SpanEvent {
	return {
		name: `agent_live_graph.${kind}`,
		atMs: ts,
		attributes: {
			"agent_live_graph.function": functionId === null ? null : exportedFunction(functionId),
			"agent_live_graph.rule": rule === null ? null : (word(rule) ?? OTHER),
			"agent_live_graph.passed": passed === null ? null : passed === 1,
		},
	};
}

function failure(atMs: number, type: string): SpanEvent {
	return { name: "exception", atMs, attributes: { "exception.type": type } };
}

/** Where calls waited for a person: told by a hook, or by a duration far above the usual one. */
class WaitsOf {
	readonly #asked = new Map<string, ExportWait[]>();

	constructor({ waits }: ExportRows) {
		for (const wait of waits) {
			const known = this.#asked.get(keyOf(wait.agent, wait.tool));
			if (known === undefined) this.#asked.set(keyOf(wait.agent, wait.tool), [wait]);
			else known.push(wait);
		}
	}

	/** Either may tell of one wait; what took far longer than usual is in no figure of durations. */
	within({ agent, tool, ts, durationMs, waitOverMs }: ExportCall, endMs: number): SpanEvent[] {
		const asked = this.#asked.get(keyOf(agent ?? "", tool)) ?? [];
		// Of calls that run beside each other nobody knows which was asked about.
		const last = durationMs === null ? undefined : asked[placeOf(endMs, asked, (each) => each.ts)];
		const isTold = last !== undefined && last.ts >= ts && last.ts <= endMs;
		return [
			...(isTold ? [waited(last.ts, "hook")] : []),
			...(waitOverMs === null ? [] : [waited(ts, "duration")]),
		];
	}
}

function keyOf(agent: string, tool: string): string {
	return `${agent} ${tool}`;
}

function waited(atMs: number, toldBy: "hook" | "duration"): SpanEvent {
	return {
		name: "agent_live_graph.wait",
		atMs,
		attributes: { "agent_live_graph.wait.told_by": toldBy },
	};
}
