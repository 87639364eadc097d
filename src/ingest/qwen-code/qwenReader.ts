import type { AgentEvent } from "../../model/events/events.ts";
import type { FileChange, Hunk, TranscriptRecord } from "../../model/events/record.ts";
import type { Fields } from "../fields/fields.ts";
import { wholeFile } from "../hunks.ts";
import { compareLines } from "../kit/compareLines.ts";
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
import { qwenIdentity } from "./qwenIdentity.ts";

/** Kinds of lines by the client itself that tell nothing that is asked for. As seen in version 0.24.4. */
const IDLE_SUBTYPES =
	/^(?:attribution_snapshot|slash_command|at_command|custom_title|session_title|file_history_\w+|rewind|mode_\w+|model_\w+|hook_\w+|queued_\w+|agent_\w+|team_\w+|worktree_\w+|plan_\w+|context_\w+)$/;
/** Ends of an agent as the file beside it names them. */
const ENDS: Readonly<Record<string, string>> = {
	completed: "completed",
	failed: "failed",
	error: "failed",
	cancelled: "stopped",
	stopped: "stopped",
};

/** How the answer to an edit begins, and from which line on it shows the file. */
const UPDATED =
	/^The file: .* has been updated\. Showing lines (\d{1,9})-\d+ of \d+ from the edited file:\n\n---\n\n([\s\S]*)/;

/** Reads a session of Qwen Code or one of its agents, as recorded from 0.24.4. */
export class QwenReader extends JsonReader {
	/** Words of an agent behind which a call may come still; null where none may be the last. */
	#lastWords: AgentEvent | null = null;
	/** Whether the file beside an agent's has said that it is not over. */
	#isAtWork = false;

	override get hasOpenCalls(): boolean {
		return this.calls.hasOpen || this.#lastWords !== null;
	}

	override companion(_relativePath: string, text: string): Findings {
		return this.lines.read(text, (meta) => this.#described(meta));
	}

	protected read(line: Raw): TranscriptRecord[] {
		const type = textOf(line.type);
		if (type === null) return this.lines.lacks("missing_field");
		// A fork begins with lines of the session that it goes on from, which tells them itself.
		if (asObject(line.forkedFrom) !== null) return [];
		const cwd = this.lines.fields(line).text("cwd");
		const head = headOf(qwenIdentity.name, this.file, this.lines.time(line), cwd);
		switch (type) {
			case "user":
				this.lines.has(asObject(line.message), { parts: "array" });
				return this.#asked(head);
			case "assistant":
				return this.#answered(head, line);
			case "tool_result":
				return this.#returned(head, line);
			case "system":
				return this.#system(head, line);
			default:
				return this.lines.lacks("unknown_type");
		}
	}

	#asked(head: Head): TranscriptRecord[] {
		this.#lastWords = null;
		if (head.agent === "") return [record({ event: "prompt", ...head })];
		return [record({ event: "agent_start", ...head, agentType: "" })];
	}

	/** The words of an agent stand on a line before its calls. */
	#answered(head: Head, line: Raw): TranscriptRecord[] {
		const message = asObject(line.message);
		if (!this.lines.has(message, { parts: "array" })) return [];
		const parts = (message.parts as unknown[]).map(asObject);
		const calls = parts.map((part) => asObject(part?.functionCall)).filter((call) => call !== null);
		if (hasUnknownPart(message.parts)) this.lines.lacks("unknown_type");
		this.#lastWords = null;
		if (calls.length > 0) return calls.flatMap((call) => this.#called(head, call));
		if (head.agent === "") return [record({ event: "turn_end", ...head })];
		const told = readOutcome(textOfParts(message.parts));
		const stop: AgentEvent = { event: "agent_stop", ...head, agentType: "", ...told };
		if (!this.#isAtWork) return [record(stop)];
		this.#lastWords = stop;
		return [];
	}

	#called(head: Head, call: Raw): TranscriptRecord[] {
		const f = this.lines.fields(call);
		const [id, name] = [f.id("id"), f.id("name")];
		if (id === "" || name === "") return this.lines.lacks("missing_field");
		this.lines.has(call, { args: "object" });
		return this.calls.called(head, geminiCall(id, name, call.args));
	}

	#returned(head: Head, line: Raw): TranscriptRecord[] {
		this.#lastWords = null;
		const told = asObject(line.toolCallResult);
		if (!this.lines.has(told, { callId: "string" })) return [];
		const f = this.lines.fields(told);
		const id = f.id("callId");
		const { text, isError } = responseIn(asObject(line.message)?.parts);
		const display = asObject(told.resultDisplay);
		const status = textOf(told.status);
		const code = display?.exitCode;
		const call = this.calls.get(id);
		const isShell = call?.named.kind === "shell";
		return this.calls.returned(head, id, {
			output: text,
			success: status === null ? !isError : status === "success",
			exitCode: typeof code === "number" ? code : isShell ? exitCodeIn(text) : null,
			durationMs: f.duration("durationMs"),
			changes: changesOf(call, display, text),
			isUnfinished: display?.outcome === "background",
			...(status === "cancelled" ? { errorClass: "interrupted" } : {}),
			...(told.errorType === "execution_denied" ? { errorClass: "denied" } : {}),
		});
	}

	#system(head: Head, line: Raw): TranscriptRecord[] {
		this.lines.has(line, { subtype: "string" });
		const subtype = textOf(line.subtype) ?? "";
		if (subtype === "chat_compression") return [record({ event: "compact", ...head })];
		if (subtype !== "ui_telemetry") {
			return IDLE_SUBTYPES.test(subtype) ? [] : this.lines.lacks("unknown_type");
		}
		const payload = asObject(line.systemPayload);
		const event = asObject(payload?.uiEvent);
		if (!this.lines.has(event, { "event.name": "string" })) return [];
		return event["event.name"] === "qwen-code.api_response" ? this.#spent(head, event) : [];
	}

	/** Requests of agents stand in their session's file, and name them. */
	#spent(head: Head, event: Raw): TranscriptRecord[] {
		if (this.pass === "facts") return [];
		const demands = { response_id: "string", input_token_count: "number" } as const;
		if (!this.lines.has(event, { ...demands, output_token_count: "number" })) return [];
		const f = this.lines.fields(event);
		const input = f.count("input_token_count") ?? 0;
		const cacheRead = Math.min(input, f.count("cached_content_token_count") ?? 0);
		const spent = {
			head: { ...head, agent: f.id("subagent_id") || head.agent },
			message: f.id("response_id"),
			model: f.id("model"),
			tokensIn: input - cacheRead,
			tokensOut: f.count("output_token_count") ?? 0,
			cacheRead,
			cacheWrite: 0,
		};
		return [record(usageEvent(spent, this.priceOf))];
	}

	#described(meta: Raw): TranscriptRecord[] {
		this.lines.has(meta, { agentType: "string", toolUseId: "string", status: "string" });
		const f = this.lines.fields(meta);
		const { session, agent } = this.file;
		const head = headOf(qwenIdentity.name, { session, agent: "" }, this.lines.lastTs, "");
		const end = ENDS[textOf(meta.status) ?? ""];
		this.#isAtWork = end === undefined;
		const described = record({
			event: "agent_meta",
			...head,
			id: f.id("toolUseId"),
			child: agent,
			parent: f.id("parentAgentId"),
			agentType: f.id("agentType"),
			defaultType: qwenIdentity.defaultAgentType,
			model: f.id("model"),
			description: f.text("description"),
			background: meta.isBackgrounded === true,
		});
		return end === undefined ? [described] : [described, ...this.#ended(head, f, end)];
	}

	#ended(head: Head, f: Fields, status: string): TranscriptRecord[] {
		const words = this.#lastWords;
		this.#lastWords = null;
		const ts = f.time("lastUpdatedAt", 0);
		if (ts === 0) return this.lines.lacks("no_time");
		const report = record({
			event: "agent_result",
			...head,
			ts,
			id: f.id("toolUseId"),
			child: this.file.agent,
			status,
			durationMs: null,
			toolUseCount: null,
			fingerprint: status,
			isHandedOver: false,
		});
		return words === null ? [report] : [record(words), report];
	}
}

/** Answers to agents are not made for display: what they changed stands in the call. */
function changesOf(call: ToolCall | null, display: Raw | null, text: string): FileChange[] {
	const { named, filePath = "", written } = call ?? {};
	if (call === null || display !== null || written === undefined) {
		return displayedChanges(display, filePath);
	}
	if (named?.tool === "Write" && /^Successfully created\b/.test(text)) {
		return [{ path: filePath, hunks: [wholeFile(written)], before: null, after: written }];
	}
	const hunk = UPDATED.test(text) ? replacedIn(call, text) : null;
	return hunk === null ? [] : [{ path: filePath, hunks: [hunk], before: null, after: null }];
}

/** What an edit replaced, where that was in one place. @param text of its answer, which shows the place */
function replacedIn({ args, written = "" }: ToolCall, text: string): Hunk | null {
	const { old_string: old, replace_all: isEach } = asObject(args) ?? {};
	if (typeof old !== "string" || isEach === true) return null;
	const lines = compareLines(old.split("\n"), written.split("\n"));
	const [, first, shown = ""] = UPDATED.exec(text) ?? [];
	const before = shown.slice(0, Math.max(0, shown.indexOf(written))).split("\n").length - 1;
	const start = Number(first) + before;
	return { oldStart: start, newStart: start, lines: lines.map(({ mark, text: of }) => mark + of) };
}
