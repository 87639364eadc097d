import type { AgentEvent } from "../../model/events/events.ts";
import type { TranscriptRecord } from "../../model/events/record.ts";

export type Raw = Readonly<Record<string, unknown>>;

/** A line of a transcript, as far as it is read; nothing of it can be relied on. */
export interface Line extends Raw {
	readonly type?: unknown;
	readonly subtype?: unknown;
	readonly operation?: unknown;
	readonly content?: unknown;
	readonly timestamp?: unknown;
	readonly sessionId?: unknown;
	readonly gitBranch?: unknown;
	readonly message?: unknown;
	/** The structured answer to a call; files of agents mostly leave it out. */
	readonly toolUseResult?: unknown;
	readonly permissionDecision?: unknown;
	readonly toolDenialKind?: unknown;
	readonly isApiErrorMessage?: unknown;
	readonly requestSessionId?: unknown;
	readonly forkedFrom?: unknown;
	readonly isMeta?: unknown;
	readonly isCompactSummary?: unknown;
	readonly origin?: unknown;
}

/** What every event of one line has in common. */
export interface Head {
	readonly origin: "transcript";
	readonly client: string;
	readonly v: 2;
	readonly ts: number;
	readonly session: string;
	readonly agent: string;
	readonly cwd: string;
	readonly note: null;
}

/** A part of a message: text, a call, a result, and whatever else there may be. */
export interface Block extends Raw {
	readonly type?: unknown;
	readonly text?: unknown;
	readonly input?: unknown;
	readonly content?: unknown;
	readonly is_error?: unknown;
}

export function record(event: AgentEvent): TranscriptRecord {
	return { event, call: null };
}

export function asObject(value: unknown): Raw | null {
	return typeof value === "object" && value !== null && !Array.isArray(value)
		? (value as Raw)
		: null;
}

export function textOf(value: unknown): string | null {
	return typeof value === "string" ? value : null;
}

export function blocksOf({ content }: Raw): Block[] {
	if (!Array.isArray(content)) return [];
	return content.map(asObject).filter((block) => block !== null);
}

/** The text of a message or of a result, its parts joined by newlines. */
export function plainText(message: Raw): string {
	const { content } = message;
	if (typeof content === "string") return content;
	return blocksOf(message)
		.filter(({ type, text }) => type === "text" && typeof text === "string")
		.map(({ text }) => text)
		.join("\n");
}
