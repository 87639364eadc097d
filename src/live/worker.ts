// Entry of the worker thread that reads transcripts for the live graph of one window.
import * as path from "node:path";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { claudeCode } from "../ingest/claude-code/client.ts";
import {
	type TranscriptBatch,
	TranscriptFollower,
} from "../ingest/transcripts/transcriptFollower.ts";
import { loadPrices } from "../pricing/prices.ts";
import type { FromWorker, ToWorker, WorkerInput } from "./protocol.ts";

/** Batches that may be on their way: one is applied while the next is read. */
const MAX_UNTAKEN = 2;

if (parentPort !== null) void follow(parentPort, workerData as WorkerInput);

async function follow(port: MessagePort, input: WorkerInput): Promise<void> {
	const send = (message: FromWorker): void => port.postMessage(message);
	let untaken = 0;
	let onTaken: (() => void) | null = null;
	const follower = new TranscriptFollower(
		{
			client: claudeCode(await loadPrices()),
			roots: input.folders,
			modifiedSince: input.modifiedSince,
			start: () => null,
		},
		{
			batch: (batch) => {
				const message = toMessage(batch, input.folders);
				if (message === null) return;
				send(message);
				untaken++;
				if (untaken < MAX_UNTAKEN) return;
				return new Promise<void>((resolve) => {
					onTaken = resolve;
				});
			},
			status: (status) => send({ kind: "status", status }),
		},
	);
	port.on("message", (message: ToWorker) => {
		if (message.kind === "taken") {
			untaken--;
			onTaken?.();
			onTaken = null;
		} else {
			void close(port, follower, onTaken);
		}
	});
	await follower.catchUpLive();
	send({ kind: "current" });
}

function toMessage(
	{ path: file, records, problems }: TranscriptBatch,
	folders: readonly string[],
): FromWorker | null {
	if (records.length === 0 && problems.length === 0) return null;
	const folder = folders.find((each) => file.startsWith(each + path.sep)) ?? "";
	return { kind: "events", folder, events: records.map(({ event }) => event), problems };
}

async function close(
	port: MessagePort,
	follower: TranscriptFollower,
	onTaken: (() => void) | null,
): Promise<void> {
	// A slice that waits to be taken would never end.
	onTaken?.();
	await follower.dispose();
	port.postMessage({ kind: "closed" } satisfies FromWorker);
	port.close();
}
