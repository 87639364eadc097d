// Entry of the worker thread that takes what clients send over OTLP.
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { FromReceiver, ReceiverInput } from "../live/openReceiver.ts";
import { loadPrices } from "../pricing/prices.ts";
import { OtlpReceiver } from "./otlpReceiver.ts";

if (parentPort !== null) void receive(parentPort, workerData as ReceiverInput);

async function receive(port: MessagePort, input: ReceiverInput): Promise<void> {
	const send = (message: FromReceiver): void => port.postMessage(message);
	try {
		const note = (text: string): void => send({ kind: "note", text });
		const receiver = await OtlpReceiver.start({ ...input, priceOf: await loadPrices(), note });
		port.once("message", () => void receiver.close().finally(() => port.close()));
		send({ kind: "listening", origin: receiver.origin });
	} catch (error) {
		const { message, code = "" } = error as NodeJS.ErrnoException;
		send({ kind: "failed", message, code });
		port.close();
	}
}
