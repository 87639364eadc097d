// Entry of the worker thread that reads transcripts for the live graph of one window.
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { readHere } from "./readHere.ts";
import type { ReadingInput, TranscriptReading } from "./transcriptReading.ts";
import type { FromWorker, ToWorker } from "./transcriptThread.ts";

/** Slices that may be on their way: one is applied while the next is read. */
const MAX_UNTAKEN = 2;

if (parentPort !== null) read(parentPort, workerData as ReadingInput);

function read(port: MessagePort, input: ReadingInput): void {
	const send = (message: FromWorker): void => port.postMessage(message);
	let untaken = 0;
	let onTaken: (() => void) | null = null;
	const take = (): void => {
		onTaken?.();
		onTaken = null;
	};
	const reading = readHere(input, {
		events: (slice) => {
			send({ kind: "events", slice });
			untaken++;
			if (untaken < MAX_UNTAKEN) return;
			return new Promise<void>((resolve) => {
				onTaken = resolve;
			});
		},
		current: () => send({ kind: "current" }),
		status: (status) => send({ kind: "status", status }),
		// Nobody catches it: it ends the thread, which its owner is told of.
		failed: (message) => {
			throw new Error(message);
		},
	});
	port.on("message", ({ kind }: ToWorker) => {
		if (kind === "taken") untaken--;
		else void close(port, reading);
		// A slice that waits to be taken would never end.
		take();
	});
}

async function close(port: MessagePort, reading: TranscriptReading): Promise<void> {
	await reading.dispose();
	port.postMessage({ kind: "closed" } satisfies FromWorker);
	port.close();
}
