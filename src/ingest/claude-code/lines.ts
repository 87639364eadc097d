import { asObject, type Raw } from "../kit/raw.ts";

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

/** A part of a message: text, a call, a result, and whatever else there may be. */
export interface Block extends Raw {
	readonly type?: unknown;
	readonly text?: unknown;
	readonly input?: unknown;
	readonly content?: unknown;
	readonly is_error?: unknown;
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

/** The one word that a client of 1.0 to 2.1 asks before anybody has asked anything, to have its prompts cached. */
export function isWarmup(line: Line): boolean {
	return line.type === "user" && plainText(asObject(line.message) ?? {}).trim() === "Warmup";
}
