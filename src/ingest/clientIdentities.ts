import { homedir } from "node:os";
import { claudeCodeIdentity } from "./claude-code/files/claudeCodeIdentity.ts";
import { codexIdentity } from "./codex/codexIdentity.ts";
import { copilotIdentity } from "./copilot-cli/copilotIdentity.ts";
import { geminiIdentity } from "./gemini-cli/geminiIdentity.ts";
import { opencodeIdentity } from "./opencode/opencodeIdentity.ts";
import { piIdentity } from "./pi/piIdentity.ts";
import { qwenIdentity } from "./qwen-code/qwenIdentity.ts";
import type { ClientHooks, ClientIdentity, HookWords } from "./transcripts/port.ts";

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

/** A client whose hooks write to the log. */
export type HookedClient = ClientIdentity & { readonly hooks: ClientHooks };

/** Claude Code, whose lines in the log need not say whose they are. */
export const FIRST_HOOKED: HookedClient = claudeCodeIdentity;

/** The clients whose hooks write to the log, the first of them first. */
export const HOOKED_CLIENTS: readonly HookedClient[] = [
	FIRST_HOOKED,
	...ALL.filter((client) => "hooks" in client && client !== FIRST_HOOKED),
] as HookedClient[];

/** What the hooks of a client call things; of one that is not known, its own words. */
export function hookWords(client: string): HookWords {
	return HOOKED_CLIENTS.find(({ name }) => name === client)?.hooks ?? OWN_WORDS;
}

const OWN_WORDS: HookWords = {
	tool: (tool) => ({ tool, kind: "other", mcpServer: "", mcpTool: "" }),
	agentId: (id) => id,
	defaultType: "",
	reminder: null,
};

/** Clients' names by the names of their programs. */
export const CLIENTS_BY_PROGRAM: ReadonlyMap<string, string> = new Map(
	ALL.map(({ program, name }) => [program, name]),
);

/** A client as its makers write it; its name where it is none that is known. */
export function clientTitle(client: string): string {
	return CLIENT_IDENTITIES.find(({ name }) => name === client)?.title ?? client;
}

/** Whose own folder of transcripts it is; null where it is nobody's. @param folder absolute */
export function clientAt(folder: string): ClientIdentity | null {
	const isOwn = ({ folders }: ClientIdentity) => folders(process.env, homedir()).includes(folder);
	return CLIENT_IDENTITIES.find(isOwn) ?? null;
}
