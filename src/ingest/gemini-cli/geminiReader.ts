import type { TranscriptRecord } from "../../model/events/record.ts";
import type { Outcome } from "../../model/views/view.ts";
import {
	displayedChanges,
	exitCodeIn,
	geminiCall,
	hasUnknownPart,
	responseIn,
	textOfParts,
} from "../kit/geminiTools.ts";
import { JsonReader } from "../kit/jsonReader.ts";
import type { ToolCall } from "../kit/openCalls.ts";
import { asObject, type Head, headOf, type Raw, record, textOf } from "../kit/raw.ts";
import { usageEvent } from "../kit/usageEvent.ts";
import { readOutcome } from "../outcomeMarker.ts";
import type { Findings } from "../transcripts/port.ts";
import { geminiIdentity } from "./geminiIdentity.ts";

/** States of a call that is over. */
const OVER: ReadonlySet<unknown> = new Set(["success", "error", "cancelled"]);
/** What an agent calls to end. */
const COMPLETE = "complete_task";
/** Why an agent ended, by the client's word; one that reached its goal says the rest itself. */
const TERMINATION = /^Termination Reason: (\w+)$/m;
const OUTCOMES: Readonly<Record<string, Outcome>> = {
	ERROR: "fail",
	ERROR_NO_COMPLETE_TASK_CALL: "partial",
	MAX_TURNS: "partial",
	TIMEOUT: "partial",
};

const UNAUTHORIZED = /^Unauthorized tool call: /;

/** Fields of an answer; its calls, which not every one has, may have gone to one that is none of these. */
const MESSAGE: ReadonlySet<string> = new Set([
	"content",
	"displayContent",
	"id",
	"model",
	"thoughts",
	"timestamp",
	"tokens",
	"toolCalls",
	"type",
]);

/** Reads a chat of Gemini CLI or of one of its agents, as recorded from 0.61.0. */
export class GeminiReader extends JsonReader {
	#cwd = "";
	/** The message whose tokens were told last: it comes again with its calls. */
	#told = "";

	override companion(_relativePath: string, text: string): Findings {
		return this.lines.read(text, ({ projects }) => {
			const known = Object.entries(asObject(projects) ?? {});
			this.#cwd = known.find(([, slug]) => slug === this.file.slug)?.[0] ?? "";
			return [];
		});
	}

	protected read(line: Raw): TranscriptRecord[] {
		if ("$set" in line) return this.#patched(asObject(line.$set));
		if ("$rewindTo" in line) return [];
		if ("type" in line) return this.#message(line);
		return this.lines.has(line, { sessionId: "string", startTime: "string" })
			? this.#began(line)
			: [];
	}

	#head(object: Raw, name = "timestamp"): Head {
		return headOf(geminiIdentity.name, this.file, this.lines.time(object, name), this.#cwd);
	}

	#began(line: Raw): TranscriptRecord[] {
		const head = this.#head(line, "startTime");
		if (head.agent === "") {
			return [record({ event: "session_start", ...head, source: "", model: "" })];
		}
		return [record({ event: "agent_start", ...head, agentType: "" })];
	}

	/**
	 * Some messages are only ever written as part of a patch. That of a session that is taken up again has all
	 * that was said before, with answers in parts, as they go to the model.
	 */
	#patched(set: Raw | null): TranscriptRecord[] {
		if (set === null) return this.lines.lacks("wrong_type");
		const listed: unknown[] = Array.isArray(set.messages) ? set.messages : [];
		const messages = listed.map(asObject).filter((each) => each !== null);
		const isRepeated = messages.some(
			({ type, content }) => type === "gemini" && Array.isArray(content),
		);
		return isRepeated ? [] : messages.flatMap((each) => this.#message(each));
	}

	#message(message: Raw): TranscriptRecord[] {
		switch (message.type) {
			case "user":
				return this.#asked(message);
			case "gemini":
				return this.#answered(message);
			case "info":
			case "warning":
			case "error":
				return [];
			default:
				return this.lines.lacks("unknown_type");
		}
	}

	/** What a person or the launching agent asked, or what a tool came back with. */
	#asked(message: Raw): TranscriptRecord[] {
		const head = this.#head(message);
		const text = textOfParts(message.content);
		if (message.content === undefined) this.lines.lacks("missing_field");
		if (hasUnknownPart(message.content)) this.lines.lacks("unknown_type");
		const refused = this.#refused(head, message.content);
		if (text === "" || /^\s*<session_context>/.test(text)) return refused;
		if (head.agent === "") return [record({ event: "prompt", ...head })];
		return [record({ event: "agent_start", ...head, agentType: "" })];
	}

	/** A call of a tool that an agent may not use stands in no answer, but in what it came back with. */
	#refused(head: Head, content: unknown): TranscriptRecord[] {
		const parts: unknown[] = Array.isArray(content) ? content : [];
		return parts.flatMap((part) => {
			const { text } = responseIn([part]);
			const told = asObject(asObject(part)?.functionResponse);
			if (told === null || !UNAUTHORIZED.test(text)) return [];
			const f = this.lines.fields(told);
			const [id, name] = [f.id("id"), f.id("name")];
			if (id === "" || name === "") return this.lines.lacks("missing_field");
			const answer = { output: text, success: false, errorClass: "denied" };
			const began = this.calls.called(head, geminiCall(id, name, {}));
			return [...began, ...this.calls.returned(head, id, answer)];
		});
	}

	#answered(message: Raw): TranscriptRecord[] {
		this.lines.has(message, { id: "string", content: "string", tokens: "object" });
		const isRenamed = Object.keys(message).some((name) => !MESSAGE.has(name));
		if (message.toolCalls === undefined && isRenamed) this.lines.lacks("missing_field");
		const head = this.#head(message);
		const calls: unknown[] = Array.isArray(message.toolCalls) ? message.toolCalls : [];
		const records = [...this.#spent(head, message)];
		for (const call of calls) records.push(...this.#called(head, asObject(call)));
		// It comes again when it has called something.
		const isEnd = calls.length === 0 && textOf(message.content) !== "" && head.agent === "";
		if (isEnd) records.push(record({ event: "turn_end", ...head }));
		return records;
	}

	#spent(head: Head, message: Raw): TranscriptRecord[] {
		const tokens = asObject(message.tokens);
		const f = this.lines.fields(message);
		const id = f.id("id");
		if (this.pass === "facts" || id === "" || id === this.#told) return [];
		if (!this.lines.has(tokens, { input: "number", output: "number" })) return [];
		this.#told = id;
		const t = this.lines.fields(tokens);
		const input = (t.count("input") ?? 0) + (t.count("tool") ?? 0);
		const cacheRead = Math.min(input, t.count("cached") ?? 0);
		const spent = {
			head,
			message: `${this.file.session}:${id}`,
			model: f.id("model"),
			tokensIn: input - cacheRead,
			// Thoughts are no part of the output here, and cost as much.
			tokensOut: (t.count("output") ?? 0) + (t.count("thoughts") ?? 0),
			cacheRead,
			cacheWrite: 0,
		};
		return [record(usageEvent(spent, this.priceOf))];
	}

	#called(head: Head, told: Raw | null): TranscriptRecord[] {
		if (!this.lines.has(told, { id: "string", name: "string", status: "string" })) return [];
		this.lines.has(told, { args: "object" });
		const f = this.lines.fields(told);
		const call = geminiCall(f.id("id"), f.id("name"), told.args);
		const began = this.calls.called(head, call);
		if (!OVER.has(told.status)) return began;
		return [...began, ...this.#returned(this.#head(told), call, told)];
	}

	#returned(head: Head, call: ToolCall, told: Raw): TranscriptRecord[] {
		const { text } = responseIn(told.result);
		const isShell = call.named.kind === "shell";
		const records = this.calls.returned(head, call.id, {
			output: text,
			success: told.status === "success",
			exitCode: isShell ? exitCodeIn(text) : null,
			changes: displayedChanges(told.resultDisplay, call.filePath ?? ""),
			...(told.status === "cancelled" ? { errorClass: "interrupted" } : {}),
		});
		if (call.named.kind === "launch") records.push(...this.#ended(head, call, told, text));
		const isLast = told.name === COMPLETE && told.status === "success" && head.agent !== "";
		if (isLast) records.push(this.#completed(head, told));
		return records;
	}

	/** An agent says its last word by a call. */
	#completed(head: Head, { args }: Raw): TranscriptRecord {
		const result = asObject(args)?.result;
		const text =
			textOf(result) ?? textOf(asObject(result)?.response) ?? JSON.stringify(result ?? "");
		return record({ event: "agent_stop", ...head, agentType: "", ...readOutcome(text) });
	}

	/** The client calls an agent a success that has no turns left. */
	#ended(head: Head, call: ToolCall, told: Raw, text: string): TranscriptRecord[] {
		const child = this.lines.fields(told).id("agentId");
		if (child === "") return this.lines.lacks("missing_field");
		const said = readOutcome(text);
		const outcome = said.outcome ?? OUTCOMES[TERMINATION.exec(text)?.[1] ?? ""] ?? null;
		const link = { id: call.id, child, model: "", status: "" };
		return [
			record({ event: "agent_link", ...head, ...link }),
			record({
				event: "agent_done",
				...head,
				id: call.id,
				child,
				outcome,
				stubs: said.stubs,
				costUsd: null,
				durationMs: null,
				toolUseCount: null,
				toolStats: "",
			}),
		];
	}
}
