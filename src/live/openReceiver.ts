import * as path from "node:path";
import { Worker } from "node:worker_threads";

/** What the receiver's thread is given. */
export interface ReceiverInput {
	/** `host:port` of this machine; empty for the usual one. */
	readonly bind: string;
	/** That clients have to send; empty for none. */
	readonly token: string;
	/** The event log that it writes to. */
	readonly eventsFile: string;
}

/** What the receiver's thread says. */
export type FromReceiver =
	| { readonly kind: "listening"; readonly origin: string }
	| { readonly kind: "failed"; readonly message: string; readonly code: string }
	| { readonly kind: "note"; readonly text: string };

interface OpenReceiverOptions extends ReceiverInput {
	/** Folder of the bundles. */
	readonly dist: string;
	/** Told what went wrong; never the token. */
	readonly note: (text: string) => void;
	/** Told when it ends by itself. */
	readonly onEnd: () => void;
}

/** A receiver that listens. */
export interface OpenedReceiver {
	/** `http://` and what is listened on. */
	readonly origin: string;
	close(): Promise<void>;
}

/**
 * Starts what takes OTLP from clients, in a thread of its own: most who could have it never do.
 *
 * @throws Error, with the system's `code`, where the address can not be listened on
 */
export async function openReceiver(options: OpenReceiverOptions): Promise<OpenedReceiver> {
	const { dist, note, onEnd, bind, token, eventsFile } = options;
	const input: ReceiverInput = { bind, token, eventsFile };
	const worker = new Worker(path.join(dist, "receiver.cjs"), { workerData: input });
	const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
	const origin = await new Promise<string>((resolve, reject) => {
		worker.on("error", (error) => {
			note(error.message);
			reject(error);
		});
		worker.on("message", (message: FromReceiver) => {
			if (message.kind === "listening") resolve(message.origin);
			else if (message.kind === "note") note(message.text);
			else reject(Object.assign(new Error(message.message), { code: message.code }));
		});
		worker.once("exit", () => reject(new Error("the receiver ended")));
	});
	let isClosing = false;
	void ended.then(() => {
		if (!isClosing) onEnd();
	});
	return {
		origin,
		async close() {
			isClosing = true;
			worker.postMessage("close");
			await ended;
		},
	};
}
