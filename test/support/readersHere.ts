import type { LineReaders } from "../../src/ingest/transcripts/transcriptFollower.ts";
import { type FactSource, passLines } from "../../src/telemetry/reading/passLines.ts";

/** Both passes in this thread, as the threads of a pool read them. */
export function readersHere(facts: FactSource, width = 1, chunkBytes = 64 * 1024): LineReaders {
	return { openWork: passLines(facts), width, newChunk: () => Buffer.alloc(chunkBytes) };
}
