import type { AgentEvent, CallKind } from "./events.ts";

/** One event of a transcript and, on calls and results, what it was derived from. */
export interface TranscriptRecord {
	readonly event: AgentEvent;
	/** On `tool_use`, `tool_result` and `agent_spawn`. */
	readonly call: CallContent | null;
	/** What was derived from the call where it was read, in words of whoever has it read so. */
	readonly derived?: unknown;
}

/**
 * What a call asked for and what came back, in words that all clients share. Lives until facts are
 * derived from it in the same thread: it is never stored, posted or logged.
 */
export type CallContent = ShellContent | EditContent | OtherContent;

interface CallTexts {
	/**
	 * Arguments as the client has them, to be hashed and matched as text and not to be looked into;
	 * undefined where the line of the call has not been read.
	 */
	readonly args: unknown;
	/** What the call writes, where its arguments hold that; null otherwise, and on results. */
	readonly written: string | null;
	/** The answer as text, its parts joined by newlines; empty on calls. */
	readonly output: string;
}

interface ShellContent extends CallTexts {
	readonly kind: "shell";
	/** Whose language the command is in. */
	readonly shell: "bash" | "powershell";
	/** Empty where it is not known. */
	readonly command: string;
	/** It goes on in the background, or was cut off: the answer is not all that it said. */
	readonly isUnfinished: boolean;
}

interface EditContent extends CallTexts {
	readonly kind: "edit";
	/** Folder that its session was started in; empty where the client does not say. */
	readonly folder: string;
	/** Of its answer; none where that does not tell. */
	readonly changes: readonly FileChange[];
}

/** A call about which its event tells all there is. */
interface OtherContent extends CallTexts {
	readonly kind: Exclude<CallKind, "shell" | "edit">;
}

/** A file that a call changed. */
export interface FileChange {
	/** As the client has it: absolute, or from the folder that the call was made in. */
	readonly path: string;
	readonly hunks: readonly Hunk[];
	/** The file's text before and after; null where the client does not hold it. */
	readonly before: string | null;
	readonly after: string | null;
}

/** One place of a file that was changed. */
export interface Hunk {
	/** First line of the place before, counted from 1. */
	readonly oldStart: number;
	/** The same after the change. */
	readonly newStart: number;
	/** Each begins with a space, `+`, `-` or a backslash. */
	readonly lines: readonly string[];
}
