import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { StringDecoder } from "node:string_decoder";
import type { LineSource } from "../ingest/transcripts/port.ts";
import type { FoundTranscript } from "./findTranscript.ts";

const CHUNK_BYTES = 64 * 1024;

/** The lines of a transcript; whoever stops early closes it. */
export async function* linesOf(
	{ file, client, session }: FoundTranscript,
	signal?: AbortSignal,
): AsyncGenerator<string> {
	const source = client.openSource?.(file, null, { since: 0, session });
	if (source !== undefined) {
		yield* linesFrom(source, signal);
		return;
	}
	const input = createReadStream(file, { ...(signal === undefined ? {} : { signal }) });
	const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
	try {
		yield* lines;
	} finally {
		lines.close();
		input.destroy();
	}
}

async function* linesFrom(source: LineSource, signal?: AbortSignal): AsyncGenerator<string> {
	const chunk = Buffer.alloc(CHUNK_BYTES);
	const decoder = new StringDecoder("utf8");
	let rest = "";
	try {
		if ((await source.look()) === "missing") return;
		do {
			signal?.throwIfAborted();
			rest += decoder.write((await source.read(chunk)) ?? Buffer.alloc(0));
			const lines = rest.split("\n");
			rest = lines.pop() ?? "";
			yield* lines;
		} while (!source.isAtEnd);
	} finally {
		await source.close();
	}
}
