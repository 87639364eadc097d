import type { PriceOf } from "../../model/usage/price.ts";
import { failureWord } from "../kit/failureWord.ts";
import { objectIn } from "../kit/jsonLines.ts";
import { programOf } from "../kit/programOf.ts";
import { textOf } from "../kit/raw.ts";
import type { OtlpClient, OtlpReader, Received } from "../otlp/otlpPort.ts";
import type { OtlpRecord } from "../otlp/otlpRecords.ts";
import {
	type ReceivedFields,
	type ReceivedLine,
	receivedLine,
	requestId,
} from "../otlp/receivedLine.ts";
import { RecentMap } from "../otlp/recentMap.ts";
import { spentTokens } from "../otlp/spentTokens.ts";
import { WaitingFor } from "../otlp/waitingFor.ts";
import { readOutcome } from "../outcomeMarker.ts";
import { copilotIdentity } from "./copilotIdentity.ts";
import { callOf } from "./copilotTools.ts";

const { name: COPILOT } = copilotIdentity;
/** Agents of which something is kept, and spans that wait for theirs. */
const KEPT = 4096;
/** An agent's span comes when it is over; so long its calls wait for it, ms. */
const PLACED_MS = 6 * 3_600_000;
/** Of one agent as many spans wait at most, each for a line or two. */
const MOST_WAITING = 5000;
/** Longest arguments that are looked at, characters: no text of them is kept. */
const LONGEST = 65_536;
/** Spans that tell nothing that is asked for. */
const OF_NO_INTEREST = /^(?:$|(?:hook|permission|external_tool|session|embeddings)\b)/;

/**
 * Spans of Copilot CLI, by the semantic conventions of GenAI. A span comes when it is over: calls of an
 * agent before its own span, which alone says which call launched it.
 */
export const copilotOtlp: OtlpClient = {
	name: COPILOT,
	isOwn: (service) => service === "github-copilot",
	newOtlpReader: (priceOf) => new CopilotOtlp(priceOf),
};

/** A call that launched an agent. */
interface Launch {
	readonly spanId: string;
	/** tool_use_id */
	readonly id: string;
}

/** What a span told that waits, and no text of it. */
interface Told {
	/** They call the agent by its own span. */
	readonly lines: readonly ReceivedLine[];
	readonly launches: readonly Launch[];
}

class CopilotOtlp implements OtlpReader {
	readonly #priceOf: PriceOf;
	/** tool_use_id by the span of its call, as far as the call is a launch. */
	readonly #launches = new RecentMap<string>(KEPT);
	/** The span of the launch, by that of its agent. */
	readonly #launchedBy = new RecentMap<string>(KEPT);
	/** What is told of an agent, by its span, until its launch is known. */
	readonly #waiting = new WaitingFor<Told>(KEPT, MOST_WAITING, PLACED_MS);

	constructor(priceOf: PriceOf) {
		this.#priceOf = priceOf;
	}

	read(records: readonly OtlpRecord[], now: number): Received {
		const unknown: string[] = [];
		const lines = records.flatMap((span) => {
			if (span.kind === "log") return [];
			const told = this.#told(span, now);
			if (told !== null) return told;
			unknown.push(span.name);
			return [];
		});
		return { lines: lines.filter((line) => line !== null), unknown };
	}

	settle(now: number): ReceivedLine[] {
		const late = this.#waiting.late(now).flatMap((agent) => this.#waiting.take(agent));
		// An agent is better known by its own span than by nothing.
		return late.flatMap(({ lines, launches }) => {
			this.#launched(launches);
			return lines;
		});
	}

	remember(): void {
		// Ids of spans are in no line.
	}

	#told(span: OtlpRecord, now: number): (ReceivedLine | null)[] | null {
		const { attributes: a, spanId, parentSpanId } = span;
		const operation = a.text("gen_ai.operation.name");
		if (!/^(?:execute_tool|chat|invoke_agent)$/.test(operation)) {
			return OF_NO_INTEREST.test(span.name) ? [] : null;
		}
		const isAgent = operation === "invoke_agent";
		if (isAgent && parentSpanId !== "") this.#launchedBy.set(spanId, parentSpanId);
		const owner = isAgent ? spanId : parentSpanId;
		const isOwn = isAgent ? parentSpanId === "" : !isOfAgent(span);
		const agent = isOwn ? "" : this.#agentOf(owner);
		const launches = launchesIn(span);
		if (agent === null) {
			const lines = linesOf(span, owner, this.#priceOf).filter((line) => line !== null);
			this.#waiting.add(owner, [{ lines, launches }], now);
			return isAgent ? this.#unblocked() : [];
		}
		this.#launched(launches);
		const lines = linesOf(span, agent, this.#priceOf);
		return isAgent || launches.length > 0 ? lines.concat(this.#unblocked()) : lines;
	}

	/** An agent is called by the call that launched it: its spans know no other name. null: not known yet. */
	#agentOf(span: string): string | null {
		return this.#launches.get(this.#launchedBy.get(span) ?? "") ?? null;
	}

	/** The agent of a launch is told of behind it, as what is told of an agent names its launch. */
	#launched(launches: readonly Launch[]): void {
		for (const { spanId, id } of launches) this.#launches.set(spanId, id);
	}

	#unblocked(): (ReceivedLine | null)[] {
		const known = this.#waiting.names.filter((owner) => this.#agentOf(owner) !== null);
		if (known.length === 0) return [];
		const lines = known.flatMap((owner) => {
			const agent = this.#agentOf(owner) ?? "";
			return this.#waiting.take(owner).flatMap(({ lines: told, launches }) => {
				this.#launched(launches);
				return told.map((line) => renamed(line, owner, agent));
			});
		});
		return [...lines, ...this.#unblocked()];
	}
}

/** What a span tells, whoever its agent is. */
function linesOf(span: OtlpRecord, agent: string, priceOf: PriceOf): (ReceivedLine | null)[] {
	switch (span.attributes.text("gen_ai.operation.name")) {
		case "execute_tool":
			return called(span, agent);
		case "chat":
			return [spent(span, agent, priceOf)];
		default:
			return agent === "" ? turn(span) : life(span, agent);
	}
}

/** The launch that a span is of, if any. */
function launchesIn(span: OtlpRecord): Launch[] {
	const { spanId, attributes: a } = span;
	if (a.text("gen_ai.operation.name") !== "execute_tool") return [];
	const { kind, fields } = calledIn(span);
	return kind === "launch" && spanId !== "" && fields.id !== "" ? [{ spanId, id: fields.id }] : [];
}

/** A line with an agent's name in all places where it stood for itself by its span. */
function renamed(line: ReceivedLine, span: string, agent: string): ReceivedLine {
	const named = (["id", "child_id", "agent_id", "parent_id"] as const).filter(
		(name) => line[name] === span,
	);
	return { ...line, ...Object.fromEntries(named.map((name) => [name, agent])) };
}

function lineOf(
	{ attributes: a }: OtlpRecord,
	agent: string,
	event: string,
	at: number,
	fields: ReceivedFields = {},
): ReceivedLine | null {
	const session = a.text("gen_ai.conversation.id");
	return receivedLine(COPILOT, event, at, { session_id: session, agent_id: agent, ...fields });
}

/** Which agent's it is says its parent; that it is an agent's at all, the span itself. */
function isOfAgent({ attributes: a }: OtlpRecord): boolean {
	return a.text("gen_ai.agent.name") !== "" || a.text("github.copilot.initiator") === "sub-agent";
}

function turn(span: OtlpRecord): (ReceivedLine | null)[] {
	return [lineOf(span, "", "prompt", span.began), lineOf(span, "", "turn_end", span.at)];
}

function life(span: OtlpRecord, agent: string): (ReceivedLine | null)[] {
	const { attributes: a, began, at, failure } = span;
	const type = a.text("gen_ai.agent.name");
	const told = readOutcome(a.text("gen_ai.output.messages").replaceAll("\\n", "\n"));
	const claim = failure === null ? told : { ...told, outcome: "fail" };
	return [
		lineOf(span, agent, "agent_link", began, { id: agent, child_id: agent, agent_id: "" }),
		lineOf(span, agent, "agent_start", began, { agent_type: type }),
		lineOf(span, agent, "agent_stop", at, { agent_type: type, ...claim }),
	];
}

function called(span: OtlpRecord, agent: string): (ReceivedLine | null)[] {
	const { attributes: a, began, at, failure } = span;
	const { kind, fields, agentType } = calledIn(span);
	const code = a.number("process.exit.code") ?? 0;
	const success = failure === null && code === 0;
	const word = code === 0 ? failureWord(failure ?? "", kind) : `exit_${code}`;
	const result = { ...fields, success, duration_ms: at - began };
	const ended = lineOf(
		span,
		agent,
		"tool_result",
		at,
		success ? result : { ...result, error_class: word },
	);
	if (kind !== "launch") return [lineOf(span, agent, "tool_use", began, fields), ended];
	const launch = { id: fields.id, parent_id: agent, subagent_type: agentType };
	return [lineOf(span, agent, "agent_spawn", began, launch), ...(success ? [] : [ended])];
}

/** A call by the words that transcripts are read with. */
function calledIn({ attributes: a }: OtlpRecord) {
	const text = a.text("gen_ai.tool.call.arguments");
	const args = text.length > LONGEST ? null : (objectIn(text) ?? text);
	const id = a.text("gen_ai.tool.call.id");
	const { named, launch } = callOf(id, a.text("gen_ai.tool.name"), { arguments: args });
	const command =
		a.text("github.copilot.tool.parameters.command") || textOf(objectIn(text)?.command);
	return {
		kind: named.kind,
		agentType: launch?.agentType ?? "",
		fields: {
			id,
			tool: named.tool,
			raw_tool: named.rawTool ?? "",
			program: named.kind === "shell" ? programOf(command ?? "") : "",
			mcp_server: named.mcpServer,
		},
	};
}

/** Tokens of the cache are part of the input here. */
function spent(span: OtlpRecord, agent: string, priceOf: PriceOf): ReceivedLine | null {
	const { attributes: a, at, spanId } = span;
	const model = a.text("gen_ai.response.model") || a.text("gen_ai.request.model");
	const counted = {
		input: a.number("gen_ai.usage.input_tokens"),
		cacheRead: a.number("gen_ai.usage.cache_read.input_tokens"),
		cacheWrite: a.number("gen_ai.usage.cache_creation.input_tokens"),
		output: a.number("gen_ai.usage.output_tokens"),
	};
	return lineOf(span, agent, "usage", at, {
		id: requestId(COPILOT, spanId, at),
		...spentTokens(counted, model, at, priceOf),
	});
}
