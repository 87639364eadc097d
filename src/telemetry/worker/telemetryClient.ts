import * as path from "node:path";
import { Worker } from "node:worker_threads";
import type { Telemetry, TelemetryOptions } from "../api.ts";
import type { TelemetryChange, TelemetryRole, TelemetryTrouble } from "../figures.ts";
import { TelemetryError } from "../telemetryError.ts";
import {
	type AnyTask,
	type Asked,
	type RequestName,
	requests,
	type ToClient,
	type ToService,
} from "./requests.ts";

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
	const client = new TelemetryClient(options);
	return Object.assign(client, askedOf(client));
}

/** A method for each request; what stands behind its arguments is a task, and stays here. */
function askedOf(client: TelemetryClient): Asked {
	const methods = Object.entries(requests).map(([name, { arity }]) => [
		name,
		(...args: unknown[]) => {
			const own = Array.from({ length: arity }, (_, index) => args[index]);
			const question = { kind: "request" as const, name: name as RequestName, args: own };
			return client.ask(question, args[arity] as AnyTask | undefined);
		},
	]);
	return Object.fromEntries(methods) as Asked;
}

type Question =
	| { kind: "request"; name: RequestName; args: readonly unknown[] }
	| { kind: "dispose" };

interface Pending {
	readonly resolve: (value: unknown) => void;
	readonly reject: (error: TelemetryError) => void;
	readonly onProgress: AnyTask["onProgress"];
}

class TelemetryClient implements Omit<Telemetry, RequestName> {
	role: TelemetryRole = "starting";
	trouble: TelemetryTrouble | null = null;
	readonly #worker: Worker;
	readonly #pending = new Map<number, Pending>();
	readonly #listeners = new Set<(change: TelemetryChange) => void>();
	readonly #exited: Promise<void>;
	#nextId = 1;
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

	onDidChange(listener: (change: TelemetryChange) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	dispose(): Promise<void> {
		this.#disposing ??= this.#dispose();
		return this.#disposing;
	}

	async #dispose(): Promise<void> {
		const timeout = setTimeout(() => void this.#worker.terminate(), DISPOSE_MS);
		try {
			await this.ask({ kind: "dispose" });
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
	ask(message: Question, { onProgress, signal }: AnyTask = {}): Promise<unknown> {
		if (this.role === "closed") return Promise.reject(closed(null));
		if (signal?.aborted) return Promise.reject(new TelemetryError("cancelled", "Cancelled."));
		const id = this.#nextId++;
		const cancel = (): void => this.#send({ kind: "cancel", id });
		signal?.addEventListener("abort", cancel);
		const answered = new Promise((resolve, reject) => {
			this.#pending.set(id, { resolve, reject, onProgress });
		});
		this.#send({ ...message, id });
		return answered.finally(() => signal?.removeEventListener("abort", cancel));
	}

	#send(message: ToService): void {
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
				message satisfies never;
		}
	}

	#settle(id: number): Pending | undefined {
		const pending = this.#pending.get(id);
		this.#pending.delete(id);
		return pending;
	}

	#changed(change: TelemetryChange): void {
		this.role = change.role;
		this.trouble = change.trouble;
		for (const listener of [...this.#listeners]) listener(change);
	}

	#ended(error: Error | null): void {
		if (this.role === "closed" && this.#pending.size === 0) return;
		for (const pending of this.#pending.values()) pending.reject(closed(error));
		this.#pending.clear();
		const trouble =
			error === null ? this.trouble : { reason: "failed" as const, message: error.message };
		this.#changed({ functionIds: [], role: "closed", trouble });
	}
}

function closed(cause: Error | null): TelemetryError {
	const message = cause === null ? "The telemetry is closed." : `It failed: ${cause.message}`;
	return new TelemetryError("closed", message, { cause });
}
