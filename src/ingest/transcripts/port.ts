import type { LineProblem } from "../../model/events/events.ts";
import type { TranscriptRecord } from "../../model/events/record.ts";

/**
 * What a client's own transcripts are read through. One folder beside this one implements it per
 * client; everything that follows files, keeps offsets or writes rows knows only this.
 */
export interface TranscriptClient {
	/** Short stable name, such as `claude-code`: part of the name of a cursor. */
	readonly name: string;
	/**
	 * What a path below a transcripts folder stands for; null for what is no transcript.
	 *
	 * @param relativePath with forward slashes, below the folder that is watched
	 */
	classify(relativePath: string): TranscriptFile | null;
	/** A reader for one file, to be handed its lines in order from any line on. */
	newReader(file: TranscriptFile): TranscriptReader;
}

/** A transcript of one session or of one of its agents. */
export interface TranscriptFile {
	/** Below the watched folder, with forward slashes. */
	readonly relativePath: string;
	readonly session: string;
	/** Agent whose transcript it is; empty for the session's own. */
	readonly agent: string;
	/** The small file beside it that says where the agent came from; empty where there is none. */
	readonly metaPath: string;
}

/** Turns lines into records. Keeps the calls that have no result yet, and nothing else. */
export interface TranscriptReader {
	/** One line, without its newline; never throws. */
	line(text: string): readonly TranscriptRecord[] | LineProblem;
	/**
	 * The content of the file at `metaPath`, whenever it is there or has changed; may come before,
	 * between or after the lines. Never throws.
	 */
	meta(text: string): readonly TranscriptRecord[] | LineProblem;
	/**
	 * True while a call of an earlier line has no result yet and its result will be read together
	 * with what the call asked for: a cursor kept before that line loses nothing at a restart.
	 */
	readonly hasOpenCalls: boolean;
}
