import type { TranscriptRecord } from "../../model/events/record.ts";
import { type JsonLines, objectIn } from "../kit/jsonLines.ts";
import { OpenCalls, type ToolAnswer } from "../kit/openCalls.ts";
import { asObject, type Head, type Raw, record, textOf } from "../kit/raw.ts";
import { answerIn } from "./callAnswers.ts";
import { codexIdentity } from "./codexIdentity.ts";
import { callOf, changeCall, shellCall } from "./codexTools.ts";
import { fileChangesOf } from "./fileChanges.ts";
import { IDLE_DONE_ITEMS, IDLE_EVENTS, IDLE_ITEMS } from "./lineTypes.ts";

/** Tools that run scripts, whose own calls are told one by one, and that wait for such a script. */
const SCRIPTS: ReadonlySet<string> = new Set(["exec", "wait"]);

/** Stands for the exit code of a command that was ended before it had one. */
const NO_CODE = -1;

/** A script, and when the last of its calls ended, ms since the epoch. */
interface Script {
	readonly id: string;
	at: number;
}

/** Tells calls: as the model made them, and as items that are over. */
export class CodexCalls {
	readonly #lines: JsonLines;
	readonly #open = new OpenCalls();
	#script: Script | null = null;
	/** The turn was broken off: what ends now was ended. */
	isCutOff = false;

	constructor(lines: JsonLines) {
		this.#lines = lines;
	}

	get hasOpen(): boolean {
		return this.#open.hasOpen || this.#script !== null;
	}

	/** What the model made, or was given. */
	item(head: Head, item: Raw): TranscriptRecord[] {
		switch (item.type) {
			case "function_call":
			case "custom_tool_call":
			case "local_shell_call":
				return this.#called(head, item);
			case "function_call_output":
			case "custom_tool_call_output":
			case "local_shell_call_output":
				return this.#returned(head, item);
			case "web_search_call":
				return this.#done(head, { ...item, query: asObject(item.action)?.query }, "web_search");
			default:
				return IDLE_ITEMS.has(item.type) ? [] : this.#lines.lacks("unknown_type");
		}
	}

	/** An event that tells of a call. */
	happened(head: Head, event: Raw): TranscriptRecord[] {
		switch (event.type) {
			case "item_completed":
				return this.#completed(head, event);
			case "exec_command_end":
				return this.#ran(head, { ...event, id: event.call_id }, null);
			case "patch_apply_end":
				return this.#changed(head, { ...event, id: event.call_id });
			case "mcp_tool_call_end": {
				const { server, tool, arguments: args } = asObject(event.invocation) ?? {};
				const result = asObject(event.result) ?? {};
				const error = "Err" in result ? result.Err : null;
				return this.#server(head, { id: event.call_id, server, tool, arguments: args, error });
			}
			case "web_search_end":
				return this.#done(head, { ...event, id: event.call_id }, "web_search");
			default:
				return typeof event.type === "string" && IDLE_EVENTS.test(event.type)
					? []
					: this.#lines.lacks("unknown_event");
		}
	}

	#called(head: Head, item: Raw): TranscriptRecord[] {
		const f = this.#lines.fields(item);
		const isShell = item.type === "local_shell_call";
		const name = isShell ? "local_shell" : f.id("name");
		const id = f.id("call_id") || (isShell ? f.id("id") : "");
		if (id === "" || name === "") return this.#lines.lacks("missing_field");
		const namespace = f.id("namespace");
		if (namespace === "" && SCRIPTS.has(name)) {
			this.#script = { id, at: head.ts };
			return [];
		}
		const input = item.arguments ?? item.input ?? item.action;
		if (input === undefined) this.#lines.lacks("missing_field");
		return this.#open.called(head, callOf(id, name, namespace, input));
	}

	#returned(head: Head, item: Raw): TranscriptRecord[] {
		const id = this.#lines.fields(item).id("call_id");
		if (id === "") return this.#lines.lacks("missing_field");
		if (this.#script?.id === id) this.#script = null;
		const call = this.#open.get(id);
		if (call === null) return [];
		const answer = answerIn(item.output);
		if (call.named.kind !== "launch") return this.#open.returned(head, id, answer);
		const told = objectIn(answer.output);
		const child = textOf(told?.agent_id) ?? "";
		const success = child !== "" || textOf(told?.task_name) !== null;
		return [
			...this.#open.returned(head, id, { ...answer, success }),
			...(child === "" ? [] : [linkOf(head, id, child, "")]),
		];
	}

	#completed(head: Head, event: Raw): TranscriptRecord[] {
		const item = asObject(event.item);
		if (!this.#lines.has(item, { type: "string", id: "string" })) return [];
		switch (item.type) {
			case "CommandExecution":
				return this.#ran(head, item, event);
			case "FileChange":
				return this.#changed(head, item);
			case "McpToolCall":
				return this.#server(head, item);
			case "WebSearch":
				return this.#done(head, item, "web_search");
			case "ImageView":
				return this.#done(head, item, "view_image");
			case "SubAgentActivity":
				this.#lines.has(item, { kind: "string" });
				return item.kind === "started" ? this.#launched(head, item, item.agent_thread_id) : [];
			case "CollabAgentToolCall":
				return this.#collaborated(head, item);
			default:
				return IDLE_DONE_ITEMS.has(item.type) ? [] : this.#lines.lacks("unknown_type");
		}
	}

	/** A command is over. @param event that tells of it; null where that does not say when it began */
	#ran(head: Head, item: Raw, event: Raw | null): TranscriptRecord[] {
		const id = textOf(item.id);
		if (id === null) return this.#lines.lacks("missing_field");
		this.#lines.has(item, { exit_code: "number" });
		const call =
			this.#open.get(id) ?? shellCall(id, "exec_command", { cmd: item.command }, item.command);
		const success = item.status !== "failed" && item.status !== "declined";
		const exitCode = typeof item.exit_code === "number" ? item.exit_code : null;
		const isInterrupted = exitCode === NO_CODE || (this.isCutOff && !success);
		const answer: ToolAnswer = {
			output: textOf(item.aggregated_output) ?? "",
			success,
			exitCode,
			...(isInterrupted ? { errorClass: "interrupted" } : {}),
		};
		const began = this.#open.get(id) === null ? this.#begin(head, event?.started_at_ms) : head.ts;
		return [
			...this.#open.called({ ...head, ts: began }, call),
			...this.#open.returned(head, id, answer),
		];
	}

	/**
	 * When a call of a script began: with the script, or when the last one before it ended. What the item
	 * says is wrong for short commands.
	 */
	#begin(head: Head, told: unknown): number {
		const script = this.#script;
		const own = typeof told === "number" && told > 0 && told <= head.ts ? told : head.ts;
		if (script === null) return own;
		const began = Math.min(script.at, own);
		script.at = Math.max(script.at, head.ts);
		return began;
	}

	#changed(head: Head, item: Raw): TranscriptRecord[] {
		const id = textOf(item.id);
		if (id === null) return this.#lines.lacks("missing_field");
		this.#lines.has(item, { changes: "object" });
		const changes = fileChangesOf(item.changes);
		const filePath = changes[0]?.path ?? "";
		const call = this.#open.get(id) ?? changeCall(id, item, changes);
		const began = this.#open.get(id) === null ? this.#begin(head, null) : head.ts;
		const isDone = item.status === undefined ? item.success !== false : item.status === "completed";
		const output = textOf(item.stderr) || (textOf(item.stdout) ?? "");
		return [
			...this.#open.called({ ...head, ts: began }, call),
			...this.#open.returned(head, id, { output, success: isDone, changes, filePath }),
		];
	}

	#server(head: Head, item: Raw): TranscriptRecord[] {
		const f = this.#lines.fields(item);
		const [id, server, tool] = [f.id("id"), f.id("server"), f.id("tool")];
		if (id === "" || server === "" || tool === "") return this.#lines.lacks("missing_field");
		const call = this.#open.get(id) ?? callOf(id, tool, `mcp__${server}`, item.arguments);
		const began = this.#open.get(id) === null ? this.#begin(head, null) : head.ts;
		const isFailure = item.status === "failed" || (item.error ?? null) !== null;
		const error = textOf(asObject(item.error)?.message) ?? textOf(item.error) ?? "";
		return [
			...this.#open.called({ ...head, ts: began }, call),
			...this.#open.returned(head, id, { output: error, success: !isFailure }),
		];
	}

	/** Something that is told when it is over, and whose success nobody doubts. */
	#done(head: Head, item: Raw, name: string): TranscriptRecord[] {
		const id = this.#lines.fields(item).id("id");
		if (id === "") return [];
		const call = callOf(id, name, "", { query: item.query, path: item.path });
		return [
			...this.#open.called(head, call),
			...this.#open.returned(head, id, { output: "", success: item.status !== "failed" }),
		];
	}

	/** The first history tells more of the agents that a call started than their own threads do. */
	#collaborated(head: Head, item: Raw): TranscriptRecord[] {
		this.#lines.has(item, { tool: "string", receiver_agents: "array" });
		if (item.tool !== "spawn_agent") return [];
		const agents: unknown[] = Array.isArray(item.receiver_agents) ? item.receiver_agents : [];
		return agents
			.map((agent) => this.#lines.fields(asObject(agent) ?? {}))
			.flatMap((agent) => [
				...this.#launched(head, item, agent.id("thread_id")),
				record({
					event: "agent_meta",
					...head,
					agent: "",
					id: textOf(item.id) ?? "",
					child: agent.id("thread_id"),
					parent: head.agent,
					agentType: agent.id("agent_role") || codexIdentity.defaultAgentType,
					defaultType: codexIdentity.defaultAgentType,
					model: "",
					description: agent.text("agent_nickname"),
					background: true,
				}),
			]);
	}

	/** A thread was started for a call; a call of a script is told by nothing else. */
	#launched(head: Head, item: Raw, child: unknown): TranscriptRecord[] {
		const f = this.#lines.fields({ id: item.id, child });
		const [id, agent] = [f.id("id"), f.id("child")];
		if (id === "" || agent === "") return this.#lines.lacks("missing_field");
		const model = this.#lines.fields(item).id("model");
		const isTold = this.#open.get(id) !== null || this.#script === null;
		const call = callOf(id, "spawn_agent", "", {});
		return [
			...(isTold ? [] : [...this.#open.called(head, call), ...this.#open.returned(head, id, DONE)]),
			linkOf(head, id, agent, model),
		];
	}
}

const DONE: ToolAnswer = { output: "", success: true };

function linkOf(head: Head, id: string, child: string, model: string): TranscriptRecord {
	return record({ event: "agent_link", ...head, id, child, model, status: "" });
}
