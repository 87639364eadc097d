import type { FollowerStatus } from "../ingest/transcripts/transcriptFollower.ts";
import type { AgentEvent } from "../model/events/events.ts";
import type { Outcome } from "../model/views/view.ts";
import type { FileProblems } from "./sources/lineProblems.ts";
import type { LineSetAside } from "./storage/badLines.ts";
import type { TelemetryReason } from "./telemetryError.ts";

/** A row of the view function_stats. Times are ms since the epoch, rates 0 to 1. */
export interface FunctionStats {
	readonly function_id: string;
	readonly calls_total: number;
	readonly calls_24h: number;
	readonly calls_7d: number;
	readonly calls_30d: number;
	readonly calls_90d: number;
	readonly last_used_at: number | null;
	readonly errors_total: number;
	readonly error_rate: number | null;
	readonly last_error_ts: number | null;
	readonly mean_duration_ms: number | null;
	readonly p50_duration_ms: number | null;
	readonly p95_duration_ms: number | null;
	readonly p99_duration_ms: number | null;
	readonly writes_count: number;
	readonly last_write_at: number | null;
	readonly tests_total: number;
	readonly tests_failed: number;
	readonly test_fail_rate: number | null;
	readonly last_test_failed_at: number | null;
	readonly e2e_total: number;
	readonly e2e_failed: number;
	readonly e2e_fail_rate: number | null;
	readonly consumer_apps_count: number;
	readonly violations_caused: number;
	readonly versions_count: number;
}

/** What stands behind one function's figures; each list newest first and short. */
export interface FunctionDetail {
	readonly functionId: string;
	readonly errors: readonly { readonly errorClass: string; readonly count: number }[];
	readonly calls: readonly {
		readonly id: string;
		readonly session: string;
		/** null for the orchestrator */
		readonly agent: string | null;
		readonly ts: number;
		readonly durationMs: number | null;
		/** The duration holds the wait for a person. */
		readonly hasWaited: boolean;
		/** null while open */
		readonly success: boolean | null;
		readonly errorClass: string | null;
	}[];
	readonly writes: readonly {
		readonly ts: number;
		readonly filePath: string | null;
		readonly linesAdded: number;
		readonly linesRemoved: number;
	}[];
	readonly tests: readonly {
		readonly ts: number;
		readonly testId: string;
		readonly passed: boolean;
	}[];
	readonly versions: readonly {
		readonly versionHash: string;
		readonly ts: number;
		readonly source: "index" | "edit_hook" | "copy_detected";
		readonly filePath: string | null;
		/** First and last, such as `3-12`. */
		readonly lines: string | null;
		/** Id of the file's content in git, whether git has it or not. */
		readonly gitBlob: string | null;
		/** The function that a copy equals. */
		readonly copyOf: string | null;
	}[];
}

/** Whether this process writes the database or reads what another one writes. */
export type TelemetryRole = "starting" | "writer" | "reader" | "closed";

/** Something that keeps the telemetry from being saved; the live graph goes on without it. */
export interface TelemetryTrouble {
	readonly reason: TelemetryReason;
	/** One sentence: what happened and what to do. */
	readonly message: string;
}

/** Tokens and cost of some messages. */
export interface UsageSums {
	readonly messages: number;
	/** Read afresh, that is neither from the cache nor into it. */
	readonly tokensIn: number;
	readonly tokensOut: number;
	readonly cacheRead: number;
	/** For five minutes and for an hour together. */
	readonly cacheWrite: number;
	/** US dollars for the messages that have a price; null where none has. */
	readonly costUsd: number | null;
	readonly messagesWithoutPrice: number;
}

/** Of messages whose clients record a figure of their own and that a list has a price for, US dollars. */
export interface PricedTwice {
	/** By the clients; null where there is no such message. */
	readonly ownUsd: number | null;
	/** By the price list. */
	readonly listUsd: number | null;
}

/** Tokens and cost, counted once per message. Days are UTC days. */
export interface UsageFacts {
	readonly today: UsageSums;
	/** Since the beginning of the day seven days ago, as in function_stats. */
	readonly last7Days: UsageSums;
	readonly last30Days: UsageSums;
	readonly all: UsageSums;
	/** Most tokens first. */
	readonly models: readonly (UsageSums & { readonly model: string })[];
	/** By client's name, most tokens first. */
	readonly clients: readonly (UsageSums & PricedTwice & { readonly client: string })[];
	/** Dearest first, at most 10. */
	readonly topSessions: readonly (UsageSums & {
		readonly sessionId: string;
		readonly cwd: string | null;
	})[];
	/** Models of which messages have no price. */
	readonly modelsWithoutPrice: readonly string[];
}

/** What Show Status says of the database. */
export interface TelemetryFacts {
	readonly databaseFile: string;
	/** Bytes of the file as last saved; 0 when there is none yet. */
	readonly databaseBytes: number;
	readonly role: TelemetryRole;
	readonly rows: readonly { readonly table: string; readonly rows: number }[];
	readonly eventsFile: string;
	readonly ingestedBytes: number;
	/** Bytes of the log that are not in the database yet. */
	readonly lagBytes: number;
	/**
	 * How far the transcripts are, as this process reads them or the database tells; null or absent
	 * where none are read.
	 */
	readonly transcripts?: FollowerStatus | null;
	/** ms since the epoch; null before the first. */
	readonly savedAt: number | null;
	/** Most called first, at most as many as were asked for. */
	readonly topFunctions: readonly FunctionStats[];
	/** Newest first, at most 10. */
	readonly sessions: readonly {
		readonly sessionId: string;
		readonly cwd: string | null;
		readonly startedAt: number;
		/** null where no end was told. */
		readonly endedAt: number | null;
		readonly lastHeardAt: number;
		readonly calls: number;
		readonly healthScore: number | null;
		/** All kinds together; null where no transcript has told of any. */
		readonly tokens: number | null;
		/** US dollars; null where no price is known. */
		readonly costUsd: number | null;
		readonly messagesWithoutPrice: number;
	}[];
	readonly usage: UsageFacts;
	/** By client's name, most calls first. */
	readonly clients: readonly {
		readonly client: string;
		readonly sessions: number;
		readonly calls: number;
	}[];
	/** Lines of the log that could not be used, or not as they were, by kind. */
	readonly badLines: readonly { readonly kind: string; readonly count: number }[];
	/** Lines of transcripts that were not understood, or not in full. */
	readonly transcriptProblems: readonly FileProblems[];
	/** The latest lines that the tables did not take. */
	readonly setAside: readonly LineSetAside[];
	/** Calls whose duration holds the wait for a person, and is in no mean and no percentile. */
	readonly waits: number;
	/** Version of the database before this program brought it to its own; 0 where it was not. */
	readonly migratedFrom: number;
	readonly trouble: TelemetryTrouble | null;
}

/** What is known of a session as a whole, its agents included. */
export interface RecordedSession {
	readonly id: string;
	/** Short name of the client. */
	readonly client: string;
	/** Session that started it from a shell; null where none did, or it is in doubt. */
	readonly startedBy: string | null;
	readonly cwd: string | null;
	readonly model: string | null;
	/** ms since the epoch */
	readonly startedAt: number;
	/** When it ended or was last heard of; null where nothing tells. */
	readonly endedAt: number | null;
	readonly agents: number;
	/** What its agents came to; those of which nobody told are in none. */
	readonly outcomes: readonly { readonly outcome: Outcome; readonly agents: number }[];
	readonly failedAgents: number;
	/** Of its agents, each once, in alphabetical order. */
	readonly agentTypes: readonly string[];
	readonly calls: number;
	readonly failedCalls: number;
	/** All kinds together, with those of sessions that it started; null where no transcript has told of any. */
	readonly tokens: number | null;
	/** US dollars, of the same; null where no price is known. */
	readonly costUsd: number | null;
	readonly messagesWithoutPrice: number;
	/** Of its own messages. */
	readonly ownUsd: number | null;
	readonly listUsd: number | null;
}

/** How far a session has been handed over: behind this row of its calls, or of its messages. */
export type SessionCursor =
	| { readonly table: "calls"; readonly after: number }
	| { readonly table: "messages"; readonly after: string };

/** Some of what the rows tell of a session. */
export interface SessionPage {
	/** In any order. */
	readonly events: readonly AgentEvent[];
	/** null for the last one */
	readonly next: SessionCursor | null;
}

/** Told after every batch, save or change of role, and now and then while history is read. */
export interface TelemetryChange {
	/** Functions whose figures changed; null when all may have. */
	readonly functionIds: readonly string[] | null;
	readonly role: TelemetryRole;
	readonly trouble: TelemetryTrouble | null;
	/** How far the transcripts are; null or absent where this process reads none. */
	readonly transcripts?: FollowerStatus | null;
}
