import { claudeCodeIdentity } from "./claude-code/claudeCodeIdentity.ts";
import type { ClientIdentity } from "./transcripts/port.ts";

/**
 * The clients that are known, one row each. Where a path could be several clients' the first one has it,
 * so those that name theirs most exactly stand first.
 */
export const CLIENT_IDENTITIES = [claudeCodeIdentity] as const satisfies readonly ClientIdentity[];

export type ClientName = (typeof CLIENT_IDENTITIES)[number]["name"];
