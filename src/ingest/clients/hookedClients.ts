import { claudeCodeHooks } from "../claude-code/files/claudeCodeHooks.ts";
import { codexHooks } from "../codex/codexHooks.ts";
import { qwenHooks } from "../qwen-code/qwenHooks.ts";
import type { ClientHooks, ClientIdentity } from "../transcripts/port.ts";
import { CLIENT_IDENTITIES, type ClientName, LOG_CLIENT } from "./clientIdentities.ts";

/** How they run hooks: a row for each whose hooks name agents and calls; others' are not used. */
const HOOKS: Readonly<Partial<Record<ClientName, ClientHooks>>> = {
	"claude-code": claudeCodeHooks,
	codex: codexHooks,
	"qwen-code": qwenHooks,
};

/** A client whose hooks write to the log. */
export type HookedClient = ClientIdentity & { readonly hooks: ClientHooks };

const ALL: readonly HookedClient[] = CLIENT_IDENTITIES.flatMap((client) => {
	const hooks = HOOKS[client.name];
	return hooks === undefined ? [] : [{ ...client, hooks }];
});

/** Claude Code, whose lines in the log need not say whose they are. */
export const FIRST_HOOKED: HookedClient = firstOf(ALL);

/** The clients whose hooks write to the log, the first of them first. */
export const HOOKED_CLIENTS: readonly HookedClient[] = [
	FIRST_HOOKED,
	...ALL.filter((client) => client !== FIRST_HOOKED),
];

function firstOf(clients: readonly HookedClient[]): HookedClient {
	const first = clients.find(({ name }) => name === LOG_CLIENT);
	if (first === undefined) throw new Error(`no hooks of ${LOG_CLIENT}`);
	return first;
}
