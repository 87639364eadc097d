import type { LineProblem } from "../../model/events/lineProblem.ts";
import type { TranscriptRecord } from "../../model/events/record.ts";
import type { PriceOf } from "../../model/usage/price.ts";
import { Fields } from "../fields.ts";
import { readOutcome } from "../outcomeMarker.ts";
import type { TranscriptFile, TranscriptReader } from "../transcripts/port.ts";
import { readMeta } from "./agentMeta.ts";
import { CallReader } from "./calls.ts";
import { asObject, blocksOf, type Head, type Line, plainText, record } from "./lines.ts";
import { UsageReader } from "./messageUsage.ts";
import { reportOf } from "./notification.ts";
import { CLAUDE_CODE } from "./tools.ts";

/** The client's own messages, not a model's: they cost nothing. */
const SYNTHETIC = "<synthetic>";
/** What the client puts in a user's place when a turn was cut off. */
const INTERRUPTION = "[Request interrupted by user";
/** Ends of a message that end a turn; after `tool_use` and `pause_turn` it goes on. */
const LAST_WORDS: ReadonlySet<unknown> = new Set(["end_turn", "stop_sequence", "refusal"]);
/** A line of any other kind need not be parsed, and those are the long ones. */
const OF_INTEREST = /"type":\s?"(?:user|assistant|queue-operation|system)"/;

/**
 * Reads one transcript of Claude Code, as recorded from 2.1.329. Unknown kinds of lines and blocks
 * are passed over; a line that speaks of another session was copied from there and is passed over
 * as well.
 */
export class ClaudeCodeReader implements TranscriptReader {
	readonly #file: TranscriptFile;
	readonly #usage: UsageReader;
	readonly #calls = new CallReader();
	#lastTs = 0;

	constructor(file: TranscriptFile, priceOf: PriceOf) {
		this.#file = file;
		this.#usage = new UsageReader(priceOf);
	}

	get hasOpenCalls(): boolean {
		return this.#calls.hasOpen;
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
				return line.operation === "enqueue" ? this.#queued(head, line) : [];
			case "system":
				return line.subtype === "compact_boundary" ? [record({ event: "compact", ...head })] : [];
			default:
				return [];
		}
	}

	companion(_relativePath: string, text: string): readonly TranscriptRecord[] | LineProblem {
		const event = readMeta(text, this.#file, this.#lastTs);
		return typeof event === "string" ? event : [record(event)];
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
				if (block.type === "tool_use") this.#calls.passOver(block);
			}
			return [];
		}
		if (message.model === SYNTHETIC) {
			return line.isApiErrorMessage === true ? [this.#gaveUp(head)] : [];
		}
		const records: TranscriptRecord[] = [];
		const usage = this.#usage.read(head, message);
		if (usage !== null) records.push(record(usage));
		for (const block of blocksOf(message)) {
			if (block.type === "tool_use") records.push(...this.#calls.called(head, block));
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

	#queued(head: Head, { content }: Line): TranscriptRecord[] {
		const notice = reportOf(head, content, false);
		return notice === null ? [] : [record(notice)];
	}

	#user(head: Head, line: Line): readonly TranscriptRecord[] {
		const message = asObject(line.message);
		if (message === null) return [];
		const results = blocksOf(message).filter(({ type }) => type === "tool_result");
		if (results.length > 0) {
			return results.flatMap((block) => this.#calls.returned(head, block, line));
		}
		const text = plainText(message);
		if (text.startsWith(INTERRUPTION)) return [this.#ended(head, "")];
		const notice = reportOf(head, text, true);
		if (notice !== null) return this.#calls.isPassedOver(notice.id) ? [] : [record(notice)];
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
}

/** A fork begins with the lines of the session it came from, under its own id. */
function isCopied({ requestSessionId, forkedFrom }: Line, session: string): boolean {
	const from = asObject(forkedFrom)?.sessionId ?? requestSessionId;
	return typeof from === "string" && from !== session;
}

/** A line that is passed over was at least written to its end. */
function isWhole(text: string): boolean {
	return text.startsWith("{") && text.trimEnd().endsWith("}");
}
