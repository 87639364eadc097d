import type { Outcome } from "../views/view.ts";
import type { LineNote } from "./lineProblem.ts";

/** The two sources of events. */
export type Origin = "hook" | "transcript";

/**
 * The event log's vocabulary, v1 and v2 brought to one form (docs/events.md is the contract), which
 * transcripts are read into as well. Strings are bounded and empty where the source had nothing;
 * times are milliseconds.
 */
interface Common {
	/** Where it was read: in the log that hooks write, or in the client's own transcript. */
	readonly origin: Origin;
	/** Of a line of the log that no hook wrote: what its client sends over OTLP was received. */
	readonly via?: "otlp";
	/** Short stable name of the program whose agents these are, such as `claude-code`. */
	readonly client: string;
	/** Version of the line: 1 lacks sessions on most events and knows no agent ids. */
	readonly v: 1 | 2;
	/** Milliseconds since the epoch; 0 where nothing told it, as of what stands beside a transcript. */
	readonly ts: number;
	/** Session id; empty on v1 lines that do not name one. */
	readonly session: string;
	/** The acting agent: an agent id, on v1 a tool_use_id; empty for the orchestrator. */
	readonly agent: string;
	readonly cwd: string;
	/** Something about the line that was repaired, to be counted; null on a clean line. */
	readonly note: LineNote | null;
}

/** What a call does, whatever its client calls the tool: `message` goes on with an agent. */
export type CallKind = "shell" | "edit" | "launch" | "message" | "mcp" | "skill" | "other";

/** What the contract lets through of a call's arguments; empty where the tool has none of it. */
export interface CallArguments {
	/** First word of a shell command, without its folder. */
	readonly program: string;
	readonly filePath: string;
	readonly skill: string;
	readonly mcpServer: string;
	/** The tool's name on its server. */
	readonly mcpTool: string;
}

/** What each event tells beside what all tell. */
interface Particulars {
	session_start: {
		readonly source: string;
		readonly model: string;
	};
	session_end: {
		readonly reason: string;
	};
	prompt: object;
	agent_spawn: {
		/** tool_use_id of the launching call */
		readonly id: string;
		/** Acting agent, empty for the orchestrator. On v1 the session stands in `session`. */
		readonly parent: string;
		readonly agentType: string;
		/** What its client takes where that is empty. */
		readonly defaultType: string;
		readonly model: string;
		readonly description: string;
		/** There was no description: these are the first words of what the agent was asked. */
		readonly isPreview?: boolean;
		readonly branch: string;
		readonly background: boolean;
	};
	agent_start: {
		readonly agentType: string;
	};
	agent_link: {
		readonly id: string;
		readonly child: string;
		readonly model: string;
		readonly status: string;
	};
	agent_done: {
		readonly id: string;
		/** Agent id; empty on v1. */
		readonly child: string;
		readonly outcome: Outcome | null;
		readonly stubs: number | null;
		readonly costUsd: number | null;
		readonly durationMs: number | null;
		readonly toolUseCount: number | null;
		/** Counts by kind of tool as the client gave them, as JSON text; empty where it gave none. */
		readonly toolStats: string;
	};
	agent_stop: {
		readonly agentType: string;
		readonly outcome: Outcome | null;
		readonly stubs: number | null;
	};
	agent_result: {
		readonly id: string;
		readonly child: string;
		readonly status: string;
		readonly durationMs: number | null;
		readonly toolUseCount: number | null;
		/** Tells a repeated line from a second result of a resumed agent. */
		readonly fingerprint: string;
		/** The orchestrator was told, and goes on; it may only have been put in line to be. */
		readonly isHandedOver: boolean;
	};
	/**
	 * What the client noted beside an agent's transcript: the surest link there is between an agent, the
	 * call that launched it and the agent that made the call.
	 */
	agent_meta: {
		/** tool_use_id of the launching call; empty where the agent was launched otherwise */
		readonly id: string;
		/** Agent id */
		readonly child: string;
		/** Agent that launched it; empty for the orchestrator. */
		readonly parent: string;
		readonly agentType: string;
		readonly defaultType: string;
		/** As asked for, which may be a short name. */
		readonly model: string;
		readonly description: string;
		readonly background: boolean;
	};
	tool_use: CallArguments & {
		readonly id: string;
		/** In the words that all clients share (`src/ingest/kit/toolWords.ts`), else as the client calls it. */
		readonly tool: string;
		/** As the client calls it; absent where that is the same. */
		readonly rawTool?: string;
		readonly kind: CallKind;
	};
	tool_result: CallArguments & {
		readonly id: string;
		readonly tool: string;
		readonly rawTool?: string;
		readonly kind: CallKind;
		readonly success: boolean;
		readonly durationMs: number | null;
		/** `hook` where the client measured it itself; absent: as `origin`. */
		readonly measuredBy?: Origin;
		readonly errorClass: string;
		readonly linesAdded: number | null;
		readonly linesRemoved: number | null;
	};
	skill_use: {
		readonly id: string;
		readonly tool: string;
		readonly skill: string;
		readonly success: boolean;
		readonly durationMs: number | null;
	};
	permission_wait: {
		readonly tool: string;
		readonly kind: CallKind;
		/** By when the client reminds of a question that is still open, ms; null where it never does. */
		readonly remindedWithinMs: number | null;
	};
	notification: {
		/** Whether the user is reminded of a question that is still open. */
		readonly isReminder: boolean;
	};
	compact: object;
	turn_end: object;
	/** A number that the assistant gave together with where it has it from. */
	numeric_claim: {
		/** `REAL`, `FROM-JOURNAL` or `ESTIMATE-HTC` */
		readonly tier: string;
		readonly value: string;
		readonly pointer: string;
	};
	/**
	 * Tokens of one request to the model. Every line of a message repeats them, so they are counted
	 * once per message; of several reports of one message the one with the most output is the last.
	 */
	usage: {
		/** Message id */
		readonly message: string;
		readonly model: string;
		/** Tokens read afresh, that is neither from the cache nor into it. */
		readonly tokensIn: number;
		readonly tokensOut: number;
		readonly cacheRead: number;
		/**
		 * Written into the cache, to be kept for as long as is usual (Anthropic's five minutes) or for an
		 * hour, where that is something else to pay for.
		 */
		readonly cacheWrite5m: number;
		readonly cacheWrite1h: number;
		/** US dollars: the client's own figure where it records one; null for a model without a known price. */
		readonly costUsd: number | null;
		/** What the price list says where the cost is the client's own; absent elsewhere. */
		readonly listCostUsd?: number | null;
		/** Not of the conversation itself, so that it says nothing of the model that its actor has. */
		readonly isAside: boolean;
	};
	/** A function of a program ran. */
	function_call: Work;
	test_run: Work;
	/** A check of an app ended. */
	e2e_run: Work;
	violation: Work;
	hook_error: {
		readonly reason: string;
	};
}

/** What a program tells of its own work, see `agent-live-graph record`. */
interface Work {
	/** Told twice, it is the same. */
	readonly id: string;
	/** Of the function, the test, the check, or the rule that was broken. */
	readonly name: string;
	/** What it was about, as far as that is told. */
	readonly functions: readonly string[];
	/** That the check belongs to; empty for others. */
	readonly app: string;
	readonly success: boolean;
	readonly durationMs: number | null;
	/** Of a failed call the class of its error, of a violation its severity; empty for others. */
	readonly grade: string;
}

export type EventName = keyof Particulars;
export type EventOf<Name extends EventName> = Common & { readonly event: Name } & Particulars[Name];

/** One line of the event log, understood. */
export type AgentEvent = { [Name in EventName]: EventOf<Name> }[EventName];

export type SessionStartEvent = EventOf<"session_start">;
export type SessionEndEvent = EventOf<"session_end">;
export type AgentSpawnEvent = EventOf<"agent_spawn">;
export type AgentStartEvent = EventOf<"agent_start">;
export type AgentLinkEvent = EventOf<"agent_link">;
export type AgentDoneEvent = EventOf<"agent_done">;
export type AgentStopEvent = EventOf<"agent_stop">;
export type AgentResultEvent = EventOf<"agent_result">;
export type AgentMetaEvent = EventOf<"agent_meta">;
export type ToolUseEvent = EventOf<"tool_use">;
export type ToolResultEvent = EventOf<"tool_result">;
export type SkillUseEvent = EventOf<"skill_use">;
export type PermissionWaitEvent = EventOf<"permission_wait">;
export type NotificationEvent = EventOf<"notification">;
export type NumericClaimEvent = EventOf<"numeric_claim">;
export type WorkEvent = EventOf<"function_call" | "test_run" | "e2e_run" | "violation">;
export type UsageEvent = EventOf<"usage">;
