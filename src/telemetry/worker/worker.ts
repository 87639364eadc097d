// Entry of the worker thread: opens the database and answers requests until it is told to end.
import { createRequire } from "node:module";
import * as path from "node:path";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { SqlJsStatic } from "sql.js";
import type { KnownFunctions } from "../../functions/knownFunctions.ts";
import { ParserPool } from "../../functions/parsing/parserPool.ts";
import { transcriptClients } from "../../ingest/clients/clients.ts";
import { giveWay } from "../../ingest/threadPriority.ts";
import { readRegistry } from "../functions/registryFile.ts";
import { ReaderPool } from "../reading/readerPool.ts";
import { asTelemetryError } from "../storage/file/snapshotFile.ts";
import { keepBaseline, loadSqlJs } from "../storage/sqlJs.ts";
import type { Task } from "../task.ts";
import { TelemetryError } from "../telemetryError.ts";
import { answersOf } from "./answers.ts";
import type { Exporter } from "./exporter.ts";
import type { ToClient, ToService } from "./requests.ts";
import type { ServiceOptions } from "./serviceOptions.ts";
import { TelemetryService } from "./telemetryService.ts";

interface WorkerInput {
	readonly options: ServiceOptions;
	readonly wasmFile: string;
}

const { options, wasmFile } = workerData as WorkerInput;
if (parentPort !== null) serve(parentPort);

function serve(port: MessagePort): void {
	if (options.isAwaited !== true) giveWay();
	const send = (message: ToClient): void => port.postMessage(message);
	const opened = open(send).then((all) => ({ ...all, answers: answersOf(all.service) }));
	const running = new Map<number, AbortController>();

	async function reply(id: number, answer: (task: Task) => unknown): Promise<void> {
		const cancellation = new AbortController();
		running.set(id, cancellation);
		try {
			const onProgress = (share: number): void => send({ kind: "progress", id, share });
			const value = await answer({ onProgress, signal: cancellation.signal });
			send({ kind: "result", id, value });
		} catch (error) {
			const { reason, message } =
				error instanceof TelemetryError ? error : asTelemetryError(error, options.databaseFile);
			send({ kind: "error", id, reason, message });
		} finally {
			running.delete(id);
		}
	}

	async function answer({ name, args }: Asking, task: Task): Promise<unknown> {
		// What an answer takes has been checked where it was asked.
		const answerTo = (await opened).answers[name] as (...all: readonly unknown[]) => unknown;
		return answerTo(...args, task);
	}

	port.on("message", async (message: ToService) => {
		switch (message.kind) {
			case "request":
				await reply(message.id, (task) => answer(message, task));
				break;
			case "cancel":
				running.get(message.id)?.abort();
				break;
			case "dispose":
				await reply(message.id, async () => {
					const { service, readers } = await opened;
					await service.dispose();
					await readers.dispose();
				});
				// All has been said; what still runs is not waited for.
				port.close();
				break;
			default:
				message satisfies never;
		}
	});
}

type Asking = Extract<ToService, { readonly kind: "request" }>;

interface Opened {
	readonly service: TelemetryService;
	readonly readers: ReaderPool;
}

async function open(send: (message: ToClient) => void): Promise<Opened> {
	const hasTranscripts = (options.transcriptFolders ?? []).length > 0;
	const folder = path.dirname(wasmFile);
	const sql = await loadSqlJs(wasmFile);
	if (options.isAwaited === true) keepBaseline(sql);
	const pool = new ParserPool(path.join(folder, "functionWorker.cjs"), folder);
	const readers = new ReaderPool({
		threadFile: path.join(folder, "readerWorker.cjs"),
		wasmFolder: folder,
		rules: options.rules,
		isAwaited: options.isAwaited ?? false,
		recall: () => (hasRegistry(sql, readers) ? Promise.resolve() : service.functions.recall()),
	});
	const service = new TelemetryService(
		sql,
		{
			...options,
			functions: { pool, known: readers },
			loadExporter: () => createRequire(wasmFile)("./exporter.cjs") as Exporter,
			...(hasTranscripts ? { clients: transcriptClients(), readers } : {}),
		},
		(change) => {
			send({ kind: "change", change });
			if (change.trouble?.reason === "out_of_memory") endWith(change.trouble.message);
		},
	);
	await service.start();
	return { service, readers };
}

/** What is in memory is of no more use; a new thread begins with what was saved. */
function endWith(message: string): void {
	setImmediate(() => {
		throw new Error(message);
	});
}

let isRegistryRead = false;

/** Whether functions are registered; where the registry cannot be read, its snapshot says why. */
function hasRegistry(sql: SqlJsStatic, known: Pick<KnownFunctions, "replace">): boolean {
	const { registry = "" } = options;
	if (registry === "" || isRegistryRead) return registry !== "";
	isRegistryRead = true;
	try {
		known.replace(readRegistry(sql, registry), "registry");
	} catch {
		// Calls are counted under the names that they have without one.
	}
	return true;
}
