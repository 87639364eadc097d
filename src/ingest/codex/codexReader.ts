import type { TranscriptRecord } from "../../model/events/record.ts";
import type { PriceOf } from "../../model/usage/price.ts";
import { JsonLines } from "../kit/jsonLines.ts";
import { asObject, type Head, headOf, type Raw, record, textOf } from "../kit/raw.ts";
import { readOutcome } from "../outcomeMarker.ts";
import type { Findings, Pass, TranscriptFile, TranscriptReader } from "../transcripts/port.ts";
import { CodexCalls } from "./codexCalls.ts";
import { codexIdentity } from "./codexIdentity.ts";
import { countedUsage, recordedUsage, requestUsage } from "./codexUsage.ts";
import { CopiedTurns } from "./copiedTurns.ts";
import { isOfNoInterest, needsNoReading } from "./lineTypes.ts";
import { spawnOf } from "./threads.ts";

/**
 * Reads one rollout, as recorded from 0.171.0 and found in public histories back to the first ones. What
 * was copied from another thread is passed over: that thread's own rollout tells it.
 */
export class CodexReader implements TranscriptReader {
	readonly #file: TranscriptFile;
	/** Thread that the rollout is of. */
	readonly #thread: string;
	readonly #priceOf: PriceOf;
	readonly #pass: Pass;
	readonly #lines = new JsonLines();
	readonly #copied: CopiedTurns;
	readonly #calls = new CodexCalls(this.#lines);
	#cwd = "";
	#model = "";
	/** A turn is under way: what it runs on was said when it began. */
	#isInTurn = false;
	/** The turn has met an error that it did not go on from, as far as is known. */
	#hasFailed = false;

	constructor(file: TranscriptFile, priceOf: PriceOf, pass: Pass) {
		this.#file = file;
		this.#thread = file.agent || file.session;
		this.#priceOf = priceOf;
		this.#pass = pass;
		this.#copied = new CopiedTurns(this.#thread);
	}

	get hasOpenCalls(): boolean {
		return this.#isInTurn || this.#calls.hasOpen || this.#copied.isCopying;
	}

	select(line: Buffer): Buffer | null {
		return needsNoReading(line) ? null : line;
	}

	line(text: string): Findings {
		return this.#lines.read(text, (line) => this.#read(line));
	}

	companion(): Findings {
		return { records: [], problems: [] };
	}

	#read(line: Raw): TranscriptRecord[] {
		const type = textOf(line.type);
		// The first versions wrote items as they are, below a line that says when.
		const payload = asObject(line.payload) ?? line;
		if (type === null) return this.#untyped(line);
		if (isOfNoInterest(type)) return [];
		const head = this.#head(line);
		if (this.#copied.has(type, payload, head.ts)) return [];
		switch (type) {
			case "session_meta":
				return this.#began(line, payload);
			case "turn_context":
				return this.#configured(payload);
			case "event_msg":
				return this.#happened(head, payload);
			case "token_usage_record":
				return this.#spent(head, recordedUsage(payload));
			case "compacted":
				return [record({ event: "compact", ...head })];
			default:
				return this.#item(head, type === "response_item" ? payload : line);
		}
	}

	#untyped(line: Raw): TranscriptRecord[] {
		if (line.record_type === "state") return [];
		return line.id === undefined ? this.#lines.lacks("missing_field") : this.#began(line, line);
	}

	#head(line: Raw): Head {
		const ts = isBare(line) ? this.#lines.lastTs : this.#lines.time(line);
		return headOf(codexIdentity.name, this.#file, ts, this.#cwd);
	}

	#began(line: Raw, meta: Raw): TranscriptRecord[] {
		this.#lines.has(meta, { id: "string" });
		this.#cwd = this.#lines.fields(meta).text("cwd");
		const head = this.#head(line);
		if (head.agent === "")
			return [record({ event: "session_start", ...head, source: "", model: "" })];
		const { parent, role, name } = spawnOf(meta);
		return [
			record({
				event: "agent_meta",
				...head,
				agent: "",
				id: "",
				child: head.agent,
				parent: parent === head.session ? "" : parent,
				agentType: role || codexIdentity.defaultAgentType,
				defaultType: codexIdentity.defaultAgentType,
				model: "",
				description: name,
				background: true,
			}),
		];
	}

	#configured(context: Raw): TranscriptRecord[] {
		this.#lines.has(context, { model: "string" });
		const f = this.#lines.fields(context);
		this.#cwd = f.text("cwd") || this.#cwd;
		this.#model = f.id("model") || this.#model;
		this.#isInTurn = true;
		return [];
	}

	#happened(head: Head, event: Raw): TranscriptRecord[] {
		switch (event.type) {
			case "task_started":
			case "turn_started":
				this.#isInTurn = true;
				this.#hasFailed = false;
				this.#calls.isCutOff = false;
				return [this.#asked(head)];
			case "user_message":
				return head.agent === "" ? [this.#asked(head)] : [];
			case "task_complete":
			case "turn_complete":
				return [this.#ended(head, textOf(event.last_agent_message))];
			case "turn_aborted":
				this.#hasFailed = false;
				this.#calls.isCutOff = true;
				return [this.#ended(head, "")];
			case "error":
				this.#hasFailed = true;
				return [];
			case "token_count":
				return this.#counted(head, event);
			default:
				return this.#calls.happened(head, event);
		}
	}

	/** A turn begins: of a session because someone asked, of an agent because another one did. */
	#asked(head: Head): TranscriptRecord {
		return head.agent === ""
			? record({ event: "prompt", ...head })
			: record({ event: "agent_start", ...head, agentType: "" });
	}

	/** @param words that the turn ended with; null where it has none */
	#ended(head: Head, words: string | null): TranscriptRecord {
		this.#isInTurn = false;
		if (head.agent === "") return record({ event: "turn_end", ...head });
		const told = readOutcome(words ?? "");
		const outcome = words === null && this.#hasFailed ? "fail" : told.outcome;
		return record({ event: "agent_stop", ...head, agentType: "", ...told, outcome });
	}

	/** Limits are told in the same way, with null in the place of tokens. */
	#counted(head: Head, { info }: Raw): TranscriptRecord[] {
		if (info === undefined) return this.#lines.lacks("missing_field");
		const told = asObject(info);
		return told === null ? [] : this.#spent(head, countedUsage(told));
	}

	#spent(head: Head, [usage, total]: readonly [Raw | null, Raw | null]): TranscriptRecord[] {
		if (this.#pass === "facts") return [];
		const request = { head, thread: this.#thread, model: this.#model };
		return requestUsage(this.#lines, request, usage, total, this.#priceOf).map(record);
	}

	#item(head: Head, item: Raw): TranscriptRecord[] {
		return this.#calls.item(head, item);
	}
}

function isBare(line: Raw): boolean {
	return line.timestamp === undefined && line.payload === undefined;
}
