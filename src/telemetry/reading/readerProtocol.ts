import type { KnownFrom, KnownFunction } from "../../functions/knownFunctions.ts";
import type { BytesPlace, ReadLines } from "../../ingest/transcripts/lineWork.ts";
import type { Findings, Pass, TranscriptFile } from "../../ingest/transcripts/port.ts";

/** What a reading thread is started with. */
export interface ReaderInput {
	/** Holds the grammars. */
	readonly wasmFolder: string;
	/** The user's own rules as they stand in the settings. */
	readonly rules: unknown;
	/** See `baselineLock`. */
	readonly lock: SharedArrayBuffer;
	/** Others go first where there are too few cores. */
	readonly givesWay: boolean;
}

/** Functions that calls can be put down to, in the place of all that were known. */
export interface Known {
	readonly functions: readonly KnownFunction[];
	readonly from: KnownFrom;
}

/** To a thread. A work is asked one thing at a time, and every `id` is answered. */
export type ToReader =
	| {
			readonly kind: "open";
			readonly work: number;
			/** Name of the client. */
			readonly client: string;
			readonly file: TranscriptFile;
			readonly pass: Pass;
	  }
	| {
			readonly kind: "read";
			readonly id: number;
			readonly work: number;
			readonly memory: SharedArrayBuffer;
			readonly from: number;
			readonly length: number;
			readonly place: BytesPlace;
	  }
	| {
			readonly kind: "companion";
			readonly id: number;
			readonly work: number;
			readonly relativePath: string;
			readonly text: string;
	  }
	| { readonly kind: "close"; readonly work: number }
	| ({ readonly kind: "known" } & Known);

/** From a thread. */
export type FromReader =
	| { readonly id: number; readonly value: ReadLines | Findings }
	| { readonly id: number; readonly error: string };
