import { homedir } from "node:os";
import { claudeCodeIdentity } from "../claude-code/files/claudeCodeIdentity.ts";
import { codexIdentity } from "../codex/codexIdentity.ts";
import { copilotIdentity } from "../copilot-cli/copilotIdentity.ts";
import { geminiIdentity } from "../gemini-cli/geminiIdentity.ts";
import { opencodeIdentity } from "../opencode/opencodeIdentity.ts";
import { piIdentity } from "../pi/piIdentity.ts";
import { qwenIdentity } from "../qwen-code/qwenIdentity.ts";
import type { ClientIdentity, LogWords } from "../transcripts/port.ts";

/**
 * The clients that are known, one row each. Where a path could be several clients' the first one has it,
 * so those that name theirs most exactly stand first.
 */
const ALL = [
	codexIdentity,
	copilotIdentity,
	geminiIdentity,
	opencodeIdentity,
	qwenIdentity,
	piIdentity,
	claudeCodeIdentity,
] as const;

export type ClientName = (typeof ALL)[number]["name"];

export const CLIENT_IDENTITIES: readonly (ClientIdentity & { readonly name: ClientName })[] = ALL;

/** Whose lines in the log need not say whose they are. */
export const LOG_CLIENT = claudeCodeIdentity.name;

const BY_NAME: ReadonlyMap<string, ClientIdentity> = new Map(
	CLIENT_IDENTITIES.map((client) => [client.name, client]),
);

/** What the lines of a client's hooks mean; of one that is not known nothing in particular. */
export function logWords(client: string): LogWords {
	return BY_NAME.get(client)?.log ?? NO_WORDS;
}

const NO_WORDS: LogWords = {};

/** What an agent is whose launch left its type open; empty where nobody knows. */
export function defaultAgentType(client: string): string {
	return BY_NAME.get(client)?.defaultAgentType ?? "";
}

/** Clients' names by the names of their programs. */
export const CLIENTS_BY_PROGRAM: ReadonlyMap<string, string> = new Map(
	ALL.map(({ program, name }) => [program, name]),
);

/** What a page is told of clients, which knows none by itself. */
export const CLIENT_LABELS = CLIENT_IDENTITIES.map(({ name, title, mark }) => ({
	name,
	title,
	mark,
}));

/** A client as its makers write it; its name where it is none that is known. */
export function clientTitle(client: string): string {
	return BY_NAME.get(client)?.title ?? client;
}

/** Whose own folder of transcripts it is; null where it is nobody's. @param folder absolute */
export function clientAt(folder: string): ClientIdentity | null {
	const isOwn = ({ folders }: ClientIdentity) => folders(process.env, homedir()).includes(folder);
	return CLIENT_IDENTITIES.find(isOwn) ?? null;
}
