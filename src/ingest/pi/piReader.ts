import type { FileChange, TranscriptRecord } from "../../model/events/record.ts";
import { wholeFile } from "../hunks.ts";
import { JsonReader } from "../kit/jsonReader.ts";
import type { ToolCall } from "../kit/openCalls.ts";
import { asObject, type Head, headOf, type Raw, record, textOf } from "../kit/raw.ts";
import { type ToolWord, type ToolWords, toolNamed } from "../kit/toolWords.ts";
import { hunksOfDiff } from "../kit/unifiedDiff.ts";
import { usageEvent } from "../kit/usageEvent.ts";
import { piIdentity } from "./piIdentity.ts";
import { textOfContent } from "./textOfContent.ts";

const WORDS: ToolWords = new Map<string, ToolWord>([
	["bash", "Bash"],
	["edit", "Edit"],
	["find", "Glob"],
	["grep", "Grep"],
	["ls", "LS"],
	["read", "Read"],
	["write", "Write"],
]);
/** Lines that tell nothing that is asked for. As seen in version 1.5.2. */
const IDLE: ReadonlySet<string> = new Set([
	"branch_summary",
	"custom",
	"custom_message",
	"label",
	"model_change",
	"session_info",
	"thinking_level_change",
]);
const EXITED = /Command exited with code (\d{1,9})\s*$/;

/** Reads a session of pi, as recorded from 1.5.2. */
export class PiReader extends JsonReader {
	#cwd = "";
	/** When the session was forked from another, ms since the epoch; null behind what was copied. */
	#forkedAt: number | null = null;

	override get hasOpenCalls(): boolean {
		return super.hasOpenCalls || this.#forkedAt !== null;
	}

	protected read(line: Raw): TranscriptRecord[] {
		const type = textOf(line.type);
		if (type === null) return this.lines.lacks("missing_field");
		if (type === "session") this.#cwd = this.lines.fields(line).text("cwd");
		const head = headOf(piIdentity.name, this.file, this.lines.time(line), this.#cwd);
		if (type === "session" && line.parentSession !== undefined) this.#forkedAt = head.ts;
		if (this.#isCopied(head.ts) || IDLE.has(type)) return [];
		switch (type) {
			case "session":
				this.lines.has(line, { cwd: "string" });
				return [record({ event: "session_start", ...head, source: "", model: "" })];
			case "compaction":
				return [record({ event: "compact", ...head })];
			case "message":
				return this.#message(head, line);
			default:
				return this.lines.lacks("unknown_type");
		}
	}

	/** A fork begins with what was said in another session, which tells it itself. */
	#isCopied(ts: number): boolean {
		if (this.#forkedAt === null) return false;
		const isOlder = ts < this.#forkedAt;
		// The session's own line is as old as itself.
		if (ts > this.#forkedAt) this.#forkedAt = null;
		return isOlder;
	}

	#message(head: Head, line: Raw): TranscriptRecord[] {
		const message = asObject(line.message);
		if (!this.lines.has(message, { role: "string" })) return [];
		switch (message.role) {
			case "user":
				return [record({ event: "prompt", ...head })];
			case "assistant":
				return this.#answered(head, line, message);
			case "toolResult":
				return this.#returned(head, message);
			default:
				return [];
		}
	}

	#answered(head: Head, line: Raw, message: Raw): TranscriptRecord[] {
		this.lines.has(message, { content: "array", stopReason: "string" });
		const parts: unknown[] = Array.isArray(message.content) ? message.content : [];
		const records = this.#spent(head, line, message);
		for (const part of parts.map(asObject)) {
			if (part === null || typeof part.type !== "string") this.lines.lacks("missing_field");
			else if (part.type === "toolCall") records.push(...this.#called(head, part));
		}
		if (message.stopReason !== "toolUse") records.push(record({ event: "turn_end", ...head }));
		return records;
	}

	#called(head: Head, part: Raw): TranscriptRecord[] {
		const f = this.lines.fields(part);
		const [id, name] = [f.id("id"), f.id("name")];
		if (id === "" || name === "") return this.lines.lacks("missing_field");
		this.lines.has(part, { arguments: "object" });
		const args = asObject(part.arguments) ?? {};
		const written = textOf(args.content) ?? textOf(args.newText);
		return this.calls.called(head, {
			id,
			named: toolNamed(WORDS, name),
			args: part.arguments,
			command: textOf(args.command) ?? "",
			filePath: textOf(args.path) ?? "",
			...(written === null ? {} : { written }),
		});
	}

	#returned(head: Head, message: Raw): TranscriptRecord[] {
		const f = this.lines.fields(message);
		const id = f.id("toolCallId");
		if (id === "") return this.lines.lacks("missing_field");
		this.lines.has(message, { isError: "boolean" });
		const output = textOfContent(message.content);
		const call = this.calls.get(id);
		const code = call?.named.kind === "shell" ? EXITED.exec(output)?.[1] : undefined;
		return this.calls.returned(head, id, {
			output,
			success: message.isError !== true,
			exitCode: code === undefined ? null : Number(code),
			durationMs: f.duration("durationMs"),
			changes: call === null ? [] : changesOf(call, asObject(message.details)),
		});
	}

	#spent(head: Head, line: Raw, message: Raw): TranscriptRecord[] {
		if (this.pass === "facts") return [];
		const usage = asObject(message.usage);
		if (!this.lines.has(usage, { input: "number", output: "number" })) return [];
		const f = this.lines.fields(usage);
		const m = this.lines.fields(message);
		const total = this.lines.fields(asObject(usage.cost) ?? {}).cost("total");
		const spent = {
			head,
			message: m.id("responseId") || `${this.file.session}:${this.lines.fields(line).id("id")}`,
			model: m.id("model"),
			tokensIn: f.count("input") ?? 0,
			tokensOut: f.count("output") ?? 0,
			cacheRead: f.count("cacheRead") ?? 0,
			cacheWrite: f.count("cacheWrite") ?? 0,
			// Nothing is what it says where it knows no price.
			ownCostUsd: total === 0 ? null : total,
		};
		return [record(usageEvent(spent, this.priceOf))];
	}
}

/** Of a new file the call says all there is. @param details of the answer */
function changesOf({ named, filePath = "", written }: ToolCall, details: Raw | null): FileChange[] {
	const hunks = hunksOfDiff(textOf(details?.patch) ?? "");
	if (hunks.length > 0) return [{ path: filePath, hunks, before: null, after: null }];
	if (named.tool !== "Write" || written === undefined) return [];
	return [{ path: filePath, hunks: [wholeFile(written)], before: null, after: written }];
}
