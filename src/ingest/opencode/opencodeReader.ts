import type { TranscriptRecord } from "../../model/events/record.ts";
import { JsonReader } from "../kit/jsonReader.ts";
import { asObject, type Head, headOf, type Raw, record, textOf } from "../kit/raw.ts";
import { usageEvent } from "../kit/usageEvent.ts";
import { readOutcome } from "../outcomeMarker.ts";
import { opencodeIdentity } from "./opencodeIdentity.ts";
import { answerOf, callOf } from "./opencodeTools.ts";

/** Events that tell nothing that is asked for. As seen in version 1.18.33. */
const IDLE =
	/^(?:session\.(?:updated|deleted|diff|status|idle|error|compacted|next\.\S+|forked)|message\.(?:removed|part\.removed|part\.delta)|todo\.\S+|permission\.\S+|question\.\S+|file\.\S+)$/;
/** Parts of messages of which nothing is read. */
const IDLE_PARTS: ReadonlySet<unknown> = new Set([
	"agent",
	"file",
	"patch",
	"reasoning",
	"retry",
	"snapshot",
	"step-finish",
	"step-start",
	"subtask",
]);
/** Fields of a launch and of what is noted of it. */
const LAUNCH: ReadonlySet<string> = new Set([
	"attachments",
	"error",
	"input",
	"metadata",
	"model",
	"output",
	"parentSessionId",
	"raw",
	"sessionId",
	"status",
	"summary",
	"time",
	"title",
	"truncated",
]);
const VERSION = /\.\d+$/;

/** Reads the events of all sessions, as recorded from 1.18.33. */
export class OpencodeReader extends JsonReader {
	/** What was said last in messages that are not over, by their ids. */
	readonly #words = new Map<string, string>();

	override get hasOpenCalls(): boolean {
		return this.calls.hasOpen || this.#words.size > 0;
	}

	protected read(line: Raw): TranscriptRecord[] {
		const data = asObject(line.data);
		if (!this.lines.has(line, { type: "string", session: "string" }) || data === null) {
			return this.lines.lacks("missing_field");
		}
		const type = String(line.type).replace(VERSION, "");
		if (IDLE.test(type)) return [];
		switch (type) {
			case "session.created":
				return this.#began(line, asObject(data.info));
			case "message.updated":
				return this.#message(line, asObject(data.info));
			case "message.part.updated":
				return this.#part(line, asObject(data.part), data.time);
			default:
				return this.lines.lacks("unknown_type");
		}
	}

	/** @param at ms since the epoch */
	#head(line: Raw, at: unknown): Head {
		const f = this.lines.fields(line);
		const isTime = typeof at === "number" && Number.isFinite(at) && Math.abs(at) < 8.64e15;
		const ts = this.lines.time({ at: isTime ? new Date(at).toISOString() : at }, "at");
		const place = { session: f.id("session"), agent: f.id("agent") };
		return headOf(opencodeIdentity.name, place, ts, f.text("cwd"));
	}

	#began(line: Raw, info: Raw | null): TranscriptRecord[] {
		if (!this.lines.has(info, { id: "string", time: "object" })) return [];
		const head = this.#head(line, asObject(info.time)?.created);
		if (head.agent === "") {
			return [record({ event: "session_start", ...head, source: "", model: "" })];
		}
		return [
			record({ event: "agent_start", ...head, agentType: this.lines.fields(info).id("agent") }),
		];
	}

	#message(line: Raw, info: Raw | null): TranscriptRecord[] {
		if (!this.lines.has(info, { id: "string", role: "string", time: "object" })) return [];
		const { created, completed, ...others } = asObject(info.time) ?? {};
		if (Object.keys(others).length > 0) this.lines.lacks("missing_field");
		if (isCopied(line, created)) return [];
		if (info.role === "user") return this.#asked(this.#head(line, created));
		const id = this.lines.fields(info).id("id");
		if (completed === undefined) {
			if (!this.#words.has(id)) this.#words.set(id, "");
			return [];
		}
		const head = this.#head(line, completed);
		return [...this.#spent(head, id, info), ...this.#ended(head, id, info)];
	}

	#asked(head: Head): TranscriptRecord[] {
		if (head.agent === "") return [record({ event: "prompt", ...head })];
		return [record({ event: "agent_start", ...head, agentType: "" })];
	}

	#spent(head: Head, message: string, info: Raw): TranscriptRecord[] {
		const tokens = asObject(info.tokens);
		if (this.pass === "facts") return [];
		if (!this.lines.has(tokens, { input: "number", output: "number" })) return [];
		const t = this.lines.fields(tokens);
		const cache = this.lines.fields(asObject(tokens.cache) ?? {});
		const f = this.lines.fields(info);
		const cost = f.cost("cost");
		const spent = {
			head,
			message,
			model: f.id("modelID"),
			tokensIn: t.count("input") ?? 0,
			tokensOut: (t.count("output") ?? 0) + (t.count("reasoning") ?? 0),
			cacheRead: cache.count("read") ?? 0,
			cacheWrite: cache.count("write") ?? 0,
			// Nothing is what it says where it knows no price.
			ownCostUsd: cost === 0 ? null : cost,
		};
		return [record(usageEvent(spent, this.priceOf))];
	}

	#ended(head: Head, id: string, info: Raw): TranscriptRecord[] {
		const words = this.#words.get(id) ?? "";
		this.#words.delete(id);
		const error = textOf(asObject(info.error)?.name);
		this.lines.has(info, error === null ? { finish: "string" } : {});
		if (info.finish === "tool-calls" && error === null) return [];
		if (head.agent === "") return [record({ event: "turn_end", ...head })];
		const told = readOutcome(words);
		const hasFailed = error !== null && error !== "MessageAbortedError";
		const outcome = hasFailed ? "fail" : told.outcome;
		return [record({ event: "agent_stop", ...head, agentType: "", ...told, outcome })];
	}

	#part(line: Raw, part: Raw | null, at: unknown): TranscriptRecord[] {
		if (!this.lines.has(part, { type: "string", messageID: "string" })) return [];
		switch (part.type) {
			case "text": {
				const id = this.lines.fields(part).id("messageID");
				if (this.#words.has(id)) this.#words.set(id, textOf(part.text) ?? "");
				return [];
			}
			case "tool":
				return this.#tool(line, part, at);
			case "compaction":
				return [record({ event: "compact", ...this.#head(line, at) })];
			default:
				return IDLE_PARTS.has(part.type) ? [] : this.lines.lacks("unknown_type");
		}
	}

	/** A call is written each time that more is known of it; its arguments are there once it runs. */
	#tool(line: Raw, part: Raw, at: unknown): TranscriptRecord[] {
		const state = asObject(part.state);
		const demands = { callID: "string", tool: "string", state: "object" } as const;
		if (!this.lines.has(part, demands) || !this.lines.has(state, { status: "string" })) return [];
		if (state.status === "pending") return [];
		this.lines.has(state, { input: "object", time: "object" });
		const f = this.lines.fields(part);
		const call = callOf(f.id("callID"), f.id("tool"), state.input);
		const { start, end } = asObject(state.time) ?? {};
		if (isCopied(line, start)) return [];
		const isOver = state.status === "completed" || state.status === "error";
		const began = this.calls.called(this.#head(line, start ?? at), call);
		const link = call.named.kind === "launch" ? this.#linked(line, at, call.id, state) : [];
		if (!isOver) return [...began, ...link];
		const head = this.#head(line, end ?? at);
		return [...began, ...link, ...this.calls.returned(head, call.id, answerOf(call, state), call)];
	}

	/** The agent that a launch led to, once there is one. */
	#linked(line: Raw, at: unknown, id: string, state: Raw): TranscriptRecord[] {
		const metadata = asObject(state.metadata) ?? {};
		const child = this.lines.fields(metadata).id("sessionId");
		if (child === "") {
			const isRenamed = Object.keys({ ...state, ...metadata }).some((name) => !LAUNCH.has(name));
			return isRenamed ? this.lines.lacks("missing_field") : [];
		}
		const head = this.#head(line, at);
		return [record({ event: "agent_link", ...head, id, child, model: "", status: "" })];
	}
}

/** A fork begins with copies of what was said in the session that it goes on from, which tells them itself. */
function isCopied({ since }: Raw, at: unknown): boolean {
	return typeof since === "number" && typeof at === "number" && at < since;
}
