// Entry of the worker thread: opens the database and answers requests until it is told to end.
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { SqlJsStatic } from "sql.js";
import { FactDeriver } from "../../facts/factDeriver.ts";
import { FunctionFacts } from "../../functions/functionFacts.ts";
import { KnownFunctions } from "../../functions/knownFunctions.ts";
import { ParserPool } from "../../functions/parserPool.ts";
import { Repositories } from "../../functions/repositories.ts";
import { claudeCode } from "../../ingest/claude-code/client.ts";
import { giveWay } from "../../ingest/threadPriority.ts";
import { loadPrices } from "../../pricing/prices.ts";
import { readRegistry } from "../functions/registryFile.ts";
import { readSource } from "../functions/sourceText.ts";
import { asTelemetryError } from "../storage/snapshotFile.ts";
import { loadSqlJs } from "../storage/store.ts";
import { TelemetryError } from "../telemetryError.ts";
import { type ServiceOptions, TelemetryService } from "./telemetryService.ts";
import {
	assertNever,
	type Request,
	type RequestKind,
	type Results,
	type ToClient,
	type ToWorker,
} from "./workerProtocol.ts";

export interface WorkerInput {
	readonly options: ServiceOptions;
	readonly wasmFile: string;
}

const { options, wasmFile } = workerData as WorkerInput;
const cancellations = new Map<number, AbortController>();
if (parentPort !== null) serve(parentPort);

function serve(port: MessagePort): void {
	giveWay();
	const send = (message: ToClient): void => port.postMessage(message);
	const service = open(send);
	port.on("message", (message: ToWorker) => {
		switch (message.kind) {
			case "request":
				void service.then(
					(opened) => reply(opened, message.id, message.request, send),
					(error: unknown) => refuse(message.id, error, send),
				);
				break;
			case "cancel":
				cancellations.get(message.id)?.abort();
				break;
			default:
				assertNever(message);
		}
	});
}

async function open(send: (message: ToClient) => void): Promise<TelemetryService> {
	const hasTranscripts = (options.transcriptFolders ?? []).length > 0;
	const folder = path.dirname(wasmFile);
	const sql = await loadSqlJs(wasmFile);
	const known = new KnownFunctions();
	const pool = new ParserPool(path.join(folder, "functionWorker.cjs"), folder);
	const facts = new FunctionFacts({
		inner: new FactDeriver({
			readWasm: (fileName) => readFile(path.join(folder, fileName)),
			userRules: options.rules,
		}),
		parser: pool,
		known,
		repositories: new Repositories(),
		readSource,
		recall: () => (hasRegistry(sql, known) ? Promise.resolve() : service.functions.recall()),
	});
	const service = new TelemetryService(
		sql,
		{
			...options,
			functions: { pool, known },
			...(hasTranscripts ? { client: claudeCode(await loadPrices()), facts } : {}),
		},
		(change) => {
			send({ kind: "change", change });
			if (change.trouble?.reason === "out_of_memory") endWith(change.trouble.message);
		},
	);
	await service.start();
	return service;
}

/** What is in memory is of no more use; a new thread begins with what was saved. */
function endWith(message: string): void {
	setImmediate(() => {
		throw new Error(message);
	});
}

let isRegistryRead = false;

/** Whether functions are registered; where the registry cannot be read, its snapshot says why. */
function hasRegistry(sql: SqlJsStatic, known: KnownFunctions): boolean {
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

async function reply(
	service: TelemetryService,
	id: number,
	request: Request,
	send: (message: ToClient) => void,
): Promise<void> {
	const cancellation = new AbortController();
	cancellations.set(id, cancellation);
	try {
		const progress = (share: number): void => send({ kind: "progress", id, share });
		const value = await answer(service, request, progress, cancellation.signal);
		send({ kind: "result", id, value });
	} catch (error) {
		refuse(id, error, send);
	} finally {
		cancellations.delete(id);
		// All has been said; what still runs is not waited for.
		if (request.kind === "dispose") parentPort?.close();
	}
}

async function answer(
	service: TelemetryService,
	request: Request,
	progress: (share: number) => void,
	signal: AbortSignal,
): Promise<Results[RequestKind]> {
	switch (request.kind) {
		case "functionStats":
			return service.functionStats(request.functionIds);
		case "functionDetail":
			return service.functionDetail(request.functionId);
		case "facts":
			return service.facts(request.top);
		case "detectSequences":
			return service.learning.detect(request.proposes, progress, signal);
		case "sequences":
			return service.learning.sequences(request.limit);
		case "sequenceDetail":
			return service.learning.detail(request.hash, signal);
		case "proposals":
			return service.learning.proposals();
		case "decideProposal":
			await service.learning.decide(request.hash, request.status);
			return null;
		case "recordE2e":
			await service.upkeep.recordE2e(request.runs);
			return null;
		case "e2eResults":
			return service.upkeep.e2eResults();
		case "lastMaintenance":
			return service.upkeep.lastMaintenance();
		case "recordMaintenance":
			await service.upkeep.recordMaintenance(request.at);
			return null;
		case "stopHistory":
			service.stopHistory();
			return null;
		case "resumeHistory":
			service.resumeHistory();
			return null;
		case "catchUp":
			await service.catchUp();
			return null;
		case "snapshot":
			return service.functions.take(request.snapshot, progress, signal);
		case "clear":
			await service.clear();
			return null;
		case "rebuild":
			await service.rebuild(progress, signal);
			return null;
		case "dispose":
			await service.dispose();
			return null;
		default:
			return assertNever(request);
	}
}

function refuse(id: number, error: unknown, send: (message: ToClient) => void): void {
	const { reason, message } =
		error instanceof TelemetryError ? error : asTelemetryError(error, options.databaseFile);
	send({ kind: "error", id, reason, message });
}
