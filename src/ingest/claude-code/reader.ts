import type { LineProblem } from "../../model/events/lineProblem.ts";
import type { TranscriptRecord } from "../../model/events/record.ts";
import type { PriceOf } from "../../model/usage/price.ts";
import { Fields } from "../fields/fields.ts";
import type { Notes } from "../fields/values.ts";
import { asObject, type Head, type Raw, record } from "../kit/raw.ts";
import { readOutcome } from "../outcomeMarker.ts";
import type { Findings, Pass, TranscriptFile, TranscriptReader } from "../transcripts/port.ts";
import { CallReader } from "./calls/calls.ts";
import { CLAUDE_CODE } from "./calls/tools.ts";
import { readMeta } from "./files/agentMeta.ts";
import { SessionFolder } from "./files/sessionFolder.ts";
import { Sidechains } from "./files/sidechains.ts";
import { isOfNoInterest, needsNoParsing } from "./known/lineKinds.ts";
import { hasRenamedField, hasUnknownBlock } from "./known/renamedFields.ts";
import { blocksOf, type Line, plainText } from "./lines.ts";
import { UsageReader } from "./messageUsage.ts";
import { reportOf } from "./notification.ts";
import { endsWithRecord, rawRecords } from "./rawRecords.ts";
import { isOfSidechain, isPlainSuccess, tellsNoFacts } from "./selection/selection.ts";
import { shortened } from "./selection/shortened.ts";
import { isFrom } from "./version.ts";

/** The client's own messages, not a model's: they cost nothing. */
const SYNTHETIC = "<synthetic>";
/** What the client puts in a user's place when a turn was cut off. */
const INTERRUPTION = "[Request interrupted by user";
/** Ends of a message that end a turn; after `tool_use` and `pause_turn` it goes on. */
const LAST_WORDS: ReadonlySet<unknown> = new Set(["end_turn", "stop_sequence", "refusal"]);
/** Patch of the client from which on messages say why they ended. */
const SAYS_WHY = 100;

/**
 * Reads one transcript of Claude Code, as recorded from 2.1.329 and found in public histories back to
 * 1.0.0. What is of no interest is passed over, and what is not understood is named. A line belongs to
 * the session that it names, whatever file it stands in.
 */
export class ClaudeCodeReader implements TranscriptReader {
	readonly #file: TranscriptFile;
	readonly #pass: Pass;
	readonly #usage: UsageReader;
	/** Of the line that is read. */
	readonly #notes: Notes = { note: null };
	readonly #folder: SessionFolder;
	readonly #calls: CallReader;
	readonly #sidechains: Sidechains;
	/** That the last line named. */
	#session: string;
	#lastTs = 0;
	/** Of the line that is being read. */
	#problems: LineProblem[] = [];

	constructor(file: TranscriptFile, priceOf: PriceOf, pass: Pass) {
		this.#file = file;
		this.#pass = pass;
		this.#session = file.session;
		this.#usage = new UsageReader(priceOf, this.#notes);
		this.#folder = new SessionFolder(file.slug ?? "");
		this.#calls = new CallReader(this.#notes, this.#folder);
		this.#sidechains = new Sidechains(this.#calls);
	}

	get hasOpenCalls(): boolean {
		return this.#calls.hasOpen;
	}

	endsWithRecord(rest: Buffer): boolean {
		return endsWithRecord(rest.toString("utf8"));
	}

	select(line: Buffer): Buffer | null {
		if (needsNoParsing(line)) return null;
		const short = shortened(line);
		if (this.#pass === "events") return isPlainSuccess(short, this.#calls) ? short : line;
		// The first line says where the session is, and those of a sidechain whose the next ones are.
		if (!this.#folder.isKnown) return line;
		if (this.#file.agent === "" && isOfSidechain(short)) return line;
		return tellsNoFacts(short, this.#calls) ? null : line;
	}

	line(text: string): Findings {
		const { lines, problems } = rawRecords(text);
		this.#problems = [...problems];
		return { records: lines.flatMap((line) => this.#read(line)), problems: this.#problems };
	}

	companion(_relativePath: string, text: string): Findings {
		return readMeta(text, this.#file, this.#lastTs);
	}

	/** Something was not understood. @returns what is told in its place: nothing */
	#lacks(problem: LineProblem): TranscriptRecord[] {
		this.#problems.push(problem);
		return [];
	}

	#read(line: Line): TranscriptRecord[] {
		if (typeof line.type !== "string") return this.#lacks("missing_field");
		if (isOfNoInterest(line.type)) return [];
		if (hasRenamedField(line, this.#file.agent !== "")) this.#lacks("missing_field");
		if (hasUnknownBlock(line)) this.#lacks("unknown_type");
		this.#notes.note = null;
		const head = this.#head(line);
		if (head.session === "") return this.#lacks("missing_field");
		const records = this.#recordsOf(head, line);
		if (records.length > 0 && head.ts === 0) return this.#lacks("no_time");
		if (records.length > 0 && this.#notes.note !== null) this.#problems.push(this.#notes.note);
		return records;
	}

	#recordsOf(head: Head, line: Line): TranscriptRecord[] {
		if (this.#file.copied?.has(String(line.uuid)) === true) return [];
		if (this.#file.isAside === true) return this.#aside(head, line);
		if (this.#file.agent === "" && line.isSidechain === true) return this.#sidechain(head, line);
		return this.#told(head, line);
	}

	#told(head: Head, line: Line): TranscriptRecord[] {
		if (line.type === "user" && asObject(line.forkedFrom) !== null) return [];
		switch (line.type) {
			case "assistant":
				return this.#assistant(head, line);
			case "user":
				return this.#user(head, line);
			case "queue-operation":
				return line.operation === "enqueue" ? this.#queued(head, line) : [];
			case "system":
				return this.#system(head, line);
			default:
				return this.#lacks("unknown_type");
		}
	}

	#system(head: Head, { subtype }: Line): TranscriptRecord[] {
		if (subtype === "compact_boundary") return [record({ event: "compact", ...head })];
		// What the client says behind a turn.
		return subtype === "turn_duration" && head.agent === "" ? [this.#ended(head, "")] : [];
	}

	/** An agent's line within its session's own file. */
	#sidechain(head: Head, line: Line): TranscriptRecord[] {
		const owner = this.#sidechains.ownerOf(line);
		// Whoever it was, the session paid for it.
		if (owner === null) return [...this.#lacks("unknown_parent"), ...this.#aside(head, line)];
		const { agent, launch } = owner;
		if (agent === null) return this.#aside(head, line);
		const told = this.#told({ ...head, agent }, line);
		if (launch === null) return told;
		const link = { id: launch, child: agent, model: "", status: "" };
		return [record({ event: "agent_link", ...head, ...link }), ...told];
	}

	#aside(head: Head, line: Line): TranscriptRecord[] {
		if (line.type !== "assistant") return [];
		const message = asObject(line.message);
		if (message === null) return this.#lacks("missing_field");
		return message.model === SYNTHETIC ? [] : this.#usage.read(head, message, true).map(record);
	}

	#head(line: Line): Head {
		const f = new Fields(line, this.#notes);
		this.#lastTs = f.time("timestamp", this.#lastTs);
		const { session: byPath, agent } = this.#file;
		const cwd = f.text("cwd");
		this.#folder.note(cwd);
		this.#session = f.id("sessionId") || this.#session || byPath;
		return {
			origin: "transcript",
			client: CLAUDE_CODE,
			v: 2,
			ts: this.#lastTs,
			session: this.#session,
			agent,
			cwd,
			note: null,
		};
	}

	#assistant(head: Head, line: Line): TranscriptRecord[] {
		const message = asObject(line.message);
		if (message === null) return this.#lacks("missing_field");
		if (isCopied(line, head.session)) {
			for (const block of blocksOf(message)) {
				if (block.type === "tool_use") this.#calls.passOver(block);
			}
			return [];
		}
		if (message.model === SYNTHETIC) {
			return line.isApiErrorMessage === true ? [this.#gaveUp(head)] : [];
		}
		const records =
			this.#pass === "facts" ? [] : this.#usage.read(head, message, false).map(record);
		for (const block of blocksOf(message)) {
			if (block.type === "tool_use") records.push(...this.#calls.called(head, block));
		}
		if (LAST_WORDS.has(message.stop_reason) || (head.agent === "" && endsByText(line, message))) {
			records.push(this.#ended(head, plainText(message)));
		}
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
		const notice = reportOf(head, content, false, this.#notes);
		return notice === null ? [] : [record(notice)];
	}

	#user(head: Head, line: Line): TranscriptRecord[] {
		const message = asObject(line.message);
		if (message === null) return this.#lacks("missing_field");
		const results = blocksOf(message).filter(({ type }) => type === "tool_result");
		if (results.length > 0) {
			return results.flatMap((block) => this.#calls.returned(head, block, line));
		}
		const text = plainText(message);
		if (text.startsWith(INTERRUPTION)) return [this.#ended(head, "")];
		const notice = reportOf(head, text, true, this.#notes);
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

/**
 * Older clients never say why a message ended, and write each of its parts as it comes: words end the
 * turn unless a call follows, which says so itself.
 */
function endsByText({ version }: Line, message: Raw): boolean {
	if ((message.stop_reason ?? null) !== null || isFrom(SAYS_WHY, version)) return false;
	const blocks = blocksOf(message);
	return plainText(message) !== "" && blocks.every(({ type }) => type !== "tool_use");
}

/** A fork begins with the lines of the session it came from, under its own id. */
function isCopied({ requestSessionId, forkedFrom }: Line, session: string): boolean {
	const from = asObject(forkedFrom)?.sessionId ?? requestSessionId;
	return typeof from === "string" && from !== session;
}
