// Entry of a reading thread: turns bytes of transcripts into events and facts.
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { shareBaselineLock } from "../../facts/baselineCode.ts";
import { FactDeriver } from "../../facts/factDeriver.ts";
import { FunctionFacts } from "../../functions/functionFacts.ts";
import { KnownFunctions } from "../../functions/knownFunctions.ts";
import { RememberingParser } from "../../functions/parsing/rememberingParser.ts";
import { SourceParser } from "../../functions/parsing/sourceParser.ts";
import { Repositories } from "../../functions/repositories.ts";
import { transcriptClients } from "../../ingest/clients/clients.ts";
import { giveWay } from "../../ingest/threadPriority.ts";
import type { LineWork } from "../../ingest/transcripts/lineWork.ts";
import { loadPrices } from "../../pricing/prices.ts";
import { readSource } from "../functions/sourceText.ts";
import { passLines } from "./passLines.ts";
import type { FromReader, ReaderInput, ToReader } from "./readerProtocol.ts";

const input = workerData as ReaderInput;
if (parentPort !== null) serve(parentPort);

function serve(port: MessagePort): void {
	if (input.givesWay) giveWay();
	shareBaselineLock(input.lock);
	const readWasm = (fileName: string) => readFile(path.join(input.wasmFolder, fileName));
	const known = new KnownFunctions();
	const open = passLines(
		new FunctionFacts({
			inner: new FactDeriver({ readWasm, userRules: input.rules }),
			parser: new RememberingParser(new SourceParser(readWasm)),
			known,
			repositories: new Repositories(),
			readSource,
		}),
	);
	const clients = loadPrices().then(transcriptClients);
	const works = new Map<number, Promise<LineWork>>();

	async function opened(message: Extract<ToReader, { kind: "open" }>): Promise<LineWork> {
		const client = (await clients).find(({ name }) => name === message.client);
		if (client === undefined) throw new Error(`no client is called ${message.client}`);
		return open({ client, file: message.file }, message.pass);
	}

	async function answer(work: number, ask: (lines: LineWork) => unknown): Promise<unknown> {
		const lines = await works.get(work);
		if (lines === undefined) throw new Error("nothing is open");
		return ask(lines);
	}

	function reply(id: number, answered: Promise<unknown>): void {
		answered.then(
			(value) => port.postMessage({ id, value } as FromReader),
			(error) => port.postMessage({ id, error: String(error) } satisfies FromReader),
		);
	}

	port.on("message", (message: ToReader) => {
		switch (message.kind) {
			case "open": {
				const work = opened(message);
				// Whoever asks it something is told.
				work.catch(() => undefined);
				works.set(message.work, work);
				break;
			}
			case "read": {
				const { id, work, memory, from, length, place } = message;
				const bytes = Buffer.from(memory, from, length);
				reply(
					id,
					answer(work, (lines) => lines.read(bytes, place)),
				);
				break;
			}
			case "companion": {
				const { id, work, relativePath, text } = message;
				reply(
					id,
					answer(work, (lines) => lines.companion(relativePath, text)),
				);
				break;
			}
			case "close":
				works.delete(message.work);
				break;
			case "known":
				known.replace(message.functions, message.from);
				break;
			default:
				message satisfies never;
		}
	});
}
