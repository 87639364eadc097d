import * as path from "node:path";
import { Worker } from "node:worker_threads";
import type { Detection, Proposal, Sequence, SequenceDetail } from "../../sequences/learned.ts";
import type { ProposalStatus } from "../../sequences/proposals.ts";
import type {
	E2eResult,
	E2eRun,
	FunctionDetail,
	FunctionStats,
	Telemetry,
	TelemetryChange,
	TelemetryFacts,
	TelemetryOptions,
	TelemetryRole,
	TelemetryTrouble,
} from "../api.ts";
import type { SnapshotRequest, SnapshotResult } from "../functions/snapshotResult.ts";
import { TelemetryError } from "../telemetryError.ts";
import {
	assertNever,
	type Request,
	type RequestKind,
	type Results,
	type ToClient,
	type ToWorker,
} from "./workerProtocol.ts";

/** Time for the last save, in ms; then the worker is ended as it is. */
const DISPOSE_MS = 10_000;
/**
 * MB. Lines and events die at once: in a small nursery that costs no time, while in a large one
 * they made a hundred MB of resident memory. What lasts lies in the database, outside this heap.
 */
const HEAP_LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 512 };

export interface OpenOptions extends TelemetryOptions {
	/** The bundled worker; sql-wasm.wasm lies beside it. */
	readonly workerFile: string;
	/** Bytes past which the event log is rotated; 64 MiB by default. */
	readonly rotateAboveBytes?: number;
}

/** Starts the worker; requests are answered once it has loaded the database. */
export function openTelemetry(options: OpenOptions): Telemetry {
	return new TelemetryClient(options);
}

interface Pending {
	readonly resolve: (value: Results[RequestKind]) => void;
	readonly reject: (error: TelemetryError) => void;
	readonly onProgress: ((share: number) => void) | undefined;
}

class TelemetryClient implements Telemetry {
	readonly #worker: Worker;
	readonly #pending = new Map<number, Pending>();
	readonly #listeners = new Set<(change: TelemetryChange) => void>();
	readonly #exited: Promise<void>;
	#nextId = 1;
	#role: TelemetryRole = "starting";
	#trouble: TelemetryTrouble | null = null;
	#disposing: Promise<void> | null = null;

	constructor({ workerFile, ...options }: OpenOptions) {
		const wasmFile = path.join(path.dirname(workerFile), "sql-wasm.wasm");
		this.#worker = new Worker(workerFile, {
			workerData: { options, wasmFile },
			execArgv: [],
			resourceLimits: HEAP_LIMITS,
		});
		this.#worker.on("message", (message: ToClient) => this.#receive(message));
		this.#worker.on("error", (error: Error) => this.#ended(error));
		this.#exited = new Promise((resolve) => {
			this.#worker.on("exit", () => {
				this.#ended(null);
				resolve();
			});
		});
	}

	get role(): TelemetryRole {
		return this.#role;
	}

	get trouble(): TelemetryTrouble | null {
		return this.#trouble;
	}

	onDidChange(listener: (change: TelemetryChange) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	functionStats(functionIds?: readonly string[]): Promise<FunctionStats[]> {
		return this.#ask({ kind: "functionStats", functionIds: functionIds ?? null });
	}

	functionDetail(functionId: string): Promise<FunctionDetail> {
		return this.#ask({ kind: "functionDetail", functionId });
	}

	facts(top = 20): Promise<TelemetryFacts> {
		return this.#ask({ kind: "facts", top });
	}

	async recordE2e(runs: readonly E2eRun[]): Promise<void> {
		await this.#ask({ kind: "recordE2e", runs });
	}

	e2eResults(): Promise<E2eResult[]> {
		return this.#ask({ kind: "e2eResults" });
	}

	lastMaintenance(): Promise<number | null> {
		return this.#ask({ kind: "lastMaintenance" });
	}

	async recordMaintenance(at: number): Promise<void> {
		await this.#ask({ kind: "recordMaintenance", at });
	}

	async stopHistory(): Promise<void> {
		await this.#ask({ kind: "stopHistory" });
	}

	async resumeHistory(): Promise<void> {
		await this.#ask({ kind: "resumeHistory" });
	}

	detectSequences(
		options: { readonly proposes: boolean },
		onProgress?: (share: number) => void,
		signal?: AbortSignal,
	): Promise<Detection> {
		const { proposes } = options;
		return this.#ask(
			{ kind: "detectSequences", proposes },
			{ ...(onProgress === undefined ? {} : { onProgress }), signal },
		);
	}

	sequences(limit = 1000): Promise<Sequence[]> {
		return this.#ask({ kind: "sequences", limit });
	}

	sequenceDetail(hash: string, signal?: AbortSignal): Promise<SequenceDetail | null> {
		return this.#ask({ kind: "sequenceDetail", hash }, { signal });
	}

	proposals(): Promise<Proposal[]> {
		return this.#ask({ kind: "proposals" });
	}

	async decideProposal(hash: string, status: ProposalStatus): Promise<void> {
		await this.#ask({ kind: "decideProposal", hash, status });
	}

	async catchUp(): Promise<void> {
		await this.#ask({ kind: "catchUp" });
	}

	snapshot(
		snapshot: SnapshotRequest,
		onProgress: (share: number) => void,
		signal?: AbortSignal,
	): Promise<SnapshotResult> {
		return this.#ask({ kind: "snapshot", snapshot }, { onProgress, signal });
	}

	async clear(): Promise<void> {
		await this.#ask({ kind: "clear" });
	}

	async rebuild(onProgress: (share: number) => void, signal?: AbortSignal): Promise<void> {
		await this.#ask({ kind: "rebuild" }, { onProgress, signal });
	}

	dispose(): Promise<void> {
		this.#disposing ??= this.#dispose();
		return this.#disposing;
	}

	async #dispose(): Promise<void> {
		const timeout = setTimeout(() => void this.#worker.terminate(), DISPOSE_MS);
		try {
			await this.#ask({ kind: "dispose" });
		} catch (error) {
			// The worker is gone then, which is what was wanted.
			if (!(error instanceof TelemetryError)) throw error;
		}
		// It ends by itself in Node, but not in VS Code's extension host.
		await this.#worker.terminate();
		await this.#exited;
		clearTimeout(timeout);
	}

	/** Sends a request; settled in any case, at the latest when the worker ends. */
	#ask<Kind extends RequestKind>(
		request: Request & { readonly kind: Kind },
		options: {
			readonly onProgress?: (share: number) => void;
			readonly signal?: AbortSignal | undefined;
		} = {},
	): Promise<Results[Kind]> {
		const { onProgress, signal } = options;
		if (this.#role === "closed") return Promise.reject(closed(null));
		if (signal?.aborted) return Promise.reject(new TelemetryError("cancelled", "Cancelled."));
		const id = this.#nextId++;
		const cancel = (): void => this.#send({ kind: "cancel", id });
		signal?.addEventListener("abort", cancel);
		const answered = new Promise<Results[RequestKind]>((resolve, reject) => {
			this.#pending.set(id, { resolve, reject, onProgress });
		});
		this.#send({ kind: "request", id, request });
		return answered.finally(() => signal?.removeEventListener("abort", cancel)) as Promise<
			Results[Kind]
		>;
	}

	#send(message: ToWorker): void {
		this.#worker.postMessage(message);
	}

	#receive(message: ToClient): void {
		switch (message.kind) {
			case "result":
				this.#settle(message.id)?.resolve(message.value);
				break;
			case "error":
				this.#settle(message.id)?.reject(new TelemetryError(message.reason, message.message));
				break;
			case "progress":
				this.#pending.get(message.id)?.onProgress?.(message.share);
				break;
			case "change":
				this.#changed(message.change);
				break;
			default:
				assertNever(message);
		}
	}

	#settle(id: number): Pending | undefined {
		const pending = this.#pending.get(id);
		this.#pending.delete(id);
		return pending;
	}

	#changed(change: TelemetryChange): void {
		this.#role = change.role;
		this.#trouble = change.trouble;
		for (const listener of [...this.#listeners]) listener(change);
	}

	#ended(error: Error | null): void {
		if (this.#role === "closed" && this.#pending.size === 0) return;
		for (const pending of this.#pending.values()) pending.reject(closed(error));
		this.#pending.clear();
		const trouble =
			error === null ? this.#trouble : { reason: "failed" as const, message: error.message };
		this.#changed({ functionIds: [], role: "closed", trouble });
	}
}

function closed(cause: Error | null): TelemetryError {
	const message = cause === null ? "The telemetry is closed." : `It failed: ${cause.message}`;
	return new TelemetryError("closed", message, { cause });
}
