import type { ClientIdentity } from "../transcripts/port.ts";
import { transcriptsFoldersOf } from "./configFolder.ts";
import { CLAUDE_CODE } from "./tools.ts";

export const claudeCodeIdentity = {
	name: CLAUDE_CODE,
	title: "Claude Code",
	folders: transcriptsFoldersOf,
} as const satisfies ClientIdentity;
