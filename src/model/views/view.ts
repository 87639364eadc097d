/**
 * What a page, a tree or a table is told about the live graph: plain data, safe to post.
 * All times are milliseconds since the Unix epoch, taken from the events' own `ts`.
 */

/** Outcome an agent reported in its STATUS-TRUTH MARKER. */
export type Outcome = "functional" | "partial" | "scaffolding" | "fail";

/**
 * Where a node is in its life.
 * - `starting`: a spawn was seen, the agent itself not yet
 * - `running`: at work (a session: its turn is going on)
 * - `waiting`: a call waits for the user's permission
 * - `idle`: sessions only; the turn ended and the session waits for a prompt
 * - `done`: ended, with or without an outcome
 * - `lost`: its session ended, or nothing was heard of it for too long
 */
export type NodeState = "starting" | "running" | "waiting" | "idle" | "done" | "lost";

/** A session (the orchestrator) or an agent, as others see it. */
export interface NodeView {
	/** Stable for the node's whole life, also when its id becomes known later; never reused. */
	readonly key: string;
	/** Session id, agent id, or the tool_use_id of a spawn whose agent is not known yet. */
	readonly id: string;
	readonly kind: "session" | "agent";
	/** Id of the session that the node belongs to; a session's own id on a session. */
	readonly session: string;
	/** Key of the parent node; null on a session that nothing of another one is known to have started. */
	readonly parent: string | null;
	/** Agent type ("Explore"); "main" on a session; empty while unknown. */
	readonly type: string;
	/** What the agent was asked to do, in the caller's few words; empty while unknown. */
	readonly description: string;
	/** Model name as the client gave it; empty while unknown. */
	readonly model: string;
	/** Base name of the session's working folder; empty while unknown. */
	readonly folder: string;
	/** Working folder as the client gave it; only set on sessions. */
	readonly cwd: string;
	/** Short name of the client, such as `claude-code`; only set on sessions. */
	readonly client: string;
	/** Launched to run in the background. */
	readonly background: boolean;
	readonly state: NodeState;
	readonly outcome: Outcome | null;
	/** Stubs the agent admitted in its marker. */
	readonly stubs: number | null;
	readonly startedAt: number;
	readonly endedAt: number | null;
	/** When it was last heard of. */
	readonly heardAt: number;
	/** The newest call that is open, while it is at work; null when none is. */
	readonly call: OpenCallView | null;
	/** Tool calls made, whatever became of them. */
	readonly calls: number;
	readonly failures: number;
	/**
	 * Of its own messages, all kinds together: input, output, read from the cache and written into it.
	 * null where no transcript has told of any.
	 */
	readonly tokens: number | null;
	/** US dollars for its own messages, as far as prices are known; null where none is. */
	readonly costUsd: number | null;
	/** There are messages whose price is not known, so that it cost more. */
	readonly isCostPartial: boolean;
	/** What it calls most, at most TOOLS_TOLD. */
	readonly tools: readonly ToolCount[];
	/** Since when a call waits for permission, and of which tool; null when none does. */
	readonly waiting: { readonly since: number; readonly tool: string } | null;
}

/** Calls of one tool by a node. */
export interface ToolCount {
	readonly tool: string;
	readonly calls: number;
	readonly failures: number;
}

/** What a node is doing at the moment. */
export interface OpenCallView {
	readonly tool: string;
	/** As of a {@link CallView}. */
	readonly detail: string;
	readonly since: number;
}

/** One tool call at the moment it started, succeeded or failed. */
export interface Pulse {
	/** Key of the node that made the call. */
	readonly key: string;
	readonly tool: string;
	readonly kind: "start" | "success" | "failure";
}

/** Totals over everything the log implies. */
export interface Counters {
	/** Agents starting, running or waiting. */
	readonly alive: number;
	/** Agents waiting for the user's permission, sessions included. */
	readonly waiting: number;
	/** Agents ever launched. */
	readonly spawned: number;
	readonly toolCalls: number;
	readonly failedCalls: number;
	/** Agents that ended by themselves, and did not fail. */
	readonly done: number;
	/** Agents that ended with outcome `fail`. */
	readonly failed: number;
	/** Agents that were never heard of again. */
	readonly lost: number;
	/** Of all messages, all kinds together; null where no transcript has told of any. */
	readonly tokens: number | null;
	/** US dollars, as far as prices are known; null where none is. */
	readonly costUsd: number | null;
	/** There are messages whose price is not known, so that all of it cost more. */
	readonly isCostPartial: boolean;
	/** `ts` of the newest event; null before the first. */
	readonly lastEventAt: number | null;
}

/** The whole picture. Parents stand before their children. */
export interface GraphSnapshot {
	readonly nodes: readonly NodeView[];
	readonly counters: Counters;
}

/** What changed since the snapshot or patch before. */
export interface GraphPatch {
	/** New or changed nodes, whole; parents stand before their children. */
	readonly upserts: readonly NodeView[];
	/** Keys of nodes that are gone: they turned out to be another node, or are long over. */
	readonly removes: readonly string[];
	readonly pulses: readonly Pulse[];
	readonly counters: Counters;
}

/** One call of an agent, for the inspector. Holds no argument but what the event contract allows. */
export interface CallView {
	/** tool_use_id */
	readonly id: string;
	readonly tool: string;
	/** Program of a shell call, base name of a file, or name of a skill; empty where none applies. */
	readonly detail: string;
	readonly startedAt: number;
	/** Milliseconds; null while the call is open. */
	readonly durationMs: number | null;
	/** null while the call is open. */
	readonly success: boolean | null;
	/** Short stable word such as `exit_1`; empty on success. */
	readonly errorClass: string;
}

/** Calls of one agent by tool, most used first. */
export interface ToolUse extends ToolCount {
	/** Sum over the finished calls, milliseconds. */
	readonly totalMs: number;
	/** Longest finished call, milliseconds. */
	readonly maxMs: number;
	/** Median and 95th percentile of the finished calls, milliseconds, to 2 %; null before the first. */
	readonly p50Ms: number | null;
	readonly p95Ms: number | null;
}

/** One of the client's own counts of a finished agent's work, such as `readCount`. */
export interface ToolStat {
	readonly name: string;
	readonly count: number;
}

/** Tokens and cost of messages of one model, each counted once. */
export interface ModelUsage {
	/** As the client gave it. */
	readonly model: string;
	readonly messages: number;
	/** Read afresh, that is neither from the cache nor into it. */
	readonly tokensIn: number;
	readonly tokensOut: number;
	readonly cacheRead: number;
	readonly cacheWrite: number;
	/** US dollars for the messages that have a price; null where none has. */
	readonly costUsd: number | null;
	/** Messages without a known price. */
	readonly withoutPrice: number;
}

/** Everything the inspector shows of one node besides its {@link NodeView}. */
export interface NodeDetail {
	readonly key: string;
	readonly tools: readonly ToolUse[];
	/** As the client counted them when the agent was done; none before, and where it did not. */
	readonly toolStats: readonly ToolStat[];
	/** Its own messages by model, most tokens first. */
	readonly usage: readonly ModelUsage[];
	/** On a session: its own messages and those of all its agents; empty on an agent. */
	readonly sessionUsage: readonly ModelUsage[];
	/** Newest last, at most RECENT_CALLS; none where FINISHED_AGENTS_SHOWN others ended since. */
	readonly recent: readonly CallView[];
	/** Other ids that resolve to this node, such as the tool_use_id of its spawn. */
	readonly aliases: readonly string[];
}

/** What a session with all its agents came to. */
export interface SessionSummary {
	/** Key of the session's node. */
	readonly key: string;
	readonly startedAt: number;
	readonly endedAt: number | null;
	readonly agents: number;
	/** Agents by how they ended; `none` did not say, `lost` were never heard of again. */
	readonly outcomes: Readonly<Record<Outcome | "none" | "lost", number>>;
	readonly calls: number;
	readonly failures: number;
	readonly tokens: number | null;
	readonly costUsd: number | null;
	readonly isCostPartial: boolean;
	/** Different files that calls have changed. */
	readonly files: number;
}

/** Whether a node belongs into a list of what lives. */
export function isAlive({ state }: Pick<NodeView, "state">): boolean {
	return state !== "done" && state !== "lost";
}
