import { CLAUDE_CODE, kindOfTool } from "../../model/events/claudeCode.ts";
import type {
	AgentEvent,
	CallArguments,
	LineProblem,
	UsageEvent,
} from "../../model/events/events.ts";
import { Fields } from "../../model/events/fields.ts";
import { readOutcome } from "../../model/events/outcomeMarker.ts";
import type { TranscriptRecord } from "../../model/events/record.ts";
import { changedLines } from "../hunks.ts";
import type { PriceOf, TranscriptFile, TranscriptReader } from "../transcripts/port.ts";
import { argumentsOf } from "./callArguments.ts";
import { answeredContent, askedContent } from "./callContent.ts";
import { failureOf } from "./failures.ts";
import { launchOf, launchResult } from "./launches.ts";
import { asObject, type Block, blocksOf, type Line, plainText, type Raw } from "./lines.ts";
import { readNotification } from "./notification.ts";
import { changesOf } from "./patches.ts";

/** Calls kept while their results are awaited; the oldest is given up beyond it. */
const MAX_OPEN_CALLS = 1000;
/** The client's own messages, not a model's: they cost nothing. */
const SYNTHETIC = "<synthetic>";
/** What the client puts in a user's place when a turn was cut off. */
const INTERRUPTION = "[Request interrupted by user";
/** Ends of a message that end a turn; after `tool_use` and `pause_turn` it goes on. */
const LAST_WORDS: ReadonlySet<unknown> = new Set(["end_turn", "stop_sequence", "refusal"]);
/** A line of any other kind need not be parsed, and those are the long ones. */
const OF_INTEREST = /"type":\s?"(?:user|assistant|queue-operation|system)"/;

interface OpenCall {
	readonly tool: string;
	readonly input: unknown;
	readonly ts: number;
}

/** What every event of one line has in common. */
interface Head {
	readonly origin: "transcript";
	readonly client: string;
	readonly v: 2;
	readonly ts: number;
	readonly session: string;
	readonly agent: string;
	readonly cwd: string;
	readonly note: null;
}

/**
 * Reads one transcript of Claude Code, as recorded from 2.1.329. Unknown kinds of lines and blocks
 * are passed over; a line that speaks of another session was copied from there and is passed over
 * as well.
 */
export class ClaudeCodeReader implements TranscriptReader {
	readonly #file: TranscriptFile;
	readonly #priceOf: PriceOf;
	readonly #calls = new Map<string, OpenCall>();
	/** Calls that a fork took over; results and reports follow, and nothing else marks those. */
	readonly #copied = new Set<string>();
	#lastTs = 0;
	/** Message and output of the usage reported last: its lines repeat it. */
	#reported = "";

	constructor(file: TranscriptFile, priceOf: PriceOf) {
		this.#file = file;
		this.#priceOf = priceOf;
	}

	get hasOpenCalls(): boolean {
		return this.#calls.size > 0;
	}

	line(text: string): readonly TranscriptRecord[] | LineProblem {
		if (!OF_INTEREST.test(text)) return isWhole(text) ? [] : "not_json";
		let raw: unknown;
		try {
			raw = JSON.parse(text);
		} catch {
			return "not_json";
		}
		const line: Line | null = asObject(raw);
		if (line === null) return "not_an_object";
		const { sessionId } = line;
		if (typeof sessionId === "string" && sessionId !== this.#file.session) return [];
		const head = this.#head(line);
		if (line.type === "user" && asObject(line.forkedFrom) !== null) return [];
		switch (line.type) {
			case "assistant":
				return this.#assistant(head, line);
			case "user":
				return this.#user(head, line);
			case "queue-operation":
				return line.operation === "enqueue" ? notified(head, line.content) : [];
			case "system":
				return line.subtype === "compact_boundary" ? [record({ event: "compact", ...head })] : [];
			default:
				return [];
		}
	}

	/** The one beside an agent's file: the surest link between the agent and its launch. */
	companion(_relativePath: string, text: string): readonly TranscriptRecord[] | LineProblem {
		let raw: unknown;
		try {
			raw = JSON.parse(text);
		} catch {
			return "not_json";
		}
		const meta = asObject(raw);
		if (meta === null) return "not_an_object";
		const f = new Fields(meta);
		const { session, agent } = this.#file;
		return [
			record({
				event: "agent_meta",
				origin: "transcript",
				client: CLAUDE_CODE,
				v: 2,
				ts: this.#lastTs,
				session,
				agent: "",
				cwd: "",
				id: f.id("toolUseId"),
				child: agent,
				parent: f.id("parentAgentId"),
				agentType: f.id("agentType"),
				model: f.id("model"),
				description: f.text("description"),
				background: meta.requestShape === "background",
				note: null,
			}),
		];
	}

	#head(line: Line): Head {
		const ts = typeof line.timestamp === "string" ? Date.parse(line.timestamp) : Number.NaN;
		if (!Number.isNaN(ts)) this.#lastTs = ts;
		const { session, agent } = this.#file;
		return {
			origin: "transcript",
			client: CLAUDE_CODE,
			v: 2,
			ts: this.#lastTs,
			session,
			agent,
			cwd: new Fields(line).text("cwd"),
			note: null,
		};
	}

	#assistant(head: Head, line: Line): TranscriptRecord[] {
		const message = asObject(line.message);
		if (message === null) return [];
		if (isCopied(line, this.#file.session)) {
			for (const block of blocksOf(message)) {
				if (block.type === "tool_use") this.#copied.add(new Fields(block).id("id"));
			}
			return [];
		}
		if (message.model === SYNTHETIC) {
			return line.isApiErrorMessage === true ? [this.#gaveUp(head)] : [];
		}
		const records: TranscriptRecord[] = [];
		const usage = this.#usage(head, message);
		if (usage !== null) records.push(record(usage));
		for (const block of blocksOf(message)) {
			if (block.type === "tool_use") records.push(...this.#called(head, block));
		}
		if (LAST_WORDS.has(message.stop_reason)) records.push(this.#ended(head, plainText(message)));
		return records;
	}

	/** The turn of a session, or the life of an agent, ends with a message that calls nothing. */
	#ended(head: Head, text: string): TranscriptRecord {
		if (head.agent === "") return record({ event: "turn_end", ...head });
		return record({ event: "agent_stop", ...head, agentType: "", ...readOutcome(text) });
	}

	/** An API error ends a turn or a life, and the client says so itself. */
	#gaveUp(head: Head): TranscriptRecord {
		if (head.agent === "") return record({ event: "turn_end", ...head });
		return record({ event: "agent_stop", ...head, agentType: "", outcome: "fail", stubs: null });
	}

	#usage(head: Head, message: Raw): UsageEvent | null {
		const usage = asObject(message.usage);
		const id = new Fields(message).id("id");
		if (usage === null || id === "") return null;
		const f = new Fields(usage);
		const tokensOut = f.amount("output_tokens") ?? 0;
		const reported = `${id} ${tokensOut}`;
		if (reported === this.#reported) return null;
		this.#reported = reported;
		const written = f.amount("cache_creation_input_tokens") ?? 0;
		const split = new Fields(asObject(usage.cache_creation) ?? {});
		const cacheWrite1h = Math.min(written, split.amount("ephemeral_1h_input_tokens") ?? 0);
		const event = {
			event: "usage" as const,
			...head,
			message: id,
			model: new Fields(message).id("model"),
			tokensIn: f.amount("input_tokens") ?? 0,
			tokensOut,
			cacheRead: f.amount("cache_read_input_tokens") ?? 0,
			// The split is not always given; what is not kept for an hour is kept for five minutes.
			cacheWrite5m: written - cacheWrite1h,
			cacheWrite1h,
		};
		const tools = new Fields(asObject(usage.server_tool_use) ?? {});
		const terms = {
			isFast: f.id("speed") === "fast",
			geo: f.id("inference_geo"),
			webSearches: tools.amount("web_search_requests") ?? 0,
		};
		return { ...event, costUsd: this.#priceOf(event, terms) };
	}

	#called(head: Head, block: Block): TranscriptRecord[] {
		const f = new Fields(block);
		const id = f.id("id");
		const tool = f.id("name");
		if (id === "" || tool === "") return [];
		const { input } = block;
		this.#calls.set(id, { tool, input, ts: head.ts });
		if (this.#calls.size > MAX_OPEN_CALLS) {
			for (const oldest of this.#calls.keys()) {
				this.#calls.delete(oldest);
				break;
			}
		}
		const kind = kindOfTool(tool);
		const event: AgentEvent =
			kind === "launch"
				? launchOf(head, id, input)
				: { event: "tool_use", ...head, id, tool, kind, ...argumentsOf(tool, kind, input) };
		return [{ event, call: askedContent(kind, input) }];
	}

	#user(head: Head, line: Line): readonly TranscriptRecord[] {
		const message = asObject(line.message);
		if (message === null) return [];
		const results = blocksOf(message).filter(({ type }) => type === "tool_result");
		if (results.length > 0) return results.flatMap((block) => this.#returned(head, block, line));
		const text = plainText(message);
		if (text.startsWith(INTERRUPTION)) return [this.#ended(head, "")];
		const notice = notified(head, text);
		if (notice.length > 0) return notice.filter(({ event }) => !this.#isOfCopied(event));
		if (head.agent !== "") {
			// The prompt that launched the agent, or a message that it goes on with.
			return [record({ event: "agent_start", ...head, agentType: "" })];
		}
		const isPersons =
			line.isMeta !== true &&
			line.isCompactSummary !== true &&
			asObject(line.origin) === null &&
			text !== "" &&
			// What the terminal answers itself is no turn of the model's.
			!/^\s*<(?:command-name|local-command|bash-)/.test(text);
		return isPersons ? [record({ event: "prompt", ...head })] : [];
	}

	#isOfCopied(event: AgentEvent): boolean {
		return event.event === "agent_result" && this.#copied.has(event.id);
	}

	#returned(head: Head, block: Block, line: Line): TranscriptRecord[] {
		const id = new Fields(block).id("tool_use_id");
		if (id === "" || this.#copied.has(id)) return [];
		const open = this.#calls.get(id);
		this.#calls.delete(id);
		const tool = open?.tool ?? "unknown";
		const output = plainText({ content: block.content });
		const answer = line.toolUseResult;
		const success = block.is_error !== true;
		const durationMs = open === undefined ? null : Math.max(0, head.ts - open.ts);
		const errorClass = success ? "" : failureOf(output, line);
		const told = kindOfTool(tool);
		const isLaunched = tool === "unknown" && asObject(answer)?.agentId !== undefined;
		if ((told === "launch" && success) || isLaunched) {
			return launchResult(head, id, output, asObject(answer)).map(record);
		}
		const args: CallArguments = argumentsOf(tool, told, open?.input);
		const changes = success ? changesOf(answer, args.filePath) : [];
		// Whatever the tool is: a call that is answered with a patch has edited.
		const kind = changes.length > 0 ? "edit" : told;
		const event: AgentEvent = {
			event: "tool_result",
			...head,
			id,
			tool,
			kind,
			...args,
			success,
			durationMs,
			errorClass,
			...changedLines(changes),
		};
		const call = answeredContent(kind, open?.input, { output, answer, changes });
		const returned = { event, call };
		if (kind !== "skill") return [returned];
		const { skill } = args;
		return [
			returned,
			record({ event: "skill_use", ...head, id, tool, skill, success, durationMs }),
		];
	}
}

/** A fork begins with the lines of the session it came from, under its own id. */
function isCopied({ requestSessionId, forkedFrom }: Line, session: string): boolean {
	const from = asObject(forkedFrom)?.sessionId ?? requestSessionId;
	return typeof from === "string" && from !== session;
}

function record(event: AgentEvent): TranscriptRecord {
	return { event, call: null };
}

function notified(head: Head, text: unknown): readonly TranscriptRecord[] {
	const notice = typeof text === "string" ? readNotification(text) : null;
	return notice === null ? [] : [record({ event: "agent_result", ...head, ...notice, agent: "" })];
}

/** A line that is passed over was at least written to its end. */
function isWhole(text: string): boolean {
	return text.startsWith("{") && text.trimEnd().endsWith("}");
}
