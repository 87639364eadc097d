import type { LineProblem } from "../../model/events/lineProblem.ts";
import type { TranscriptRecord } from "../../model/events/record.ts";
import type { FilePosition, TailedFile } from "../files/tailedFile.ts";
import type { TranscriptEntry } from "./entry.ts";

/** Who a client is and where it keeps its own: all that is known without reading anything of it. */
export interface ClientIdentity {
	/** Short stable name, such as `claude-code`: its events carry it. */
	readonly name: string;
	/** As its makers write it. */
	readonly title: string;
	/** Two letters that stand for it where there is no room for more; no other client has them. */
	readonly mark: string;
	/** As a shell calls it. */
	readonly program: string;
	/**
	 * Folders where it keeps its transcripts, absolute; they need not exist.
	 *
	 * @param home the user's home folder
	 */
	folders(env: Environment, home: string): readonly string[];
	/** How deep its files lie at most below such a folder; absent where nothing says so. */
	readonly depth?: number;
	/** What an agent is whose launch left its type open; absent where none may. */
	readonly defaultAgentType?: string;
	/** Absent where the lines that its hooks write mean nothing in particular. */
	readonly log?: LogWords;
}

/** What lines that a client's hooks write mean, where that is not the same for all. */
export interface LogWords {
	/** An agent's id as it is kept. */
	agentId?(id: string): string;
	/** The notification that reminds of a question that is still open, and by when it comes, ms. */
	readonly reminder?: { readonly type: string; readonly withinMs: number };
}

/** How a client is told to run hooks. */
export interface ClientHooks {
	/** Folder of its settings: what this variable names, else this one in the home folder. */
	readonly home: { readonly variable: string; readonly folder: string };
	/**
	 * Its settings files, by whose they are: below that folder the user's, below a workspace those of a
	 * project, for everybody or for this machine only.
	 */
	readonly settings: { readonly user: string; readonly project?: string; readonly local?: string };
	/** Whether it reads settings with comments in them. */
	readonly takesComments: boolean;
	/** The keys that its settings may have, each once: with another one it reads nothing of them. */
	readonly onlyKeys?: readonly string[];
	/** A sentence on what somebody has to do before it runs new hooks; empty where nothing. */
	readonly trust: string;
}

/**
 * What a client's own transcripts are read through. One folder beside this one implements it per
 * client, and stands in the table of clients; everything that follows files, keeps offsets or writes
 * rows knows only this.
 */
export interface TranscriptClient extends ClientIdentity {
	/**
	 * What a path below a transcripts folder stands for; null for what is no transcript of this client,
	 * `first_line` where only the first line tells.
	 *
	 * @param relativePath with forward slashes, below the folder that is watched
	 */
	classify(relativePath: string): TranscriptFile | "first_line" | null;
	/** The same of a path that leaves it to the first line, with that line; never throws. */
	identify?(relativePath: string, firstLine: string): TranscriptFile | null;
	/**
	 * Which lines of a transcript an older one has as well; null where none are known. Asked before it is
	 * read; never rejects.
	 *
	 * @param absolutePath of the transcript
	 */
	copiedInto?(file: TranscriptFile, absolutePath: string): Promise<ReadonlySet<string> | null>;
	/**
	 * Its lines, where they do not stand in the file as they are; a file of text without it.
	 *
	 * @param wanted where a file holds more than is asked for; null for all of it
	 */
	openSource?(
		absolutePath: string,
		start: FilePosition | null,
		wanted: WantedLines | null,
	): LineSource;
	/**
	 * A reader for one file, to be handed its lines in order from any line on. Its events may be those
	 * of any agent.
	 *
	 * @param pass `facts` where nothing is asked for but calls with their content; `events` without it
	 */
	newReader(file: TranscriptFile, pass?: Pass): TranscriptReader;
	/** Whether a file of many sessions holds one; absent where each session has files of its own. Never rejects. */
	holds?(absolutePath: string, session: string): Promise<boolean>;
	/** What a line says to a person, for whoever opens the transcript; never throws. */
	entries(line: string): readonly TranscriptEntry[];
	/** Which versions of the client wrote a transcript, the newest first, as far as it says so; never rejects. */
	versions?(absolutePath: string): Promise<readonly string[]>;
	/** False for a line that holds no prompt, as is seen without parsing it. */
	mayBePrompt?(line: string): boolean;
}

/** What is asked for of a file that holds many sessions. */
export interface WantedLines {
	/** Sessions that went on since then, and their agents, ms since the epoch. */
	readonly since: number;
	/** Only this one and its agents, however old; empty for all. */
	readonly session: string;
}

/** Lines with a place in them; see {@link TailedFile}, which is one. */
export interface LineSource
	extends Pick<
		TailedFile,
		| "offset"
		| "size"
		| "readBefore"
		| "isAtEnd"
		| "positionAt"
		| "look"
		| "read"
		| "release"
		| "close"
	> {
	/** Whether its size is not that of the file, but of the lines that were made of it so far. */
	readonly isSizeOwn?: boolean;
}

/**
 * - `events`: what happened, which is all that most figures need
 * - `facts`: once more over the calls, for what is derived from their texts
 */
export type Pass = "events" | "facts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** A transcript of one session or of one of its agents. */
export interface TranscriptFile {
	/** Empty where only its lines name it. */
	readonly session: string;
	/** Agent whose transcript it is; empty for the session's own. */
	readonly agent: string;
	/** Small files that say more of it, below the watched folder; they may come later, or never. */
	readonly companions: readonly string[];
	/** What the client named the folder after that this one lies in: the one that the session was started in. */
	readonly slug?: string;
	/** Ids of lines that an older transcript has as well, which they belong to. */
	readonly copied?: ReadonlySet<string>;
	/** It holds requests that the client made for itself: only their tokens count. */
	readonly isAside?: boolean;
}

/** What was read of one line, or of one companion. */
export interface Findings {
	readonly records: readonly TranscriptRecord[];
	/** What of it was not understood: whatever is neither in the records nor named here is of no interest. */
	readonly problems: readonly LineProblem[];
}

/** Turns lines into records. Keeps the calls that have no result yet, and nothing else. */
export interface TranscriptReader {
	/** One line, without its newline; never throws. */
	line(text: string): Findings;
	/**
	 * The line without what is not asked for, as its bytes tell: what is long takes long to be read.
	 * null for a line that is not handed to {@link line} at all. Asked once for each line, in their
	 * order; never throws.
	 */
	select?(bytes: Buffer): Buffer | null;
	/** Whether what has no newline yet, and is more than one record of JSON, ends where one does. Never throws. */
	endsWithRecord?(rest: Buffer): boolean;
	/**
	 * The content of a companion file, whenever it is there or has changed; may come before, between or
	 * after the lines. Never throws.
	 *
	 * @param relativePath as the file names it
	 */
	companion(relativePath: string, text: string): Findings;
	/**
	 * True while a call of an earlier line has no result yet and its result will be read together
	 * with what the call asked for: a cursor kept before that line loses nothing at a restart.
	 */
	readonly hasOpenCalls: boolean;
}
