import type { Budget } from "../../insights/budgets/budget.ts";
import type { BudgetState } from "../../insights/budgets/budgetStates.ts";
import type {
	BehindQuery,
	CallsQuery,
	FunctionRows,
	FunctionsQuery,
	InsightQuery,
	Insights,
	LookedUpCall,
	OpenedFunction,
} from "../../insights/insights.ts";
import type { FunctionSeries } from "../../insights/series.ts";
import type { UsualTimes } from "../../model/views/usualTimes.ts";
import type { Detection, Proposal, Sequence, SequenceDetail } from "../../sequences/learned.ts";
import type { ProposalStatus } from "../../sequences/proposals/kinds.ts";
import type { Thresholds } from "../../sequences/proposals/thresholds.ts";
import type { E2eResult, E2eRun } from "../e2e/e2eRow.ts";
import type {
	FunctionDetail,
	FunctionStats,
	RecordedSession,
	SessionCursor,
	SessionPage,
	TelemetryChange,
	TelemetryFacts,
} from "../figures.ts";
import type { SnapshotRequest, SnapshotResult } from "../functions/snapshotResult.ts";
import type { Task } from "../task.ts";
import type { TelemetryReason } from "../telemetryError.ts";
import type { ExportProgress, ExportSettings } from "./exporter.ts";

/**
 * Everything that can be asked of the worker, declared here and nowhere else: the client's methods
 * are made of it, and the worker's answers are checked against it.
 */
export const requests = {
	/** Rows of function_stats: of these functions, or of all. */
	functionStats: request<(functionIds?: readonly string[]) => FunctionStats[]>(1),
	functionDetail: request<(functionId: string) => FunctionDetail>(1),
	/** How long agents are usually silent, and how long they run, by agent type. */
	usualTimes: request<() => UsualTimes>(0),
	/** What Show Status says, with the most called functions: 20, or `top`. */
	facts: request<(top?: number) => TelemetryFacts>(1),
	/**
	 * Searches all calls for sequences and writes what it finds; renews the proposals too when told
	 * to, by these thresholds or the usual ones. Rejects with `not_writer` in a process that does not
	 * write the database.
	 */
	detectSequences:
		request<
			(options: { readonly proposes: boolean; readonly thresholds?: Thresholds }) => Detection
		>(1),
	/** What the last search found, those first that would save most; at most 1,000 or `limit`. */
	sequences: request<(limit?: number) => Sequence[]>(1),
	/** Reads what figures since a time need, ms since the epoch, before a page asks for them. */
	readAhead: request<(from: number) => void>(1),
	/** Usage, health, tests, violations and scripts of a period. */
	insights: request<(query: InsightQuery) => Insights>(1),
	/** A window of the table of functions. */
	insightFunctions: request<(query: FunctionsQuery) => FunctionRows>(1),
	/** Calls, errors and p95 by local day, of some functions. */
	insightSeries:
		request<(query: InsightQuery, functionIds: readonly string[]) => FunctionSeries[]>(2),
	/** What was spent of each by now. */
	budgets: request<(budgets: readonly Budget[]) => BudgetState[]>(1),
	insightFunction: request<(query: InsightQuery, functionId: string) => OpenedFunction>(2),
	/** The newest calls of a function that took so long, or failed in that way. */
	insightCallsOf: request<(query: CallsQuery) => LookedUpCall[]>(1),
	/** The newest calls behind a broken rule, a script that comes back, a test or a proposal. */
	insightCalls: request<(query: BehindQuery) => LookedUpCall[]>(1),
	/** The calls behind a sequence, as they are now; null when the last search did not find it. */
	sequenceDetail: request<(hash: string) => SequenceDetail | null>(1),
	/** Newest first; at most 1,000 or `limit`. */
	sessions: request<(limit?: number) => RecordedSession[]>(1),
	/** What the rows tell of a session, from a cursor on; the first page is empty where it has no row. */
	sessionPage: request<(session: string, cursor: SessionCursor | null) => SessionPage>(2),
	/** Open ones first, by kind, those first that would save most. */
	proposals: request<() => Proposal[]>(0),
	/** Remembers what the user decided, and saves; `open` takes it back. Rejects with `not_writer`. */
	decideProposal: request<(hash: string, status: ProposalStatus) => void>(2),
	/** Writes what checks of apps found, and saves; once, however often. Rejects with `not_writer`. */
	recordE2e: request<(runs: readonly E2eRun[]) => void>(1),
	/** The last run of every check whose app uses a function. */
	e2eResults: request<() => E2eResult[]>(0),
	/** When upkeep by the schedule was last done, ms since the epoch; null before the first time. */
	lastMaintenance: request<() => number | null>(0),
	/** Rejects with `not_writer`. */
	recordMaintenance: request<(at: number) => void>(1),
	/**
	 * Sends what is recorded to an OpenTelemetry collector from now on; null ends that. Rejects with
	 * `failed` where the settings make no sense.
	 */
	exportTo: request<(settings: ExportSettings | null) => void>(1),
	/** What has come of that; null where it is off. */
	exportProgress: request<() => ExportProgress | null>(0),
	/** Reads no more history of transcripts until asked to; what runs is followed on. */
	stopHistory: request<() => void>(0),
	/** Reads history of transcripts on from where it was stopped. */
	resumeHistory: request<() => void>(0),
	/** Reads the log and all transcripts to their present end and saves. */
	catchUp: request<() => void>(0),
	/**
	 * Records the versions that functions have now; rejects with `not_writer` in a process that does
	 * not write the database, and with `failed` where nothing can be read.
	 */
	snapshot: request<(what: SnapshotRequest) => SnapshotResult>(1),
	/** Empties every table; logs and transcripts stay, and what was read of them is not read again. */
	clear: request<() => void>(0),
	/** Empties every table and reads all logs and transcripts again. */
	rebuild: request<() => void>(0),
};

type Requests = typeof requests;
export type RequestName = keyof Requests;

type Call = (...args: never[]) => unknown;
type Arity<C extends Call> = Required<Parameters<C>>["length"];
type CallOf<Name extends RequestName> = NonNullable<Requests[Name]["call"]>;

/** A task may be given behind the arguments, so that their number has to be known. */
function request<C extends Call>(arity: Arity<C>): { arity: Arity<C>; call?: C } {
	return { arity };
}

/** As the client has them. */
export type Asked = {
	readonly [Name in RequestName]: (
		...args: [...Parameters<CallOf<Name>>, task?: AnyTask]
	) => Promise<ReturnType<CallOf<Name>>>;
};

/** What an asker wants to be told, and when it is to end, or neither. */
export type AnyTask = { readonly [Part in keyof Task]?: Task[Part] | undefined };

/** As the worker answers them. */
export type Answers = {
	readonly [Name in RequestName]: (
		...args: [...Parameters<CallOf<Name>>, task: Task]
	) => ReturnType<CallOf<Name>> | Promise<ReturnType<CallOf<Name>>>;
};

/** From the client to the worker. All but `cancel` are answered once, a cancelled one too. */
export type ToService =
	| {
			readonly kind: "request";
			readonly id: number;
			readonly name: RequestName;
			readonly args: readonly unknown[];
	  }
	| { readonly kind: "dispose"; readonly id: number }
	| { readonly kind: "cancel"; readonly id: number };

/** From the worker to the client. */
export type ToClient =
	| { readonly kind: "result"; readonly id: number; readonly value: unknown }
	| {
			readonly kind: "error";
			readonly id: number;
			readonly reason: TelemetryReason;
			readonly message: string;
	  }
	| { readonly kind: "progress"; readonly id: number; readonly share: number }
	| { readonly kind: "change"; readonly change: TelemetryChange };
