import type { FollowerStatus } from "../ingest/transcripts/transcriptFollower.ts";
import type { Detection, Proposal, Sequence, SequenceDetail } from "../sequences/learned.ts";
import type { ProposalStatus } from "../sequences/proposals.ts";
import type { SnapshotRequest, SnapshotResult } from "./functions/snapshotResult.ts";
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
		readonly ts: number;
		readonly durationMs: number | null;
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

/** A check of an app, run once. */
export interface E2eRun {
	/** When it began, ms since the epoch; with app and check the identity of the run. */
	readonly ts: number;
	readonly appId: string;
	readonly checkId: string;
	readonly passed: boolean;
	readonly durationMs: number;
	/** Functions that the app uses. */
	readonly functionIds: readonly string[];
}

/** How a check ended the last time. */
export type E2eResult = Omit<E2eRun, "functionIds">;

/** Whether this process writes the database or reads what another one writes. */
export type TelemetryRole = "starting" | "writer" | "reader" | "closed";

/** Something that keeps the telemetry from being saved; the live graph goes on without it. */
export interface TelemetryTrouble {
	readonly reason: TelemetryReason;
	/** One sentence: what happened and what to do. */
	readonly message: string;
}

/** Tokens and cost of some messages. */
export interface UsageTotals {
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

/** Tokens and cost, counted once per message. Days are UTC days. */
export interface UsageFacts {
	readonly today: UsageTotals;
	/** Since the beginning of the day seven days ago, as in function_stats. */
	readonly last7Days: UsageTotals;
	readonly last30Days: UsageTotals;
	readonly all: UsageTotals;
	/** Most tokens first. */
	readonly models: readonly (UsageTotals & { readonly model: string })[];
	/** Dearest first, at most 10. */
	readonly topSessions: readonly (UsageTotals & {
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
		readonly endedAt: number | null;
		readonly calls: number;
		readonly healthScore: number | null;
		/** All kinds together; null where no transcript has told of any. */
		readonly tokens: number | null;
		/** US dollars; null where no price is known. */
		readonly costUsd: number | null;
		readonly messagesWithoutPrice: number;
	}[];
	readonly usage: UsageFacts;
	readonly badLines: readonly { readonly kind: string; readonly count: number }[];
	readonly trouble: TelemetryTrouble | null;
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

export interface TelemetryOptions {
	/** Folder that holds telemetry.db and what belongs to it; made when missing. */
	readonly databaseFile: string;
	readonly eventsFile: string;
	readonly retentionDays: number;
	/** Folders of the client's transcripts, absolute; they need not exist. None by default. */
	readonly transcriptFolders?: readonly string[];
	/** False to read of transcripts only what runs; true by default. */
	readonly readsHistory?: boolean;
	/** The user's own rules for violations, as the setting has them; checked when used. */
	readonly rules?: unknown;
	/** SQLite file of registered functions, absolute; empty or absent where there is none. */
	readonly registry?: string;
	/** Longest time between a change and its being saved, ms; 10,000 by default. */
	readonly saveEveryMs?: number;
	/** Rows after which it is saved early; 5,000 by default. */
	readonly saveEveryRows?: number;
}

/**
 * The telemetry as the extension and the command line see it. All work happens in a worker thread.
 * Every promise is settled: on success, or with a TelemetryError whose `reason` says why not; when
 * the worker dies or is disposed of, with `closed`.
 */
export interface Telemetry {
	readonly role: TelemetryRole;
	readonly trouble: TelemetryTrouble | null;
	/** @returns a function that ends the subscription */
	onDidChange(listener: (change: TelemetryChange) => void): () => void;
	/** Rows of function_stats: of these functions, or of all. */
	functionStats(functionIds?: readonly string[]): Promise<FunctionStats[]>;
	functionDetail(functionId: string): Promise<FunctionDetail>;
	facts(top?: number): Promise<TelemetryFacts>;
	/**
	 * Searches all calls for sequences and writes what it finds; rejects with `not_writer` in a
	 * process that does not write the database, and with `cancelled`.
	 *
	 * @param options whether to renew the proposals too
	 * @param onProgress told the share that is done, 0 to 1
	 */
	detectSequences(
		options: { readonly proposes: boolean },
		onProgress?: (share: number) => void,
		signal?: AbortSignal,
	): Promise<Detection>;
	/** What the last search found, most occurrences first; at most 1,000 or `limit`. */
	sequences(limit?: number): Promise<Sequence[]>;
	/** The calls behind a sequence, as they are now; null when the last search did not find it. */
	sequenceDetail(hash: string, signal?: AbortSignal): Promise<SequenceDetail | null>;
	/** Open ones first. */
	proposals(): Promise<Proposal[]>;
	/** Remembers what the user decided, and saves; `open` takes it back. Rejects with `not_writer`. */
	decideProposal(hash: string, status: ProposalStatus): Promise<void>;
	/** Writes what checks of apps found, and saves; once, however often. Rejects with `not_writer`. */
	recordE2e(runs: readonly E2eRun[]): Promise<void>;
	/** The last run of every check whose app uses a function. */
	e2eResults(): Promise<E2eResult[]>;
	/** When upkeep by the schedule was last done, ms since the epoch; null before the first time. */
	lastMaintenance(): Promise<number | null>;
	/** Rejects with `not_writer`. */
	recordMaintenance(at: number): Promise<void>;
	/** Reads no more history of transcripts until asked to; what runs is followed on. */
	stopHistory(): Promise<void>;
	/** Reads history of transcripts on from where it was stopped. */
	resumeHistory(): Promise<void>;
	/** Reads the log and all transcripts to their present end and saves. */
	catchUp(): Promise<void>;
	/**
	 * Records the versions that functions have now; rejects with `not_writer` in a process that does
	 * not write the database, with `cancelled`, and with `failed` where nothing can be read.
	 */
	snapshot(
		request: SnapshotRequest,
		onProgress: (share: number) => void,
		signal?: AbortSignal,
	): Promise<SnapshotResult>;
	/** Empties every table; logs and transcripts stay, and what was read of them is not read again. */
	clear(): Promise<void>;
	/** Empties every table and reads all logs and transcripts again. */
	rebuild(onProgress: (share: number) => void, signal?: AbortSignal): Promise<void>;
	/** Saves, as far as time allows, and ends the worker. */
	dispose(): Promise<void>;
}
