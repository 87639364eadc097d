import type { TranscriptRecord } from "../../model/events/record.ts";
import { JsonReader } from "../kit/jsonReader.ts";
import { asObject, type Head, headOf, type Raw, record, textOf } from "../kit/raw.ts";
import { usageEvent } from "../kit/usageEvent.ts";
import { readOutcome } from "../outcomeMarker.ts";
import { copilotIdentity } from "./copilotIdentity.ts";
import { answerOf, callOf, PATCHER } from "./copilotTools.ts";

/** Lines that tell nothing that is asked for. As seen in version 1.0.102. */
const OF_NO_INTEREST =
	/^(?:hook\.|permission\.|system\.|external_tool\.|skill\.|command\.|elicitation\.|user_input\.|assistant\.(?:turn_start|turn_end|intent|reasoning|usage|streaming)|subagent\.(?:configured|selected|deselected|idle|message)|tool\.(?:user_requested|execution_partial|execution_progress)|session\.(?:info|warning|error|model_change|mode_changed|plan_changed|title_changed|context_changed|handoff|truncation|snapshot|idle|usage_info|compaction_start|workspace|task|background|mcp|skills|agents|import|tools|remote|extensions|custom)|pending_|abort$)/;

/** Reads the events of a session and of its agents, as recorded from 1.0.102. */
export class CopilotReader extends JsonReader {
	#cwd = "";

	protected read(line: Raw): TranscriptRecord[] {
		const type = textOf(line.type);
		if (type === null) return this.lines.lacks("missing_field");
		if (OF_NO_INTEREST.test(type)) return [];
		const data = asObject(line.data);
		if (data === null) return this.lines.lacks("missing_field");
		const agent = this.lines.fields(line).id("agentId");
		const place = { session: this.file.session, agent };
		const head = headOf(copilotIdentity.name, place, this.lines.time(line), this.#cwd);
		return this.#told(type, head, data);
	}

	#told(type: string, head: Head, data: Raw): TranscriptRecord[] {
		switch (type) {
			case "session.start":
			case "session.resume":
				return this.#began(head, data);
			case "user.message":
				return this.#asked(head);
			case "assistant.message":
				return this.#answered(head, data);
			case "tool.execution_start":
				return this.#called(head, data);
			case "tool.execution_complete":
				return this.#returned(head, data);
			case "subagent.started":
				return this.#launched(head, data);
			case "subagent.completed":
				return this.#ended(head, data);
			case "subagent.failed":
				return this.#failed(head, data);
			case "session.usage_record":
				return this.pass === "facts" ? [] : this.#spent(head, data);
			case "session.compaction_complete":
				return [record({ event: "compact", ...head })];
			case "session.shutdown":
				return [record({ event: "session_end", ...head, reason: textOf(data.shutdownType) ?? "" })];
			default:
				return this.lines.lacks("unknown_type");
		}
	}

	#began(head: Head, data: Raw): TranscriptRecord[] {
		const context = asObject(data.context);
		if (this.lines.has(context, { cwd: "string" })) {
			this.#cwd = this.lines.fields(context).text("cwd");
		}
		return [record({ event: "session_start", ...head, cwd: this.#cwd, source: "", model: "" })];
	}

	#asked(head: Head): TranscriptRecord[] {
		if (head.agent === "") return [record({ event: "prompt", ...head })];
		return [record({ event: "agent_start", ...head, agentType: "" })];
	}

	/** A turn, or the life of an agent, ends with a message that asks for no tool. */
	#answered(head: Head, data: Raw): TranscriptRecord[] {
		this.lines.has(data, { content: "string", toolRequests: "array" });
		if (!Array.isArray(data.toolRequests) || data.toolRequests.length > 0) return [];
		if (head.agent === "") return [record({ event: "turn_end", ...head })];
		const told = readOutcome(textOf(data.content) ?? "");
		return [record({ event: "agent_stop", ...head, agentType: "", ...told })];
	}

	#called(head: Head, data: Raw): TranscriptRecord[] {
		const f = this.lines.fields(data);
		const [id, name] = [f.id("toolCallId"), f.id("toolName")];
		if (id === "" || name === "") return this.lines.lacks("missing_field");
		this.lines.has(data, { arguments: name === PATCHER ? "string" : "object" });
		return this.calls.called(head, callOf(id, name, data));
	}

	#returned(head: Head, data: Raw): TranscriptRecord[] {
		const id = this.lines.fields(data).id("toolCallId");
		if (id === "") return this.lines.lacks("missing_field");
		this.lines.has(data, { success: "boolean" });
		return this.calls.returned(head, id, answerOf(this.calls.get(id), data));
	}

	#launched(head: Head, data: Raw): TranscriptRecord[] {
		const f = this.lines.fields(data);
		const id = f.id("toolCallId");
		const child = head.agent;
		if (id === "" || child === "") return this.lines.lacks("missing_field");
		const model = f.id("model");
		return [
			record({ event: "agent_link", ...head, agent: "", id, child, model, status: "" }),
			record({ event: "agent_start", ...head, agentType: f.id("agentType") || f.id("agentName") }),
		];
	}

	#ended(head: Head, data: Raw): TranscriptRecord[] {
		const f = this.lines.fields(data);
		const id = f.id("toolCallId");
		if (id === "" || head.agent === "") return this.lines.lacks("missing_field");
		return [
			record({
				event: "agent_done",
				...head,
				agent: "",
				id,
				child: head.agent,
				outcome: null,
				stubs: null,
				costUsd: null,
				durationMs: f.duration("durationMs"),
				toolUseCount: f.count("totalToolCalls"),
				toolStats: "",
			}),
		];
	}

	#failed(head: Head, data: Raw): TranscriptRecord[] {
		const f = this.lines.fields(data);
		const id = f.id("toolCallId");
		if (id === "" || head.agent === "") return this.lines.lacks("missing_field");
		return [
			record({
				event: "agent_result",
				...head,
				agent: "",
				id,
				child: head.agent,
				status: "failed",
				durationMs: f.duration("durationMs"),
				toolUseCount: f.count("totalToolCalls"),
				fingerprint: "failed",
				isHandedOver: false,
			}),
		];
	}

	#spent(head: Head, data: Raw): TranscriptRecord[] {
		const usage = asObject(data.usage);
		const demands = { inputTokens: "number", outputTokens: "number", apiCallId: "string" } as const;
		if (!this.lines.has(usage, demands)) return [];
		const f = this.lines.fields(usage);
		const input = f.count("inputTokens") ?? 0;
		const cacheRead = Math.min(input, f.count("cacheReadTokens") ?? 0);
		const cacheWrite = Math.min(input - cacheRead, f.count("cacheWriteTokens") ?? 0);
		const spent = {
			head,
			message: f.id("apiCallId"),
			model: f.id("model"),
			tokensIn: input - cacheRead - cacheWrite,
			tokensOut: f.count("outputTokens") ?? 0,
			cacheRead,
			cacheWrite,
		};
		return [record(usageEvent(spent, this.priceOf))];
	}
}
