import type { Detection, Proposal, Sequence, SequenceDetail } from "../../sequences/learned.ts";
import type { ProposalStatus } from "../../sequences/proposals.ts";
import type {
	E2eResult,
	E2eRun,
	FunctionDetail,
	FunctionStats,
	TelemetryChange,
	TelemetryFacts,
} from "../api.ts";
import type { SnapshotRequest, SnapshotResult } from "../functions/snapshotResult.ts";
import type { TelemetryReason } from "../telemetryError.ts";

/** What a request of each kind brings. */
export interface Results {
	readonly functionStats: FunctionStats[];
	readonly functionDetail: FunctionDetail;
	readonly facts: TelemetryFacts;
	readonly detectSequences: Detection;
	readonly sequences: Sequence[];
	readonly sequenceDetail: SequenceDetail | null;
	readonly proposals: Proposal[];
	readonly decideProposal: null;
	readonly recordE2e: null;
	readonly e2eResults: E2eResult[];
	readonly lastMaintenance: number | null;
	readonly recordMaintenance: null;
	readonly stopHistory: null;
	readonly resumeHistory: null;
	readonly catchUp: null;
	readonly snapshot: SnapshotResult;
	readonly clear: null;
	readonly rebuild: null;
	readonly dispose: null;
}

export type RequestKind = keyof Results;

/** What is asked of the worker. */
export type Request =
	| { readonly kind: "functionStats"; readonly functionIds: readonly string[] | null }
	| { readonly kind: "functionDetail"; readonly functionId: string }
	| { readonly kind: "facts"; readonly top: number }
	| { readonly kind: "detectSequences"; readonly proposes: boolean }
	| { readonly kind: "sequences"; readonly limit: number }
	| { readonly kind: "sequenceDetail"; readonly hash: string }
	| { readonly kind: "proposals" }
	| { readonly kind: "decideProposal"; readonly hash: string; readonly status: ProposalStatus }
	| { readonly kind: "recordE2e"; readonly runs: readonly E2eRun[] }
	| { readonly kind: "e2eResults" }
	| { readonly kind: "lastMaintenance" }
	| { readonly kind: "recordMaintenance"; readonly at: number }
	| { readonly kind: "stopHistory" }
	| { readonly kind: "resumeHistory" }
	| { readonly kind: "catchUp" }
	| { readonly kind: "snapshot"; readonly snapshot: SnapshotRequest }
	| { readonly kind: "clear" }
	| { readonly kind: "rebuild" }
	| { readonly kind: "dispose" };

/** From the client to the worker. Every request is answered once, a cancelled one too. */
export type ToWorker =
	| { readonly kind: "request"; readonly id: number; readonly request: Request }
	| { readonly kind: "cancel"; readonly id: number };

/** From the worker to the client. */
export type ToClient =
	| { readonly kind: "result"; readonly id: number; readonly value: Results[RequestKind] }
	| {
			readonly kind: "error";
			readonly id: number;
			readonly reason: TelemetryReason;
			readonly message: string;
	  }
	| { readonly kind: "progress"; readonly id: number; readonly share: number }
	| { readonly kind: "change"; readonly change: TelemetryChange };

/** Compiles only where every kind of message has been dealt with. */
export function assertNever(value: never): never {
	throw new Error(`unexpected ${JSON.stringify(value)}`);
}
