import { createHash } from "node:crypto";

/** What an id made of chance looks like where it has dashes. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Ids of calls, which stand for agents in lines of version 1. */
const OF_CALL = /^(?:toolu|call)_/;

/**
 * An agent's id as it is kept. The client makes some of words and chance, and after `/fork` the words are
 * those of the prompt: of such an id only a hash is kept, the same wherever it is told.
 */
export function agentIdOf(id: string): string {
	if (!/[-\s]/.test(id) || UUID.test(id) || OF_CALL.test(id)) return id;
	return `a${createHash("sha256").update(id).digest("hex").slice(0, 16)}`;
}
