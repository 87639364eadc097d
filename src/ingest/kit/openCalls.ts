import type { AgentEvent, CallArguments } from "../../model/events/events.ts";
import { MAX_DURATION_MS } from "../../model/events/limits.ts";
import type { CallContent, FileChange, TranscriptRecord } from "../../model/events/record.ts";
import { defaultAgentType } from "../clients/clientIdentities.ts";
import { changedLines } from "../hunks.ts";
import { failureWord } from "./failureWord.ts";
import { programOf } from "./programOf.ts";
import type { Head } from "./raw.ts";
import type { NamedTool } from "./toolWords.ts";

/** Calls kept while their results are awaited; the oldest is given up beyond it. */
const MAX_OPEN_CALLS = 1000;

/** What a call asks for, as a client's reader tells it. */
export interface ToolCall {
	/** tool_use_id */
	readonly id: string;
	readonly named: NamedTool;
	/** Arguments as the client has them, to be hashed. */
	readonly args: unknown;
	/** Of a shell. */
	readonly command?: string;
	/** File that it is about. */
	readonly filePath?: string;
	/** Text that it writes. */
	readonly written?: string;
	readonly skill?: string;
	/** Of one that launches an agent; what is not said is empty. */
	readonly launch?: Launch;
}

interface Launch {
	readonly agentType: string;
	readonly model: string;
	readonly description: string;
	readonly background: boolean;
}

/** What came back of a call. */
export interface ToolAnswer {
	readonly output: string;
	/** As the client says. */
	readonly success: boolean;
	/** Beats what the client says of success; null where none is told. */
	readonly exitCode?: number | null;
	/** How it failed, where the client says so; else told by the exit code and the output. */
	readonly errorClass?: string;
	/** As the client measured it, ms. */
	readonly durationMs?: number | null;
	readonly changes?: readonly FileChange[];
	/** File that it was about, where the answer says so better than the call. */
	readonly filePath?: string;
	/** It goes on in the background, or was cut off. */
	readonly isUnfinished?: boolean;
}

/** Tells calls and their results in the words of events, and keeps those that have no result yet. */
export class OpenCalls {
	readonly #open = new Map<string, { readonly call: ToolCall; readonly ts: number }>();

	get hasOpen(): boolean {
		return this.#open.size > 0;
	}

	/** null for a call that has a result, or that nothing was read of. */
	get(id: string): ToolCall | null {
		return this.#open.get(id)?.call ?? null;
	}

	called(head: Head, call: ToolCall): TranscriptRecord[] {
		if (this.#open.has(call.id)) return [];
		this.#open.set(call.id, { call, ts: head.ts });
		this.#giveUpOldest();
		return [{ event: beginOf(head, call), call: contentOf(head, call, null) }];
	}

	/**
	 * @param call what is known of it where its own line was not read; without both it is passed over
	 * @returns nothing for a launch that succeeded: what became of its agent says more
	 */
	returned(head: Head, id: string, answer: ToolAnswer, call?: ToolCall): TranscriptRecord[] {
		const open = this.#open.get(id);
		this.#open.delete(id);
		const known = open?.call ?? call;
		if (known === undefined) return [];
		const { named } = known;
		const success = answer.success && (answer.exitCode ?? 0) === 0;
		if (named.kind === "launch" && success) return [];
		const between = open === undefined ? null : Math.max(0, head.ts - open.ts);
		const measured = answer.durationMs ?? null;
		const durationMs =
			measured ?? (between !== null && between <= MAX_DURATION_MS ? between : null);
		const changes = success ? (answer.changes ?? []) : [];
		const event: AgentEvent = {
			event: "tool_result",
			...head,
			id,
			...nameOf(named),
			...argumentsOf(
				answer.filePath === undefined ? known : { ...known, filePath: answer.filePath },
			),
			success,
			durationMs,
			measuredBy: measured === null ? "transcript" : "hook",
			errorClass: success ? "" : errorClassOf(answer, known),
			...changedLines(changes),
		};
		return [{ event, call: contentOf(head, known, answer) }];
	}

	#giveUpOldest(): void {
		if (this.#open.size <= MAX_OPEN_CALLS) return;
		for (const oldest of this.#open.keys()) {
			this.#open.delete(oldest);
			break;
		}
	}
}

function beginOf(head: Head, call: ToolCall): AgentEvent {
	const { id, named, launch } = call;
	if (named.kind === "launch") {
		const asked = launch ?? { agentType: "", model: "", description: "", background: false };
		return {
			event: "agent_spawn",
			...head,
			id,
			parent: head.agent,
			...asked,
			defaultType: defaultAgentType(head.client),
			branch: "",
		};
	}
	return { event: "tool_use", ...head, id, ...nameOf(named), ...argumentsOf(call) };
}

function nameOf({ tool, rawTool, kind }: NamedTool) {
	return { tool, kind, ...(rawTool === undefined ? {} : { rawTool }) };
}

function argumentsOf({ named, command = "", filePath = "", skill = "" }: ToolCall): CallArguments {
	return {
		program: named.kind === "shell" ? programOf(command) : "",
		filePath,
		skill,
		mcpServer: named.mcpServer,
		mcpTool: named.mcpTool,
	};
}

function errorClassOf({ errorClass, exitCode, output }: ToolAnswer, { named }: ToolCall): string {
	if (errorClass !== undefined) return errorClass;
	const code = exitCode ?? 0;
	return code === 0 ? failureWord(output, named.kind) : `exit_${code}`;
}

/** @param answer null where it is still to come */
function contentOf(head: Head, call: ToolCall, answer: ToolAnswer | null): CallContent {
	const { named, args, command = "" } = call;
	const written = answer === null ? (call.written ?? null) : null;
	const texts = { args, written, output: answer?.output ?? "" };
	switch (named.kind) {
		case "edit":
			return { kind: "edit", ...texts, folder: head.cwd, changes: answer?.changes ?? [] };
		case "shell": {
			const shell = named.tool === "PowerShell" ? "powershell" : "bash";
			const isUnfinished = answer?.isUnfinished ?? false;
			return { kind: "shell", ...texts, shell, command, isUnfinished };
		}
		default:
			return { kind: named.kind, ...texts };
	}
}
